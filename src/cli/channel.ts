/** What some put in and one takes out, in order. Without a bound: for few and small things. */
export interface Channel<T> extends AsyncIterable<T> {
  readonly put: (item: T) => void;
  /** Nothing more will come; with an error, whoever takes gets that next, and nothing else. */
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
