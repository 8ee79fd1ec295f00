import type { Change, ChangedFinding, Difference } from '../model/difference-schema.ts';
import { type Severity, severities } from '../model/finding.ts';

type Decided = Pick<Difference, 'exitCode' | 'reason'>;

export interface DifferenceOptions {
  readonly failOn: Severity | 'none';
  /** Whether the new scan was interrupted. */
  readonly interrupted: boolean;
}

/**
 * The exit code of a diff. 1: a new failure or a moved tag at or above the threshold, or a failure that is
 * no longer suppressed. 3: a finding at or above it became unknown, or the new scan was interrupted. Else 0; 1
 * outranks 3.
 */
export function decideDifference(
  { findings, summary, tags }: Pick<Difference, 'findings' | 'summary' | 'tags'>,
  { failOn, interrupted }: DifferenceOptions,
): Decided {
  const gated = findings.filter(({ severity, suppression, after }) => {
    const counts = after === null || suppression === null;
    return counts && atOrAbove(severity, failOn);
  });
  const failed = gated.filter(startsToFail).length;
  const moved = movedTags(tags, failOn);
  const unknown = gated.filter(startsToBeUnknown).length;
  const level = failOn === 'none' ? 'any severity' : `severity ${failOn} or above`;
  const also = notScannedText(summary);
  if (failed + moved > 0) {
    const what = [
      ...(failed > 0 ? [plural(failed, 'new failure')] : []),
      ...(moved > 0 ? [plural(moved, 'moved tag')] : []),
    ].join(' and ');
    const more = unknown > 0 ? `, and ${unknown} newly unknown` : '';
    return { exitCode: 1, reason: `${what} of ${level}${more}${also}` };
  }
  if (interrupted) return { exitCode: 3, reason: `the new scan was interrupted${also}` };
  if (unknown > 0)
    return { exitCode: 3, reason: `${plural(unknown, 'finding')} of ${level} now unknown${also}` };
  const none = failOn === 'none' ? 'no threshold is set' : `no new failure of ${level}`;
  return { exitCode: 0, reason: `${none}${also}` };
}

function movedTags(tags: Difference['tags'], failOn: Severity | 'none'): number {
  if (tags === null) return 0;
  return tags.moved.filter(
    ({ severity, suppression }) => suppression === null && atOrAbove(severity, failOn),
  ).length;
}

function startsToFail({ change, after, suppressedBefore }: ChangedFinding): boolean {
  return change === 'new' || released(change, suppressedBefore, after === 'fail');
}

function startsToBeUnknown({ change, after, suppressedBefore }: ChangedFinding): boolean {
  return change === 'now-unknown' || released(change, suppressedBefore, after === 'unknown');
}

/** Whether a finding remains but its waiver, acceptance or baseline entry no longer applies. */
function released(
  change: Change,
  suppressedBefore: ChangedFinding['suppressedBefore'],
  still: boolean,
): boolean {
  return change === 'changed' && still && suppressedBefore !== null;
}

function notScannedText(summary: Difference['summary']): string {
  const count = summary['not-judged'];
  return count === 0 ? '' : `; ${plural(count, 'earlier finding')} not scanned again`;
}

function atOrAbove(severity: Severity, failOn: Severity | 'none'): boolean {
  return failOn !== 'none' && severities.indexOf(severity) <= severities.indexOf(failOn);
}

function plural(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
