/** How long an adapter may take to end by itself once it was asked to, in ms. */
export const grace = 2000;

/**
 * The stream, but ended when the signal comes: it gets a moment to hand on what it has, and one that hangs
 * is left behind. Returns whether it was.
 */
export async function* untilAborted<T>(
  stream: AsyncIterable<T>,
  signal: AbortSignal,
  moment = grace,
): AsyncGenerator<T, boolean> {
  const iterator = stream[Symbol.asyncIterator]();
  let leave: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const aborted = () => {
    timer = setTimeout(() => {
      over = true;
      leave?.();
    }, moment);
  };
  // One promise per step: racing against one that lives as long as the scan would keep every step.
  const step = () =>
    new Promise<IteratorResult<T> | null>((resolve, reject) => {
      leave = () => resolve(null);
      if (over) leave();
      iterator.next().then(resolve, reject);
    });
  if (signal.aborted) aborted();
  else signal.addEventListener('abort', aborted, { once: true });
  try {
    let next = await step();
    for (; next !== null && !next.done; next = await step()) yield next.value;
    return next === null;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', aborted);
    // Not awaited: a stream that hangs never answers.
    iterator.return?.().catch(() => undefined);
  }
}
