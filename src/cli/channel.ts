/** A queue with many producers and one consumer, in order. Unbounded: use it for few, small items. */
export interface Channel<T> extends AsyncIterable<T> {
  readonly put: (item: T) => void;
  /** Closes the queue. With an error, the consumer receives that error next and nothing after it. */
  readonly close: (error?: unknown) => void;
}

export function channel<T>(): Channel<T> {
  const items: T[] = [];
  let closed = false;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;
  return {
    put(item) {
      items.push(item);
      wake();
    },
    close(error) {
      closed = true;
      if (error !== undefined) failure ??= { error };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (failure !== undefined) throw failure.error;
        const item = items.shift();
        if (item !== undefined) yield item;
        else if (closed) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
}
