import { setTimeout as sleep } from 'node:timers/promises';
import { limit } from '../http/limit.ts';
import type { Unknown } from '../model/fact.ts';
import type { Reading } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Provider, Registry, ScanContext, Target } from '../providers/provider.ts';
import { type Channel, channel } from './channel.ts';
import type { Faults } from './faults.ts';
import { type Life, lifeWithin, reasonOf } from './life.ts';
import type { Notes } from './notes.ts';
import { crashed, cutShort, notRead, readToAnEnd } from './registry-reading.ts';
import { untilAborted } from './until-aborted.ts';

/** A target that can be opened, by what we know without a call. */
export interface Opening {
  readonly target: Target;
  readonly provider: Provider;
  readonly context: ScanContext;
  readonly registries: AsyncIterable<Registry>;
  /** Of the target with all its registries; its signal is that of the context. */
  readonly life: Life;
}

export interface OpeningOptions {
  /** Seconds for opening one target, and again for reading one registry. */
  readonly registryTimeout: number | undefined;
  readonly faults: Faults;
  readonly notes: Notes;
}

/** What is known of a target while it is under way. */
interface State extends Opening {
  opened: boolean;
  /** Registries that are read or wait for that. */
  live: number;
  damage: Unknown | null;
  /** Settles when the target is opened. */
  readonly done: Promise<void>;
  readonly settle: () => void;
}

export interface OpenTargets {
  /** What reads each registry, as it comes. */
  readonly reads: AsyncIterable<() => AsyncIterable<Reading>>;
  /** Something went wrong of which nobody knows whose it is: then it may be of all that are under way. */
  readonly damaged: (why: Unknown) => void;
}

/** More would only wait for one another at the credentials' source. */
const openedAtOnce = 64;

/**
 * Opens targets side by side. One that hangs or fails costs the others nothing: when its time is over, a
 * registry that says so stands for it. A registry that two targets name is read once.
 */
export function openTargets(openings: readonly Opening[], options: OpeningOptions): OpenTargets {
  const reads = channel<() => AsyncIterable<Reading>>();
  const states = openings.map(stateOf);
  const seen = new Set<string>();
  const admit = limit(openedAtOnce);
  const all = states.map((state, index) =>
    admit(() => open(state, states.slice(0, index), { ...options, reads, seen })),
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
  readonly reads: Channel<() => AsyncIterable<Reading>>;
  /** The ids of registries that have come. */
  readonly seen: Set<string>;
}

function stateOf(opening: Opening): State {
  let settle: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { ...opening, opened: false, live: 0, damage: null, done, settle };
}

/** Hands on the registries of one target, and one that stands for what could not be had. */
async function open(state: State, before: readonly State[], shared: Shared): Promise<void> {
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
      await handOn(step.value, state, before, shared);
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
    await handOn(notRead(id, missing, { provider, now: context.now }), state, [], shared);
  }
  state.opened = true;
  state.settle();
  endIfDone(state);
}

/** What is called first of all. */
function signInOf({ provider, context }: Opening): string {
  const [signIn = 'none'] = provider.listing(context.plan);
  return signIn;
}

/** How a target is told whose registries nobody could name. */
function nameOf({ provider, address }: Target): string {
  return `${provider}://${address === '' ? 'unknown' : address.replace(/\/+$/, '')}`;
}

/** The id, with a number where another target has it: what is not known of two is not the same. */
function freeId(id: string, seen: ReadonlySet<string>): string {
  if (!seen.has(id)) return id;
  let number = 2;
  while (seen.has(`${id}/${number}`)) number += 1;
  return `${id}/${number}`;
}

async function handOn(
  found: Registry,
  state: State,
  before: readonly State[],
  { reads, seen, notes, faults, registryTimeout }: Shared,
): Promise<void> {
  await turn(state, before);
  const { provider, context } = state;
  const nameless = found.id.startsWith(`${provider.id}://unknown`);
  const registry =
    found.unreachable !== undefined && nameless
      ? notRead(freeId(found.id, seen), found.unreachable, { provider, now: context.now })
      : found;
  if (seen.has(registry.id)) {
    notes.detail(`${registry.id} is named twice, read once`);
    return;
  }
  seen.add(registry.id);
  state.live += 1;
  const signIn = signInOf(state);
  reads.put(async function* () {
    const life = lifeWithin(state.life.signal);
    life.limit(registryTimeout);
    // The last one of a target takes along what it shares with others, and is perhaps waiting for.
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
      endIfDone(state);
    }
  });
}

/** Its connections are closed then, and nothing listens any more. */
function endIfDone({ opened, live, life }: State): void {
  if (opened && live === 0) life.end(new Error('the target was read'));
}

/** How long a registry waits for targets that were named before its own, in ms. */
const patience = 3000;

/**
 * Waits for targets before this one that may name the same registry and have other options: so it does
 * not depend on which answers first, with whose credentials it is read. Only a slow one can change that.
 */
async function turn(state: State, before: readonly State[]): Promise<void> {
  const rivals = before.filter((other) => !other.opened && contend(other, state));
  if (rivals.length === 0) return;
  const wait = new AbortController();
  const late = sleep(patience, undefined, { signal: wait.signal }).catch(() => undefined);
  await Promise.race([late, Promise.all(rivals.map(({ done }) => done))]);
  wait.abort();
}

function contend(a: Opening, b: Opening): boolean {
  const [one, other] = [a, b].map(({ target }) => target.address.toLowerCase().replace(/\/+$/, ''));
  if (a.provider.id !== b.provider.id || one === undefined || other === undefined) return false;
  const nested = one.startsWith(other) || other.startsWith(one);
  return nested && JSON.stringify(a.target.options) !== JSON.stringify(b.target.options);
}
