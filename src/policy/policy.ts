import type { AnyCheck } from '../engine/check.ts';
import { decisive } from '../engine/decisive.ts';
import type { BaselineEntry } from '../model/baseline.ts';
import { dayOf } from '../model/day.ts';
import type { PlacedException } from '../model/exception.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Failed, FindingWithoutFingerprint, Standing, Verdict } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { PolicyNotice } from '../model/report.ts';
import { matches } from '../model/wildcard.ts';
import { type Coverage, heldBaseline } from './baseline.ts';
import type { Exceptional } from './check-rules.ts';
import { evidenceFingerprint, unknownMark } from './evidence-fingerprint.ts';
import { standingNotices, unusedNotices } from './exception-notices.ts';
import { exceptions } from './exceptions.ts';
import { literalSubject, reaches } from './scope.ts';

export interface PolicyOptions {
  /** The checks that run. */
  readonly checks: readonly Pick<AnyCheck, 'id' | 'needs' | 'decidedBy' | 'judge'>[];
  readonly waivers: readonly PlacedException[];
  readonly acceptUnknown: readonly PlacedException[];
  readonly exceptional: Exceptional | null;
  /** Null: there is no baseline. */
  readonly baseline: readonly BaselineEntry[] | null;
  /** Whether failures are to be collected for a new baseline. */
  readonly adopts: boolean;
  /** The clock, ISO 8601: an exception ends by it or by the time of the reading, whichever is later. */
  readonly now: string;
  /** A stable hash, as hexadecimal digits. */
  readonly hash: (text: string) => string;
}

export interface OpenPolicy extends Policy {
  /** Once the scan is over: what to tell of the policy itself, and the entries of a new baseline. */
  readonly close: (coverage: Coverage) => Closing;
}

export interface Closing {
  readonly notices: readonly PolicyNotice[];
  /**
   * In stable order. A waived failure is not adopted: it would outlive its waiver; nor one of which the
   * rest may come with the next try.
   */
  readonly adopted: readonly BaselineEntry[];
}

/**
 * The policy of one scan. Failures can be waived or in the baseline; unknowns accepted, and in the baseline
 * only where they are inconclusive, for the same input.
 */
export function openPolicy(options: PolicyOptions): OpenPolicy {
  const { exceptional, hash } = options;
  // An old reading, or one whose time was changed, must not prolong an exception.
  const endsBy = (takenAt: string) => laterOf(takenAt, options.now);
  const checks = new Map(options.checks.map((check) => [check.id, check]));
  const waivers = exceptions(options.waivers, [...checks.keys()]);
  const accepted = exceptions(options.acceptUnknown, [...checks.keys()]);
  const baseline = options.baseline === null ? null : heldBaseline(options.baseline);
  const adopted: BaselineEntry[] = [];

  const unknown = (finding: FindingWithoutFingerprint, now: string): Standing => {
    const { check, registry, repository } = finding;
    waivers.unjudged(check, finding);
    baseline?.unknown(check, finding);
    const evidence = unknownMark(finding.blocked, hash);
    const held = evidence !== null && baseline?.holds(check, finding, 'unknown', evidence);
    const exception = accepted.cover(check, finding, endsBy(now));
    if (exception === null && options.adopts && evidence !== null)
      adopted.push({ registry, repository, check, verdict: 'unknown', evidence });
    if (exception !== null) return { mode: 'accepted', ...answered(exception) };
    return held === true ? { mode: 'baselined' } : active;
  };
  const failed = (
    finding: FindingWithoutFingerprint,
    verdict: Failed,
    expected: Expectations,
  ): Standing => {
    const { check: id, registry, repository } = finding;
    const check = checks.get(id);
    let held = false;
    const exception = waivers.cover(id, finding, endsBy(expected.now));
    if (check !== undefined && (baseline !== null || options.adopts)) {
      const named = decisive(check, verdict.evidence, expected);
      const evidence = evidenceFingerprint(named, check.needs, hash);
      held = baseline?.holds(id, finding, 'fail', evidence) ?? false;
      if (exception === null && options.adopts && !passing(finding.missing))
        adopted.push({ registry, repository, check: id, verdict: 'fail', evidence });
    }
    if (exception !== null) return { mode: 'waived', ...answered(exception) };
    return held ? { mode: 'baselined' } : active;
  };
  const standingOf = (
    finding: FindingWithoutFingerprint,
    verdict: Verdict,
    expected: Expectations,
  ): Standing => {
    if (verdict.verdict === 'fail') return failed(finding, verdict, expected);
    if (verdict.verdict === 'unknown' || finding.byHand.length > 0)
      return unknown(finding, expected.now);
    return active;
  };
  return {
    runs(check, registry, repository) {
      if (exceptional === null && baseline === null) return true;
      const place = { registry, repository };
      if (exceptional !== null && !exceptional.runs(check, place)) return false;
      baseline?.judged(check, place);
      return true;
    },
    label(finding, verdict, expected) {
      const severity = exceptional?.severity(finding.check, finding) ?? finding.severity;
      const standing = standingOf(finding, verdict, expected);
      const same = severity === finding.severity && standing === active;
      return same ? finding : { ...finding, severity, standing };
    },
    close(coverage) {
      const today = latestDay(coverage, options.now);
      const seen = (exception: PlacedException) => lookedAt(exception, coverage);
      const gone = baseline?.close(coverage);
      return {
        notices: [
          ...standingNotices('waiver', options.waivers, today),
          ...unusedNotices('waiver', waivers.used, today, seen),
          ...standingNotices('acceptance', options.acceptUnknown, today),
          ...unusedNotices('acceptance', accepted.used, today, seen),
          ...(exceptional?.notices() ?? []),
          ...(gone?.notices ?? []),
        ],
        adopted: [...adopted, ...(gone?.kept ?? [])].sort(byPlace),
      };
    },
  };
}

const active: Standing = { mode: 'active' };

/** Whether the rest may be known at the next try. */
function passing(missing: FindingWithoutFingerprint['missing']): boolean {
  return missing.some(({ why }) => why === 'throttled' || why === 'unreachable');
}

function answered({ reason, owner, expires, ticket }: PlacedException) {
  return { reason, owner: owner ?? null, until: expires, ticket: ticket ?? null };
}

function laterOf(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? other : one;
}

function latestDay({ summary }: Coverage, now: string): string {
  return dayOf(summary.registries.map(({ takenAt }) => takenAt).reduce(laterOf, now));
}

/** Whether everything an exception is about was read, so that it can be called unused. */
function lookedAt(
  exception: PlacedException,
  { summary, checks, filtered, wanted }: Coverage,
): boolean {
  const own = summary.registries.filter(({ id }) => reaches(exception, id));
  const whole = own.every(({ reachable, listing }) => reachable && listing.state !== 'unknown');
  const named = literalSubject(exception) !== null;
  const asked = !filtered || (named && wanted(exception.repository ?? ''));
  const ran = [...checks].some((id) => matches(exception.check, id));
  return own.length > 0 && whole && asked && ran;
}

/** By registry, repository, check and verdict; by code unit, so that the order is the same everywhere. */
function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compare(a.registry, b.registry) ||
    compare(a.repository ?? '', b.repository ?? '') ||
    compare(a.check, b.check) ||
    compare(a.verdict, b.verdict)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
