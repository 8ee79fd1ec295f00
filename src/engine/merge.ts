type Stream<T> = () => AsyncIterable<T>;

/**
 * Runs several streams side by side, at most `limit` at a time, and yields what comes as it comes. The
 * streams may come one by one themselves: the next one is asked for when there is room for it. A stream's
 * own order is kept, and a stream is asked for more only when its last item was taken. One that throws
 * ends the whole.
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
    // Not awaited: it may be waiting for a stream that never comes.
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
