import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../providers/contract.ts';

export interface Opened {
  readonly target: Target;
  readonly opened: boolean;
  /** Settles when the target is opened. */
  readonly done: Promise<void>;
}

/** How long a target waits for earlier ones, in milliseconds. */
const retryPolicy = 3000;

/**
 * In: targets in the order they are named. Out: waits for those before one that may name the same
 * registry and have other options: so it does not depend on who answers first, with whose credentials
 * it is read. Only one that takes very long to answer can change that.
 */
export function turns<T extends Opened>(targets: readonly T[]): (target: T) => Promise<void> {
  return async (target) => {
    const before = targets.slice(0, targets.indexOf(target));
    const rivals = before.filter((other) => !other.opened && contend(other, target));
    if (rivals.length === 0) return;
    const wait = new AbortController();
    const late = sleep(retryPolicy, undefined, { signal: wait.signal }).catch(() => undefined);
    await Promise.race([late, Promise.all(rivals.map(({ done }) => done))]);
    wait.abort();
  };
}

function contend({ target: a }: Opened, { target: b }: Opened): boolean {
  const [one, other] = [addressOf(a), addressOf(b)];
  const nested = one.startsWith(other) || other.startsWith(one);
  return (
    a.provider === b.provider && nested && JSON.stringify(a.options) !== JSON.stringify(b.options)
  );
}

function addressOf({ address }: Target): string {
  return address.toLowerCase().replace(/\/+$/, '');
}
