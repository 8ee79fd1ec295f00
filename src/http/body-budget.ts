/** Bytes of a body that is no large one; every answer may have so many. */
export const smallBody = 256 * 1024;

/** Bytes of bodies that are being read at one time in the whole process: small ones, and large ones. */
const forSmall = 16 * 1024 * 1024;
const forLarge = 48 * 1024 * 1024;

/**
 * Room for a number of bytes; who asks for more than is left waits until others have given theirs back,
 * in the order of asking.
 */
export interface Budget {
  /** Out: gives the room back. Rejects with the signal's reason when it comes first. */
  readonly take: (bytes: number, signal: AbortSignal) => Promise<() => void>;
  /** Bytes that are taken just now. */
  readonly taken: () => number;
}

interface Waiting {
  readonly bytes: number;
  readonly admit: () => void;
}

/** In: how many bytes there are. One who asks for more than that gets all of it. */
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

/** Room for one body. */
export interface BodyRoom {
  /** Before more than `smallBody` bytes are kept: room for `most`. */
  readonly grow: (most: number) => Promise<void>;
  readonly leave: () => void;
}

/**
 * Room for a body that is about to be read. Small and large bodies have room of their own, so that those
 * who wait to grow cannot keep each other waiting: who has grown has all that it will need.
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
