/** Runs a task when fewer than the limit are running; tasks start in the order they came. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** In: how many tasks may run at once (at least 1). Out: the function that admits them. */
export function limit(most: number): Limit {
  let running = 0;
  const waiting: (() => void)[] = [];
  let first = 0;
  const leave = () => {
    running -= 1;
    const next = waiting[first];
    if (next === undefined) return;
    first += 1;
    if (first > 1024 && first * 2 > waiting.length) {
      waiting.splice(0, first);
      first = 0;
    }
    running += 1;
    next();
  };
  return async (task) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      leave();
    }
  };
}

/**
 * Maps a stream with up to `ahead` items under way and yields the results in the stream's order, so
 * that memory is bounded by `ahead` and output does not depend on which call came back first.
 */
export async function* mapInOrder<A, B>(
  items: AsyncIterable<A> | Iterable<A>,
  ahead: number,
  work: (item: A) => Promise<B>,
): AsyncGenerator<B> {
  const pending: Promise<B>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // A rejection is reported when its turn comes, not as an unhandled one before.
      result.catch(() => undefined);
      pending.push(result);
      if (pending.length >= ahead) yield await (pending.shift() as Promise<B>);
    }
    while (pending.length > 0) yield await (pending.shift() as Promise<B>);
  } finally {
    await Promise.allSettled(pending);
  }
}
