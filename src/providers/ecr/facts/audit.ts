import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { eachEntry } from '../../parts.ts';
import type { Destination, Recorder } from '../decode/trails.ts';
import type { Settings } from './settings.ts';

/*
 * CloudTrail's event history always holds 90 days of every ECR call. It is not counted as an audit log
 * here: it cannot be exported, kept longer or shared, and an account that has nothing else has no trail.
 */

type AuditLog = ValueOf<RegistryFacts['auditLog']>;

/**
 * On if some trails prove it, whatever the others do; event data stores are asked only when none does.
 */
export async function auditLog(settings: Settings): Promise<RegistryFacts['auditLog']> {
  const trails = await settings.trails();
  if ('value' in trails && recordsAll(trails.value))
    return known(trails.from.operation, '', () => logOf(trails.value));
  const stores = await settings.eventDataStores();
  return join([trails, stores], (some, others) => logOf([...some, ...others]));
}

function recordsAll(recorders: readonly Recorder[]): boolean {
  return ['write', 'read'].every((kind) =>
    recorders.some((one) => keeps(one) && one.records[kind as 'write']),
  );
}

/** Is it on, and does what it records arrive anywhere? */
function keeps({ on, destinations }: Recorder): boolean {
  return on && destinations.some(({ trouble }) => trouble === '');
}

function logOf(recorders: readonly Recorder[]): AuditLog {
  const recording = recorders.filter(
    (one) => keeps(one) && (one.records.write || one.records.read),
  );
  if (recording.length === 0) return { mode: 'off', why: offBecause(recorders) };
  const write = recording.some(({ records }) => records.write);
  return {
    mode: 'on',
    administration: write,
    push: write,
    pull: recording.some(({ records }) => records.read),
    by: recording.map(({ kind, name }) => `${kind} ${name}`),
  };
}

function offBecause(recorders: readonly Recorder[]): string {
  if (recorders.length === 0)
    return 'no trail or event data store covers this region; only the 90 days of event history are there';
  const stopped = recorders
    .filter(({ on }) => !on)
    .map(({ kind, name }) => `${kind} ${name} is stopped`);
  const undelivered = recorders
    .filter((one) => one.on && !keeps(one))
    .map((one) => `${one.kind} ${one.name} reports ${troublesOf(one)}`);
  const blind = recorders
    .filter(keeps)
    .map(({ kind, name }) => `${kind} ${name} leaves out the events of ECR`);
  return [...stopped, ...undelivered, ...blind].join(', ');
}

function troublesOf({ destinations }: Recorder): string {
  return [...new Set(destinations.map(({ trouble }) => trouble))].join(' and ');
}

/** Where trails deliver to. An event data store stays inside the account and is no export. */
export async function auditExport(settings: Settings): Promise<RegistryFacts['auditExport']> {
  return eachEntry(await settings.trails(), (recorder) =>
    recorder.records.write
      ? recorder.destinations.map((one) => ({
          kind: one.kind,
          destination: one.address,
          delivers: delivery(recorder, one),
        }))
      : [],
  );
}

function delivery(
  { on, name }: Recorder,
  { trouble }: Destination,
): { mode: 'yes' } | { mode: 'no'; why: string } {
  if (!on) return { mode: 'no', why: `trail ${name} is stopped` };
  if (trouble !== '') return { mode: 'no', why: `trail ${name} reports ${trouble}` };
  return { mode: 'yes' };
}

type Kept = ValueOf<RegistryFacts['auditRetention']>;

/** What event data stores keep. How long a bucket keeps a trail's files is the bucket's affair. */
export async function auditRetention(settings: Settings): Promise<Fact<Kept>> {
  const [trails, stores] = await Promise.all([settings.trails(), settings.eventDataStores()]);
  return join([trails, stores], (some, others): Kept => {
    const recording = others.filter(({ on, records }) => on && records.write);
    const longest = recording.reduce<Recorder | null>(
      (best, store) => (best === null || days(store) > days(best) ? store : best),
      null,
    );
    if (longest !== null) {
      return {
        mode: 'days',
        days: days(longest),
        switchOff: longest.protected ? 'prevented' : 'possible',
      };
    }
    if (some.every((one) => !keeps(one) || !one.records.write)) {
      return { mode: 'days', days: 90, switchOff: 'prevented' };
    }
    throw new Inconclusive(
      'how long the files of a trail are kept is set on its bucket, which is not read',
    );
  });
}

function days(store: Recorder): number {
  return store.days === null ? 0 : store.days;
}
