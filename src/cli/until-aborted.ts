/** Grace period after the signal, in milliseconds: the run ends within two seconds, its reports included. */
export const grace = 1000;

/**
 * The stream, but ended when the signal comes: it gets a moment to hand on what it has, and one that hangs
 * is left behind. Only what we wait for it counts, not what is done meanwhile with what it handed on.
 * Returns whether it was left.
 */
export async function* untilAborted<T>(
  stream: AsyncIterable<T>,
  signal: AbortSignal,
  moment = grace,
): AsyncGenerator<T, boolean> {
  const iterator = stream[Symbol.asyncIterator]();
  let rest = moment;
  // One promise per step: racing against a scan-long promise would retain every step.
  const step = () =>
    new Promise<IteratorResult<T> | null>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      let since = 0;
      const aborted = () => {
        since = performance.now();
        timer = setTimeout(() => settle(() => resolve(null)), rest);
      };
      const settle = (outcome: () => void) => {
        signal.removeEventListener('abort', aborted);
        clearTimeout(timer);
        if (timer !== undefined) rest = Math.max(0, rest - (performance.now() - since));
        outcome();
      };
      if (signal.aborted) aborted();
      else signal.addEventListener('abort', aborted, { once: true });
      iterator.next().then(
        (result) => settle(() => resolve(result)),
        // One that ends because of the signal is left, too.
        (error: unknown) =>
          settle(() => (signal.aborted && error === signal.reason ? resolve(null) : reject(error))),
      );
    });
  try {
    let next = await step();
    for (; next !== null && !next.done; next = await step()) yield next.value;
    return next === null;
  } finally {
    // Not awaited: a hanging stream never settles.
    iterator.return?.().catch(() => undefined);
  }
}
