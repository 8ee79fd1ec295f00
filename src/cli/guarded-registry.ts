import type { Unknown } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Provider, Registry, ScanContext } from '../providers/contract.ts';
import { unknown } from '../providers/facts.ts';
import { unreachableRegistry } from '../providers/read-registry.ts';
import type { Faults } from './faults.ts';
import { reasonOf, TimeOver } from './life.ts';
import { untilAborted } from './until-aborted.ts';

export interface Watch {
  readonly provider: Provider;
  readonly now: ScanContext['now'];
  readonly faults: Faults;
  /** The first operation of the registry. */
  readonly signIn: string;
  /** The signal of this registry. */
  readonly signal: AbortSignal;
  /** An error in something it shares with other registries, or null. */
  readonly shared: () => Unknown | null;
}

/**
 * Reads a registry and always ends it: abandons a stream that hangs after its signal, records bugs, and reports
 * everything that is unknown because of them.
 */
export async function* readToAnEnd(registry: Registry, watch: Watch): AsyncGenerator<SnapshotLine> {
  const { signal, signIn, faults, shared } = watch;
  if (signal.aborted && registry.unreachable === undefined) {
    yield* notRead(registry.id, cutShort(signal, signIn), watch).read(signal);
    return;
  }
  let stage: 'before' | 'begun' | 'ended' = 'before';
  let damage: Unknown | null = null;
  const stream = untilAborted(registry.read(signal), signal);
  try {
    for (;;) {
      const step = await stream.next();
      if (step.done) {
        if (step.value) damage = shared() ?? cutShort(signal);
        break;
      }
      const reading = step.value;
      if (reading.kind === 'registry') stage = 'begun';
      if (reading.kind === 'end') {
        stage = 'ended';
        yield { ...reading, listing: damage ?? shared() ?? reading.listing };
      } else {
        yield reading;
      }
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    faults.add(error);
    damage ??= crashed('it was read', error);
  } finally {
    await stream.return(false);
  }
  const why = damage ?? shared();
  if (why === null || stage === 'ended') return;
  if (stage === 'begun') yield { kind: 'end', registry: registry.id, listing: why, calls: 0 };
  else yield* notRead(registry.id, why, watch).read(signal);
}

/** A registry that was not reached, with the reason. */
export function notRead(
  id: string,
  why: Unknown,
  { provider, now }: Pick<Watch, 'provider' | 'now'>,
): Registry {
  return unreachableRegistry({ id, provider: provider.id, provides: provider.provides }, why, {
    now,
  });
}

/** The registry's time limit or the scan's was reached. */
export function cutShort(signal: AbortSignal, operation = 'none'): Unknown {
  const reason = reasonOf(signal);
  const why = reason instanceof TimeOver ? 'unreachable' : 'not-collected';
  return unknown(why, operation, reason.message);
}

/** The message of a bug goes to stderr only: it may contain anything. */
export function crashed(when: string, error: unknown, operation = 'none'): Unknown {
  const kind = error instanceof Error ? error.name : typeof error;
  return unknown('crashed', operation, `a fault in regaudit while ${when} (${kind})`);
}
