import { HttpError } from './http.ts';

/** What a call ends with once the signal has come; says why, as far as the signal does. */
export function aborted({ reason }: AbortSignal): HttpError {
  const given = reason instanceof Error && reason.name !== 'AbortError';
  return new HttpError('aborted', given ? reason.message : 'the scan was cut short');
}

/**
 * What becomes of the work, or `HttpError` when the signal comes first (`aborted`) or so many milliseconds
 * are over (`timeout`): for libraries that cannot be told to stop. The work is then left to itself.
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
    timer = setTimeout(() => reject(new HttpError('timeout', 'no answer in time')), longest);
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cut);
  }
}
