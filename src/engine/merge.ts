type Stream<T> = () => AsyncIterable<T>;

/**
 * Merges streams, at most `limit` at a time, and yields items as they arrive. The order within a stream is
 * kept. Backpressure: a stream is pulled only after its last item was taken, and the next stream only when
 * there is room. Rejects if any stream does.
 */
export async function* merge<T>(
  streams: Iterable<Stream<T>> | AsyncIterable<Stream<T>>,
  limit: number,
): AsyncGenerator<T> {
  const source = each(streams);
  const running = new Set<AsyncIterator<T>>();
  const arrived: Arrival<T>[] = [];
  let wake: () => void = () => undefined;
  let sourcing = false;
  let exhausted = false;
  const arrive = (arrival: Arrival<T>) => {
    arrived.push(arrival);
    wake();
  };
  const fail = (error: unknown) => arrive({ error });
  const ask = (iterator: AsyncIterator<T>) => {
    iterator.next().then((result) => arrive({ iterator, result }), fail);
  };
  const askForStream = () => {
    if (sourcing || exhausted || running.size >= limit) return;
    sourcing = true;
    source.next().then((stream) => arrive({ stream }), fail);
  };
  try {
    askForStream();
    while (sourcing || running.size > 0) {
      if (arrived.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const arrival = arrived.shift();
      if (arrival === undefined) continue;
      if ('error' in arrival) throw arrival.error;
      if ('stream' in arrival) {
        sourcing = false;
        exhausted = arrival.stream.done === true;
        if (!arrival.stream.done) {
          const iterator = arrival.stream.value()[Symbol.asyncIterator]();
          running.add(iterator);
          ask(iterator);
        }
      } else if (arrival.result.done) {
        running.delete(arrival.iterator);
      } else {
        yield arrival.result.value;
        ask(arrival.iterator);
      }
      askForStream();
    }
  } finally {
    // Not awaited: the source may be waiting for a stream that never arrives.
    source.return(undefined).catch(() => undefined);
    await Promise.allSettled([...running].map((iterator) => iterator.return?.()));
  }
}

async function* each<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  yield* items;
}

type Arrival<T> =
  | { readonly iterator: AsyncIterator<T>; readonly result: IteratorResult<T> }
  | { readonly stream: IteratorResult<Stream<T>> }
  | { readonly error: unknown };
