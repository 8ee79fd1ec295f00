import { limit } from '../http/limit.ts';
import type { Unknown } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Provider, Registry, ScanContext, Target } from '../providers/contract.ts';
import { type Channel, channel } from './channel.ts';
import type { Faults } from './faults.ts';
import { crashed, cutShort, notRead, readToAnEnd } from './guarded-registry.ts';
import { type Life, lifeWithin, reasonOf } from './life.ts';
import type { Log } from './log.ts';
import { turns } from './turns.ts';
import { untilAborted } from './until-aborted.ts';

/** A target that passed the checks before the first call. */
export interface Opening {
  readonly target: Target;
  readonly provider: Provider;
  readonly context: ScanContext;
  readonly registries: AsyncIterable<Registry>;
  /** The lifetime of the target and its registries; the context carries its signal. */
  readonly life: Life;
}

export interface OpeningOptions {
  /** Time limit in seconds: for opening a target, and again for each registry. */
  readonly registryTimeout: number | undefined;
  readonly faults: Faults;
  readonly log: Log;
}

/** The state of a target while it is read. */
interface State extends Opening {
  opened: boolean;
  /** Registries that are being read or wait for it. */
  live: number;
  damage: Unknown | null;
  /** Settles when the target is opened. */
  readonly done: Promise<void>;
  readonly settle: () => void;
}

export interface OpenTargets {
  /** Reads each registry as it arrives. */
  readonly reads: AsyncIterable<() => AsyncIterable<SnapshotLine>>;
  /** A stray error: its registry is not known, so it may belong to any that is being read. */
  readonly damaged: (why: Unknown) => void;
}

/** More would only queue at the source of credentials. */
const openedAtOnce = 64;
/** Registries that wait to be read: further targets are opened later, or an organisation would fill the memory. */
const mostWaiting = 64;

/**
 * Opens targets in parallel. A target that hangs or fails does not affect others: at its time limit it is
 * reported as a registry that was not reached. A registry that two targets name is read once.
 */
export function openTargets(openings: readonly Opening[], options: OpeningOptions): OpenTargets {
  const reads = channel<() => AsyncIterable<SnapshotLine>>();
  const states = openings.map(stateOf);
  const seen = new Set<string>();
  const admit = limit(openedAtOnce);
  const shared = { ...options, reads, seen, turn: turns(states) };
  const all = states.map((state) =>
    admit(async () => {
      await reads.room(mostWaiting);
      await open(state, shared);
    }),
  );
  Promise.all(all).then(
    () => reads.close(),
    (error: unknown) => reads.close(error),
  );
  return {
    reads,
    damaged(why) {
      for (const state of states) if (state.live > 0 || !state.opened) state.damage ??= why;
    },
  };
}

interface Shared extends OpeningOptions {
  readonly reads: Channel<() => AsyncIterable<SnapshotLine>>;
  /** Ids of the registries so far. */
  readonly seen: Set<string>;
  readonly turn: (state: State) => Promise<void>;
}

function stateOf(opening: Opening): State {
  let settle: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { ...opening, opened: false, live: 0, damage: null, done, settle };
}

/** Passes on the registries of one target, and one not-reached registry for the rest. */
async function open(state: State, shared: Shared): Promise<void> {
  const { life, provider, context, registries } = state;
  const own = lifeWithin(life.signal);
  own.limit(shared.registryTimeout);
  // What was opened in time is read in its own time; where nothing was, all that is under way is cut.
  const late = () => {
    if (state.live === 0) life.end(reasonOf(own.signal));
  };
  own.signal.addEventListener('abort', late, { once: true });
  const left = () => cutShort(own.signal, signInOf(state));
  const stream = untilAborted(registries, own.signal);
  let missing: Unknown | null = own.signal.aborted ? left() : null;
  try {
    while (missing === null) {
      const step = await stream.next();
      if (step.done) {
        if (step.value) missing = left();
        break;
      }
      await shared.turn(state);
      handOn(step.value, state, shared);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    shared.faults.add(error);
    missing = crashed('it was opened', error, signInOf(state));
  }
  own.signal.removeEventListener('abort', late);
  own.end(new Error('the target was opened'));
  if (missing !== null) {
    const id = freeId(nameOf(state.target), shared.seen);
    handOn(notRead(id, missing, { provider, now: context.now }), state, shared);
  }
  state.opened = true;
  state.settle();
  if (state.live === 0) life.end(new Error('the target was read'));
}

/** The first operation of a sign-in. */
function signInOf({ provider, context }: Opening): string {
  const [signIn = 'none'] = provider.listing(context.plan);
  return signIn;
}

/** The name of a target whose registries are unknown. */
function nameOf({ provider, address }: Target): string {
  return `${provider}://${address === '' ? 'unknown' : address.replace(/\/+$/, '')}`;
}

/** The id, numbered if another target has it: two unknown targets are two findings. */
function freeId(id: string, seen: ReadonlySet<string>): string {
  if (!seen.has(id)) return id;
  let number = 2;
  while (seen.has(`${id}/${number}`)) number += 1;
  return `${id}/${number}`;
}

/** Reads a registry within its own time limit, unless another target already named it. */
function handOn(
  found: Registry,
  state: State,
  { reads, seen, log, faults, registryTimeout }: Shared,
): void {
  const { provider, context } = state;
  const registry =
    found.unreachable !== undefined && /:\/\/unknown(\/|$)/.test(found.id)
      ? notRead(freeId(found.id, seen), found.unreachable, { provider, now: context.now })
      : found;
  if (seen.has(registry.id)) {
    log.detail(`${registry.id} is given twice and read once`);
    return;
  }
  seen.add(registry.id);
  state.live += 1;
  const signIn = signInOf(state);
  reads.put(async function* () {
    const life = lifeWithin(state.life.signal);
    life.limit(registryTimeout);
    // The last registry ends the target, which closes what its registries share.
    const last = () => {
      if (state.opened && state.live === 1) state.life.end(reasonOf(life.signal));
    };
    life.signal.addEventListener('abort', last, { once: true });
    const watch = { provider, now: context.now, faults, signal: life.signal, signIn };
    try {
      yield* readToAnEnd(registry, { ...watch, shared: () => state.damage });
    } finally {
      life.end(new Error('it was read'));
      state.live -= 1;
    }
  });
}
