import { setImmediate as eventLoop } from 'node:timers/promises';

/** Milliseconds of evaluation after which timers and signals get their turn. */
const longest = 50;
/** Milliseconds of evaluation that are left once the scan is asked to end. */
const moment = 1000;

/**
 * The same stream for a reader that is busy with each line: lets `--timeout` and signals be heard between
 * two lines, and ends when the reader goes on for long after the signal. Lines that are there already come
 * without a turn of the event loop, so custom checks could keep everything else waiting.
 */
export async function* yielding<T>(
  lines: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  let unheard = 0;
  let late = 0;
  for await (const line of lines) {
    const handed = performance.now();
    yield line;
    const busy = performance.now() - handed;
    unheard += busy;
    if (unheard > longest) {
      await eventLoop();
      unheard = 0;
    }
    if (signal.aborted) late += busy;
    if (late > moment) return;
  }
}
