/** Bytes of a small body; every response may have this many. */
export const smallBody = 256 * 1024;

/** Total bytes of bodies read at the same time in the process: small and large ones. */
const forSmall = 16 * 1024 * 1024;
const forLarge = 48 * 1024 * 1024;

/** A semaphore for bytes. A request for more than is free waits, first in, first out. */
export interface Budget {
  /** Returns a function that releases the bytes. Rejects with the signal's reason if it aborts first. */
  readonly take: (bytes: number, signal: AbortSignal) => Promise<() => void>;
  /** Bytes in use. */
  readonly taken: () => number;
}

interface Waiting {
  readonly bytes: number;
  readonly admit: () => void;
}

/** In: the total bytes. A request for more than the total gets the total. */
export function budget(all: number): Budget {
  const queue: Waiting[] = [];
  let taken = 0;
  const admitNext = () => {
    for (let [next] = queue; next !== undefined && taken + next.bytes <= all; [next] = queue) {
      queue.shift();
      taken += next.bytes;
      next.admit();
    }
  };
  const take: Budget['take'] = async (wanted, signal) => {
    const bytes = Math.min(wanted, all);
    await new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal.reason);
        admitNext();
      };
      const admit = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting: Waiting = { bytes, admit };
      queue.push(waiting);
      signal.addEventListener('abort', leave, { once: true });
      admitNext();
    });
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      taken -= bytes;
      admitNext();
    };
  };
  return { take, taken: () => taken };
}

const small = budget(forSmall);
const large = budget(forLarge);

/** The memory budget of one body. */
export interface BodyRoom {
  /** Call before keeping more than `smallBody` bytes: reserves room for `most`. */
  readonly grow: (most: number) => Promise<void>;
  readonly leave: () => void;
}

/**
 * Reserves memory for a body. Small and large bodies have separate budgets to prevent a deadlock of bodies
 * that wait to grow: a grown body never needs more.
 */
export async function bodyRoom(signal: AbortSignal): Promise<BodyRoom> {
  const given = [await small.take(smallBody, signal)];
  return {
    grow: async (most) => {
      given.push(await large.take(most, signal));
    },
    leave: () => {
      for (const giveBack of given) giveBack();
    },
  };
}
