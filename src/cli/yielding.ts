import { setImmediate as eventLoop } from 'node:timers/promises';

/** Milliseconds of evaluation after which timers and signals get their turn. */
const longest = 50;

/**
 * The same stream, which lets `--timeout` and signals be heard between two lines, however long the checks
 * take for each: lines that are read already come without a turn of the event loop.
 */
export async function* yielding<T>(lines: AsyncIterable<T>): AsyncGenerator<T> {
  let since = performance.now();
  for await (const line of lines) {
    if (performance.now() - since > longest) {
      await eventLoop();
      since = performance.now();
    }
    yield line;
  }
}
