import { HttpError } from './http.ts';

/** What a call ends with once the signal has come; says why, as far as the signal does. */
export function aborted({ reason }: AbortSignal): HttpError {
  const given = reason instanceof Error && reason.name !== 'AbortError';
  return new HttpError('aborted', given ? reason.message : 'the scan was cut short');
}

/**
 * What becomes of the work, or `HttpError` (`aborted`) when the signal comes first: for libraries that
 * cannot be told to stop. The work is then left to itself.
 */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cut = () => reject(aborted(signal));
    if (signal.aborted) cut();
    else signal.addEventListener('abort', cut, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cut));
  });
}
