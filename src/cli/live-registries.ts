import type { RegistryEntry } from '../config/schema.ts';
import { merge } from '../engine/merge.ts';
import { keepHeapSmall } from '../files/small-heap.ts';
import { fairGate } from '../http/fair-gate.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import { matchesAny } from '../model/wildcard.ts';
import type {
  Expansion,
  Provider,
  Registry,
  ScanContext,
  Progress as Step,
  Target,
} from '../providers/contract.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../providers/retry-policy.ts';
import { within } from './call-limit.ts';
import { refuseUnverifiedTls } from './certificates.ts';
import { refuseForeignHosts } from './credential-hosts.ts';
import type { Environment } from './environment.ts';
import type { Faults } from './faults.ts';
import { groupOf } from './group-of.ts';
import { crashed, notRead } from './guarded-registry.ts';
import { lifeWithin } from './life.ts';
import type { Log } from './log.ts';
import { type Opening, openTargets } from './open-targets.ts';
import { planOf } from './plan.ts';
import type { Progress } from './progress.ts';
import type { Settings } from './settings.ts';
import { catchStrayErrors } from './stray-errors.ts';
import { opened, type Providers } from './targets.ts';
import { grace, untilAborted } from './until-aborted.ts';

const manyTargets = 20;
/** Calls in flight for one registry, of a provider that does not say how many are good. */
const usualConcurrency = 10;

/** How many registries are read in parallel; most of an organisation's are empty and take three calls. */
export const registriesAtOnce = 32;

export interface LiveOptions {
  readonly settings: Settings;
  readonly providers: Providers;
  /** The targets of the command line. */
  readonly named: readonly string[];
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly log: Log;
  readonly faults: Faults;
  readonly now: () => Date;
  /** Read one repository of each target alone. */
  readonly sample?: boolean;
  /** Whether a registry is read; absent: each is. */
  readonly takes?: (registry: Registry, of: Opening) => boolean;
  /** Called with all targets, those of organisations included, before one is opened. */
  readonly listed?: (openings: readonly Opening[]) => void;
  /** By target: the tags and digests that are read of it, instead of any choice. */
  readonly references?: ReadonlyMap<string, readonly string[]>;
}

/**
 * Opens every target and reads its registries, each as it comes. A registry named by two targets is read
 * once. Throws `UsageError`, before a call is made, when a target cannot mean any.
 */
export async function* liveRegistries(options: LiveOptions): AsyncGenerator<SnapshotLine> {
  const { settings, faults, log } = options;
  const scan = lifeWithin(options.signal);
  try {
    const openings = await openingsOf(
      { ...options, progress: within(settings.maxCalls, options.progress, scan) },
      scan.signal,
    );
    options.listed?.(openings);
    const targets = openTargets(openings, { ...settings, faults, log, takes: options.takes });
    const nobodys = (error: unknown) => {
      faults.add(error);
      targets.damaged(crashed('it was read', error));
    };
    const stalled = () => {
      const error = new Error('a call neither finished nor was aborted');
      nobodys(error);
      scan.end(error);
    };
    const letGo = catchStrayErrors(nobodys);
    // Keeps the process alive while nothing else does.
    process.once('beforeExit', stalled);
    try {
      // Each registry ends itself on the signal; this is the backstop.
      yield* untilAborted(merge(targets.reads, registriesAtOnce), scan.signal, 2 * grace);
    } finally {
      process.off('beforeExit', stalled);
      letGo();
    }
  } finally {
    scan.end(new Error('the scan is over'));
  }
}

interface Prepared {
  readonly entry: number;
  readonly target: Target;
  readonly provider: Provider;
  readonly context: Omit<ScanContext, 'signal'>;
}

/** All targets; rethrows the first `UsageError`. Organisations come last: they take calls. */
async function openingsOf(options: LiveOptions, scan: AbortSignal): Promise<readonly Opening[]> {
  refuseUnverifiedTls(options.environment);
  const context = contextOf(options, scan);
  const prepare = async (entry: RegistryEntry, number: number): Promise<Prepared> => {
    const { target, provider, repository } = await opened(entry, options.providers);
    const { found } = options.settings;
    if (found !== null) {
      const { environment, named } = options;
      await refuseForeignHosts(target, provider, { found, named, environment });
    }
    const chosen = (name: string) =>
      context.wanted(name) && (repository === null || isOrHolds(repository, name));
    const wanted = options.sample === true ? firstOf(chosen) : chosen;
    const references = options.references?.get(entry.target);
    const images = { ...context.images, ...(references === undefined ? {} : { references }) };
    const concurrency = options.settings.concurrency ?? provider.concurrency ?? usualConcurrency;
    return {
      entry: number,
      target,
      provider,
      context: { ...context, concurrency, images, wanted },
    };
  };
  const prepared = await settled(options.settings.entries.map(prepare));
  const openings = await settled(prepared.map((one) => openOrExpand(one, options, scan)));
  return openings.flat();
}

/** Waits for all; rethrows the first error. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  return (await Promise.allSettled(promises)).map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/** The opening of a target, or those of the targets that it stands for. */
async function openOrExpand(
  prepared: Prepared,
  { settings, sample, log }: LiveOptions,
  scan: AbortSignal,
): Promise<readonly Opening[]> {
  const { entry, target, provider, context } = prepared;
  const expansion = await expanded(prepared, scan, settings.registryTimeout);
  if (expansion === null) return [await openingOf(prepared, settings, scan)];
  for (const note of expansion.notes) log.say(`${provider.id}://${target.address}: ${note}`);
  const targets = sample === true ? expansion.targets.slice(0, 1) : expansion.targets;
  if (targets.length >= manyTargets) keepHeapSmall();
  const openings = await settled(
    targets.map((one) => openingOf({ ...prepared, target: one }, settings, scan)),
  );
  if (expansion.missing === null) return openings;
  // Registries may be missing: the organisation itself stands for them, as not reached.
  const life = lifeWithin(scan);
  const id = `${provider.id}://${target.address}`;
  const rest = notRead(id, expansion.missing, { provider, now: context.now });
  const registries = (async function* () {
    yield rest;
  })();
  const { missing } = expansion;
  const own = { ...context, signal: life.signal };
  return [...openings, { entry, target, provider, life, context: own, registries, missing }];
}

async function expanded(
  { target, provider, context }: Prepared,
  scan: AbortSignal,
  seconds: number | undefined,
): Promise<Expansion | null> {
  if (provider.expand === undefined) return null;
  const life = lifeWithin(scan);
  life.limit(seconds);
  try {
    return await provider.expand(target, { ...context, signal: life.signal });
  } finally {
    life.end(new Error('the organisation was listed'));
  }
}

async function openingOf(
  { entry, target, provider, context }: Prepared,
  settings: Settings,
  scan: AbortSignal,
): Promise<Opening> {
  const life = lifeWithin(scan);
  const own = { ...context, signal: life.signal };
  const registries = await provider.open(target, own).catch((error: unknown) => {
    if (error instanceof UsageError) throw error;
    return failing(error);
  });
  const looked = await probed(registries, { target, provider, context: own }, settings);
  return { entry, target, provider, life, context: own, registries: looked };
}

/** The same filter for the first repository that it takes, and no other. */
function firstOf(wanted: (repository: string) => boolean): (repository: string) => boolean {
  let first: string | null = null;
  return (repository) => {
    if (first === null && wanted(repository)) first = repository;
    return first === repository;
  };
}

/** Whether the named repository is this one, or an image in it. */
function isOrHolds(named: string, repository: string): boolean {
  return named === repository || named.startsWith(`${repository}/`);
}

/** The registries, looked at from outside as well where the settings say so. */
async function probed(
  registries: AsyncIterable<Registry>,
  { target, provider, context }: Pick<Opening, 'target' | 'provider' | 'context'>,
  { probe }: Settings,
): Promise<AsyncIterable<Registry>> {
  const { outside } = provider;
  if (probe === 'none' || outside === undefined) return registries;
  const { probedRegistries } = await import('../outside/probed.ts');
  const thisMachineOnly = probe === 'this-machine';
  return probedRegistries(registries, { outside, target, thisMachineOnly }, context);
}

/** Rejects when it is awaited, not before. */
function failing(error: unknown): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

/** What all targets have in common. */
function contextOf(
  options: LiveOptions,
  scan: AbortSignal,
): Omit<ScanContext, 'signal' | 'concurrency'> {
  const { settings, environment, progress, log, now } = options;
  const { include, exclude } = settings;
  const gate = fairGate(settings.concurrencyTotal);
  return {
    plan: planOf(settings),
    gateOf: (registry, signal) => gate(groupOf(registry), signal),
    scan,
    environment,
    caFile: settings.caFile,
    clientCertificate: settings.clientCertificate,
    wanted: wantedBy(include, exclude),
    images: {
      newest: settings.newest,
      tags: settings.expected.productionTags,
      mayPull: settings.mayPull,
      signaturesIn: signaturesIn(settings.expected),
    },
    now,
    retryPolicy: { ...defaultRetryPolicy, ...waitsUntil(settings) },
    progress(step) {
      progress.step(step);
      const line = formatStep(step);
      if (line !== null) log.detail(`${step.registry}: ${line}`, 2);
    },
  };
}

/** A time limit says how long somebody is ready to wait; a longer wait would be cut short by it. */
function waitsUntil({ timeout, registryTimeout }: Settings): Pick<RetryPolicy, 'waitsUntil'> {
  const limits = [timeout, registryTimeout].filter((seconds) => seconds !== undefined);
  return limits.length === 0 ? {} : { waitsUntil: Date.now() + Math.min(...limits) * 1000 };
}

/** The `-vv` line of a step, or null. */
function formatStep(step: Step): string | null {
  switch (step.kind) {
    case 'call':
    case 'throttled':
      return `${step.kind} ${step.operation}`;
    case 'exchange':
      return `${step.method} ${step.url} ${step.status === 0 ? 'no response' : step.status} in ${step.ms} ms`;
    case 'repositories':
    case 'signed-in':
      return null;
  }
}

/** The repository filter of `--include` and `--exclude`. */
export function wantedBy(
  include: readonly string[],
  exclude: readonly string[],
): (repository: string) => boolean {
  return (repository) =>
    (include.length === 0 || matchesAny(include, repository)) && !matchesAny(exclude, repository);
}

/** Every repository that a signer or builder names as the place of its signatures. */
function signaturesIn({ signers, builders }: Settings['expected']): readonly string[] {
  const named = [...signers, ...builders].flatMap(({ signaturesIn: places }) => places ?? []);
  return [...new Set(named)];
}
