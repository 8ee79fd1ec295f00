/** Runs a task when fewer than the limit are running; first in, first out. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** Limits concurrency. In: the maximum number of running tasks, at least 1. */
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
 * Maps a stream with up to `ahead` items in progress and yields the results in the order of the stream:
 * memory is bounded by `ahead`, and the output does not depend on timing.
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
      // Marks the rejection as handled; it is rethrown when it is awaited below.
      result.catch(() => undefined);
      pending.push(result);
      if (pending.length >= ahead) yield await (pending.shift() as Promise<B>);
    }
    while (pending.length > 0) yield await (pending.shift() as Promise<B>);
  } finally {
    await Promise.allSettled(pending);
  }
}
