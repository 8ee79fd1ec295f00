/**
 * Runs several streams side by side, at most `limit` at a time, and yields what comes as it comes.
 * A stream's own order is kept. One that throws ends the whole: an adapter turns its failures into
 * facts, so what throws here is a bug.
 */
export async function* merge<T>(
  streams: readonly (() => AsyncIterable<T>)[],
  limit: number,
): AsyncGenerator<T> {
  const waiting = [...streams];
  const running = new Map<number, Promise<Step<T>>>();
  const open: AsyncIterator<T>[] = [];
  const step = (key: number) => {
    const iterator = open[key];
    if (iterator === undefined) return;
    running.set(
      key,
      iterator.next().then((result) => ({ key, result })),
    );
  };
  const start = () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      open.push(next()[Symbol.asyncIterator]());
      step(open.length - 1);
      if (running.size >= limit) return;
    }
  };
  try {
    start();
    while (running.size > 0) {
      const { key, result } = await Promise.race(running.values());
      running.delete(key);
      if (result.done) {
        start();
      } else {
        step(key);
        yield result.value;
      }
    }
  } finally {
    await Promise.allSettled([...running.values()]);
    await Promise.allSettled([...running.keys()].map((key) => open[key]?.return?.()));
  }
}

interface Step<T> {
  readonly key: number;
  readonly result: IteratorResult<T>;
}
