import { HttpError } from './http.ts';

/** The error of an aborted call, with the message of the signal's reason if it has one. */
export function aborted({ reason }: AbortSignal): HttpError {
  const given = reason instanceof Error && reason.name !== 'AbortError';
  return new HttpError('aborted', given ? reason.message : 'the scan was interrupted');
}

/**
 * The result of the work. Rejects with `HttpError` if the signal aborts first (`aborted`) or after `longest`
 * milliseconds (`timeout`). For libraries without cancellation: the work itself continues.
 */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  longest?: number,
): Promise<T> {
  let cut: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, reject) => {
    cut = () => reject(aborted(signal));
    if (signal.aborted) cut();
    else signal.addEventListener('abort', cut, { once: true });
    if (longest === undefined) return;
    timer = setTimeout(() => reject(new HttpError('timeout', 'no response in time')), longest);
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cut);
  }
}
