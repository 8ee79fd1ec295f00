import type { Limit } from './limit.ts';

/** Admits the calls of one owner until the signal is aborted; what waits then goes on without a place. */
export type Gate = (owner: string, signal: AbortSignal) => Limit;

interface Waiter {
  readonly go: (placed: boolean) => void;
  readonly signal: AbortSignal;
}

/**
 * Limits what is under way for all owners together. In: how much, at least 1. Owners that wait are served in turn, one
 * task each: one with thousands of tasks does not hold up the others. A task must not wait for another one that has yet
 * to be admitted.
 */
export function fairGate(most: number): Gate {
  let running = 0;
  /** The order of the map is that of the turns. */
  const queues = new Map<string, Waiter[]>();
  const leave = () => {
    running -= 1;
    const [next] = queues;
    if (next === undefined) return;
    const [owner, queue] = next;
    queues.delete(owner);
    const [first, ...rest] = queue;
    if (rest.length > 0) queues.set(owner, rest);
    running += 1;
    first?.go(true);
  };
  const release = (owner: string, signal: AbortSignal) => {
    const queue = queues.get(owner) ?? [];
    const left = queue.filter((waiter) => waiter.signal !== signal);
    if (left.length > 0) queues.set(owner, left);
    else queues.delete(owner);
    for (const waiter of queue) if (waiter.signal === signal) waiter.go(false);
  };
  return (owner, signal) => {
    signal.addEventListener('abort', () => release(owner, signal), { once: true });
    return async (task) => {
      const placed = await new Promise<boolean>((go) => {
        if (signal.aborted) return go(false);
        if (running < most) {
          running += 1;
          return go(true);
        }
        const queue = queues.get(owner);
        if (queue === undefined) queues.set(owner, [{ go, signal }]);
        else queue.push({ go, signal });
      });
      try {
        return await task();
      } finally {
        if (placed) leave();
      }
    };
  };
}
