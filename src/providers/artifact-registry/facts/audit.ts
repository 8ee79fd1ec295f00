import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive, join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { AuditConfig, LogType } from '../decode/iam-policy.ts';
import type { LogBucket, Sink } from '../decode/logging.ts';
import { type LogEntry, type Taken, takes } from './log-filter.ts';
import type { Layer, ProjectFacts } from './project.ts';

/*
 * Changes of settings are always in the Admin Activity log, for 400 days. Pushes are DATA_WRITE and pulls
 * DATA_READ, both off until a policy of the project, a folder or the organisation switches them on.
 * Settings of all levels add up, exemptions too (Cloud Audit Logs, configure Data Access).
 */

const services = ['allServices', 'artifactregistry.googleapis.com'];

/** `open`: public repositories of the location, whose accesses are never logged. */
export async function auditLog(
  facts: ProjectFacts,
  open: () => Promise<Fact<readonly string[]>>,
): Promise<RegistryFacts['auditLog']> {
  const layers = await facts.inherited();
  if (layers.state === 'known' && logged(layers.value, 'DATA_WRITE') === null) {
    return join([layers], (all) => logOf(all, []));
  }
  return join([layers, await open()], logOf);
}

function logOf(
  layers: readonly Layer[],
  open: readonly string[],
): ValueOf<RegistryFacts['auditLog']> {
  const push = logged(layers, 'DATA_WRITE');
  const pull = logged(layers, 'DATA_READ');
  const gaps = [
    ...[push, pull]
      .flatMap((one) => (one === null ? [] : one.exempted))
      .map((who) => `${who} is exempted`),
    ...open.map((name) => `${name} is public, and accesses to public repositories are not logged`),
  ];
  const whole = (one: Logged | null) =>
    one !== null && one.exempted.length === 0 && open.length === 0;
  return {
    mode: 'on',
    administration: true,
    push: whole(push),
    pull: whole(pull),
    by: ['the Admin Activity log', ...(push === null && pull === null ? [] : ['Data Access logs'])],
    ...(gaps.length === 0 ? {} : { gaps: [...new Set(gaps)] }),
  };
}

interface Logged {
  readonly exempted: readonly string[];
}

/** Null: accesses of this type are not logged. */
function logged(layers: readonly Layer[], type: LogType): Logged | null {
  const configs = layers
    .flatMap(({ policy }) => policy.audit)
    .filter((config: AuditConfig) => config.type === type && services.includes(config.service));
  if (configs.length === 0) return null;
  const exempted = configs.flatMap((config) => config.exempted);
  return { exempted: exempted.filter((who) => !who.startsWith('deleted:')) };
}

/** Sinks that take the entries of pushes, over all levels. */
export async function auditExport(facts: ProjectFacts): Promise<RegistryFacts['auditExport']> {
  return join([await facts.sinks(), facts.project], (levels, { id, number }) =>
    routes(levels, id)
      .filter(({ sink, taken }) => taken !== 'no' && !staysHere(sink, [id, number]))
      .map(({ sink, taken, trouble }) => {
        if (taken === 'maybe' && trouble === '') throw new Inconclusive(doubt(sink));
        return {
          kind: kindOf(sink),
          destination: sink.destination.replace(/^[a-z]+\.googleapis\.com\//, ''),
          delivers:
            trouble === '' ? ({ mode: 'yes' } as const) : ({ mode: 'no', why: trouble } as const),
        };
      }),
  );
}

interface Route {
  readonly sink: Sink;
  readonly taken: Taken;
  /** Why nothing arrives although the filter takes it; empty: it does. */
  readonly trouble: string;
}

/** Routes the log entry of a push through the sinks of all levels, the topmost first. */
function routes(levels: readonly (readonly Sink[])[], project: string): readonly Route[] {
  const entry: LogEntry = { project, log: 'data_access' };
  const found: Route[] = [];
  let interceptor: Sink | null = null;
  levels.forEach((sinks, index) => {
    const above = index < levels.length - 1;
    const here = sinks.filter((sink) => !above || sink.includesChildren);
    for (const sink of here) {
      const taken = passes(sink, entry);
      found.push({ sink, taken, trouble: troubleOf(sink, interceptor) });
    }
    const taking = here.find(
      (sink) => sink.intercepts && !sink.disabled && passes(sink, entry) !== 'no',
    );
    if (above && taking !== undefined) interceptor = interceptor ?? taking;
  });
  return found;
}

function troubleOf({ disabled, name }: Sink, interceptor: Sink | null): string {
  if (disabled) return `sink ${name} is disabled`;
  if (interceptor === null) return '';
  return `sink ${interceptor.name} of ${interceptor.level} takes the entries away before`;
}

/** What the filter takes and no exclusion drops. */
function passes({ filter, exclusions }: Sink, entry: LogEntry): Taken {
  const taken = takes(filter, entry);
  const dropped = exclusions.map((exclusion) => takes(exclusion, entry));
  if (taken === 'no' || dropped.includes('yes')) return 'no';
  return taken === 'maybe' || dropped.includes('maybe') ? 'maybe' : 'yes';
}

function doubt({ name, level }: Sink): string {
  return `whether sink ${name} of ${level} takes the audit log depends on a filter that is not understood`;
}

/** A bucket of the project's own log storage is no export; it may name the project either way. */
function staysHere({ destination }: Sink, names: readonly string[]): boolean {
  return names.some((name) => destination.startsWith(`logging.googleapis.com/projects/${name}/`));
}

function kindOf({ destination }: Sink): string {
  if (destination.startsWith('storage.')) return 'bucket';
  if (destination.startsWith('bigquery.')) return 'dataset';
  if (destination.startsWith('pubsub.')) return 'topic';
  return destination.includes('/buckets/') ? 'log bucket' : 'project';
}

/** Admin Activity is kept for 400 days; a log of pushes counts for no longer (Logging, retention of _Required). */
const mostDays = 400;

/**
 * How long entries of pushes are kept in log buckets of the project. Logging can be switched off and
 * buckets deleted, but both leave an entry in the Admin Activity log, which cannot: it does not go
 * unseen. Where pushes are not logged there is nothing that could be kept: the Admin Activity log has none.
 */
export async function auditRetention(
  facts: ProjectFacts,
): Promise<RegistryFacts['auditRetention']> {
  const layers = await facts.inherited();
  if (layers.state !== 'known') return gapOf(layers);
  if (logged(layers.value, 'DATA_WRITE') === null) {
    return join([layers], () => ({ mode: 'days', days: 0, switchOff: 'evident' }));
  }
  return join(
    [layers, await facts.sinks(), await facts.logBuckets(), facts.project],
    (_, levels, buckets, { number }) => ({
      mode: 'days',
      days: Math.min(mostDays, longest(routes(levels, facts.id), buckets, [facts.id, number])),
      switchOff: 'evident',
    }),
  );
}

function longest(
  all: readonly Route[],
  buckets: readonly LogBucket[],
  names: readonly string[],
): number {
  const days = all
    .filter(({ taken, trouble }) => taken === 'yes' && trouble === '')
    .flatMap(({ sink }) =>
      buckets.filter(({ name }) => samePlace(name, sink.destination, names)).map((one) => one.days),
    );
  if (days.length > 0) return Math.max(...days);
  throw new Inconclusive('pushes are kept in no log bucket of the project, but elsewhere');
}

/** The project may stand in either by its id or its number. */
function samePlace(bucket: string, destination: string, names: readonly string[]): boolean {
  const place = (text: string) =>
    text.replace(/^(logging\.googleapis\.com\/)?projects\/[^/]+\//, '');
  const owner = /^logging\.googleapis\.com\/projects\/([^/]+)\//.exec(destination)?.[1];
  return owner !== undefined && names.includes(owner) && place(bucket) === place(destination);
}
