import {
  enumAt,
  instantAt,
  type JsonObject,
  jsonAt,
  maybeBoolean,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { Inconclusive, Pending } from '../../facts.ts';
import { everRuns } from './cron.ts';
import { askedFor } from './retention.ts';

/** When a job of the instance runs by itself; null: it does not. */
export interface Schedule {
  readonly type: 'Hourly' | 'Daily' | 'Weekly' | 'Custom' | 'Schedule';
  readonly cron: string;
  readonly raw: JsonObject;
}

/** GetScanAllSchedule, GetPurgeSchedule, GetGCSchedule. Null, an empty body: nothing was ever set. */
export function schedule(raw: unknown): Schedule | null {
  if (raw === null) return null;
  const answer = objectOf(raw, 'the answer');
  const when = objectAt(answer, 'schedule');
  const type = enumAt(when, 'type', [
    'Hourly',
    'Daily',
    'Weekly',
    'Custom',
    'Schedule',
    'Manual',
    'None',
  ]);
  if (type === 'Manual' || type === 'None') return null;
  return { type, cron: stringAt(when, 'cron'), raw: answer };
}

/** Cron with seconds: second, minute, hour, day of month, month, day of week. */
export function everyMonth({ type, cron }: Schedule): boolean {
  if (type === 'Hourly' || type === 'Daily' || type === 'Weekly') return true;
  if (!everRuns(cron)) return false;
  const month = cron.trim().split(/\s+/)[4];
  return month === '*' || month === '*/1' || month === '1-12';
}

/**
 * After how many hours the purge job removes audit records; null: it removes none. 0 and -1 switch the
 * job off, and more than ten years are cut to that (src/jobservice/job/impl/purge/purge.go).
 */
export function purgedAfter(set: Schedule | null): number | null {
  if (set === null) return null;
  const parameters = objectOf(jsonAt(set.raw, 'job_parameters'), 'job_parameters');
  if (maybeBoolean(parameters, 'dry_run') === true) return null;
  const hours = numberAt(parameters, 'audit_retention_hour');
  return hours === 0 || hours === -1 ? null : hours;
}

/** Statuses of a run that goes as it should (src/jobservice/job/status.go). */
const working = ['Success', 'Running', 'Pending', 'Scheduled'];

/**
 * Does garbage collection remove untagged images by itself? The schedule tells that it should, but only
 * a run of it tells whether it was for trial (src/controller/gc/controller.go, CreateSchedule).
 */
export function collectsUntagged(set: Schedule | null, runs: readonly unknown[]): boolean {
  if (set === null || !askedFor(set.raw, 'delete_untagged')) return false;
  const scheduled = runs
    .map((raw) => objectOf(raw, 'a run'))
    .filter((run) => stringAt(objectAt(run, 'schedule'), 'type') !== 'Manual')
    .map((run) => ({ run, at: instantAt(run, 'creation_time') }))
    .sort((a, b) => b.at.localeCompare(a.at));
  const [newest] = scheduled.map(({ run }) => run);
  if (newest === undefined) {
    throw new Pending('garbage collection has not run on its schedule yet');
  }
  const status = stringAt(newest, 'job_status');
  if (!working.includes(status)) {
    throw new Inconclusive(`the newest run of garbage collection is ${status.slice(0, 60)}`);
  }
  return askedFor(newest, 'delete_untagged') && !askedFor(newest, 'dry_run');
}
