/**
 * Runs several streams side by side, at most `limit` at a time, and yields what comes as it comes.
 * A stream's own order is kept, and a stream is asked for more only when its last item was taken. One
 * that throws ends the whole: an adapter turns its failures into facts, so what throws here is a bug.
 */
export async function* merge<T>(
  streams: readonly (() => AsyncIterable<T>)[],
  limit: number,
): AsyncGenerator<T> {
  const waiting = [...streams];
  const running = new Set<AsyncIterator<T>>();
  const arrived: Arrival<T>[] = [];
  let wake: () => void = () => undefined;
  const ask = (iterator: AsyncIterator<T>) => {
    const arrive = (arrival: Arrival<T>) => {
      arrived.push(arrival);
      wake();
    };
    iterator.next().then(
      (result) => arrive({ iterator, result }),
      (error: unknown) => arrive({ iterator, error }),
    );
  };
  const start = () => {
    while (running.size < limit) {
      const iterator = waiting.shift()?.()[Symbol.asyncIterator]();
      if (iterator === undefined) return;
      running.add(iterator);
      ask(iterator);
    }
  };
  try {
    start();
    while (running.size > 0) {
      if (arrived.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const arrival = arrived.shift();
      if (arrival === undefined) continue;
      if ('error' in arrival) throw arrival.error;
      if (arrival.result.done) {
        running.delete(arrival.iterator);
        start();
      } else {
        yield arrival.result.value;
        ask(arrival.iterator);
      }
    }
  } finally {
    await Promise.allSettled([...running].map((iterator) => iterator.return?.()));
  }
}

type Arrival<T> = { readonly iterator: AsyncIterator<T> } & (
  | { readonly result: IteratorResult<T> }
  | { readonly error: unknown }
);
