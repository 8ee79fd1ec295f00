import { collectPlan } from '../engine/collect-plan.ts';
import { merge } from '../engine/merge.ts';
import type { Reading } from '../model/snapshot.ts';
import { matchesAny } from '../model/wildcard.ts';
import {
  type Registry,
  type ScanContext,
  type Progress as Step,
  standardPatience,
} from '../providers/provider.ts';
import type { Environment } from './environment.ts';
import type { Notes } from './notes.ts';
import type { Progress } from './progress.ts';
import type { Settings } from './settings.ts';
import { opened, type Providers } from './targets.ts';

/** How many registries are read side by side; each has its own limit of calls. */
const registriesAtOnce = 8;

export interface LiveOptions {
  readonly settings: Settings;
  readonly providers: Providers;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly notes: Notes;
  readonly now: () => Date;
}

/** Opens every target and reads its registries. A registry named by two targets is read once. */
export async function* liveReadings(options: LiveOptions): AsyncGenerator<Reading> {
  const { settings, providers, signal, notes } = options;
  const context = contextOf(options);
  const targets = await Promise.all(settings.entries.map((entry) => opened(entry, providers)));
  const registries = new Map<string, Registry>();
  for (const { target, provider } of targets) {
    for await (const registry of untilAborted(provider.open(target, context), signal)) {
      if (registries.has(registry.id)) notes.detail(`${registry.id} is named twice, read once`);
      else registries.set(registry.id, registry);
    }
  }
  const reads = [...registries.values()].map(({ read }) => read);
  yield* untilAborted(merge(reads, registriesAtOnce), signal);
}

function contextOf(options: LiveOptions): ScanContext {
  const { settings, environment, signal, progress, notes, now } = options;
  const { include, exclude } = settings;
  return {
    plan: collectPlan(settings.checks),
    concurrency: settings.concurrency,
    signal,
    environment,
    caFile: settings.caFile,
    wanted: wantedBy(include, exclude),
    images: { newest: settings.newest, tags: settings.expected.productionTags },
    now,
    patience: standardPatience,
    progress(step) {
      progress.step(step);
      const said = told(step);
      if (said !== null) notes.detail(`${step.registry}: ${said}`, 2);
    },
  };
}

/** What `-vv` says about a step; null: nothing. */
function told(step: Step): string | null {
  switch (step.kind) {
    case 'call':
    case 'throttled':
      return `${step.kind} ${step.operation}`;
    case 'exchange':
      return `${step.method} ${step.url} ${step.status === 0 ? 'no answer' : step.status} in ${step.ms} ms`;
    case 'repositories':
      return null;
  }
}

/** Which repositories `--include` and `--exclude` ask for. */
export function wantedBy(
  include: readonly string[],
  exclude: readonly string[],
): (repository: string) => boolean {
  return (repository) =>
    (include.length === 0 || matchesAny(include, repository)) && !matchesAny(exclude, repository);
}

/** How long an adapter may take to end by itself once it was asked to. */
const grace = 2000;

/**
 * The stream, but ended when the signal comes: an adapter gets a moment to hand on what it has, and
 * one that hangs is left behind.
 */
export async function* untilAborted<T>(
  stream: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const iterator = stream[Symbol.asyncIterator]();
  let leave: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const aborted = () => {
    timer = setTimeout(() => leave?.(), grace);
  };
  // One promise per step: racing against one that lives as long as the scan would keep every step.
  const step = () =>
    new Promise<IteratorResult<T> | null>((resolve, reject) => {
      leave = () => resolve(null);
      iterator.next().then(resolve, reject);
    });
  if (signal.aborted) aborted();
  else signal.addEventListener('abort', aborted, { once: true });
  try {
    for (let next = await step(); next !== null && !next.done; next = await step()) {
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', aborted);
    // Not awaited: a stream that hangs never answers.
    iterator.return?.().catch(() => undefined);
  }
}
