/** A queue with many producers and one consumer, in order. Bounded only by producers that wait for `room`. */
export interface Channel<T> extends AsyncIterable<T> {
  readonly put: (item: T) => void;
  /** Resolves once fewer than so many items wait, or the queue is closed. */
  readonly room: (most: number) => Promise<void>;
  /** Closes the queue. With an error, the consumer receives that error next and nothing after it. */
  readonly close: (error?: unknown) => void;
}

export function channel<T>(): Channel<T> {
  const items: T[] = [];
  let closed = false;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;
  let waiting: (() => void)[] = [];
  const taken = () => {
    const all = waiting;
    waiting = [];
    for (const producer of all) producer();
  };
  return {
    async room(most) {
      while (items.length >= most && !closed)
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
    },
    put(item) {
      items.push(item);
      wake();
    },
    close(error) {
      closed = true;
      if (error !== undefined) failure ??= { error };
      wake();
      taken();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (failure !== undefined) throw failure.error;
        const item = items.shift();
        if (item !== undefined) {
          taken();
          yield item;
        } else if (closed) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
}
