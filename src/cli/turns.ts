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
  const addresses = new Map(targets.map((target) => [target, addressOf(target.target)]));
  const nested = (one = '', other = '') => one.startsWith(other) || other.startsWith(one);
  const known = new Map<T, readonly T[]>();
  // Asked for each registry, and an organisation has thousands of targets.
  const before = (target: T): readonly T[] => {
    const found =
      known.get(target) ??
      targets
        .slice(0, targets.indexOf(target))
        .filter(
          (other) => nested(addresses.get(other), addresses.get(target)) && contend(other, target),
        );
    known.set(target, found);
    return found;
  };
  return async (target) => {
    const rivals = before(target).filter(({ opened }) => !opened);
    if (rivals.length === 0) return;
    const wait = new AbortController();
    const late = sleep(retryPolicy, undefined, { signal: wait.signal }).catch(() => undefined);
    await Promise.race([late, Promise.all(rivals.map(({ done }) => done))]);
    wait.abort();
  };
}

function contend({ target: a }: Opened, { target: b }: Opened): boolean {
  return a.provider === b.provider && JSON.stringify(a.options) !== JSON.stringify(b.options);
}

function addressOf({ address }: Target): string {
  return address.toLowerCase().replace(/\/+$/, '');
}
