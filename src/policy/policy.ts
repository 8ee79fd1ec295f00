import type { AnyCheck } from '../engine/check.ts';
import { decisive } from '../engine/decisive.ts';
import type { BaselineEntry } from '../model/baseline.ts';
import { dayOf } from '../model/day.ts';
import type { PlacedException } from '../model/exception.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Failed, FindingWithoutFingerprint, Suppression, Verdict } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { PolicyNotice } from '../model/report.ts';
import { matches } from '../model/wildcard.ts';
import { type Coverage, heldBaseline } from './baseline.ts';
import type { Exceptional } from './check-rules.ts';
import { evidenceFingerprint, unknownFingerprint } from './evidence-fingerprint.ts';
import { exceptionNotices, unusedNotices } from './exception-notices.ts';
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
  /** Whether to collect findings for a new baseline. */
  readonly adopts: boolean;
  /** The clock, ISO 8601. An exception ends by it or by the time of the snapshot, whichever is later. */
  readonly now: string;
  /** A stable hash in hexadecimal digits. */
  readonly hash: (text: string) => string;
}

export interface OpenPolicy extends Policy {
  /** Call after the scan. Out: notices about the policy, and the entries of a new baseline. */
  readonly close: (coverage: Coverage) => Closing;
}

export interface Closing {
  readonly notices: readonly PolicyNotice[];
  /**
   * In stable order. Not adopted: waived failures, which would outlive their waiver, and failures whose
   * missing facts may be readable at the next scan.
   */
  readonly adopted: readonly BaselineEntry[];
}

/**
 * Opens the policy of one scan. Failures can be waived or in the baseline; unknowns can be accepted, or in
 * the baseline if they are inconclusive for the same input.
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

  const unknown = (finding: FindingWithoutFingerprint, now: string): Suppression | null => {
    const { check, registry, repository } = finding;
    waivers.unjudged(check, finding);
    baseline?.unknown(check, finding);
    const evidence = unknownFingerprint(finding.blocked, hash);
    const held = evidence !== null && baseline?.holds(check, finding, 'unknown', evidence);
    const exception = accepted.cover(check, finding, endsBy(now));
    if (exception === null && options.adopts && evidence !== null)
      adopted.push({ registry, repository, check, verdict: 'unknown', evidence });
    if (exception !== null) return { kind: 'accepted', ...formatException(exception) };
    return held === true ? { kind: 'baseline' } : null;
  };
  const failed = (
    finding: FindingWithoutFingerprint,
    verdict: Failed,
    expected: Expectations,
  ): Suppression | null => {
    const { check: id, registry, repository } = finding;
    const check = checks.get(id);
    let held = false;
    const exception = waivers.cover(id, finding, endsBy(expected.now));
    if (check !== undefined && (baseline !== null || options.adopts)) {
      const deciding = decisive(check, verdict.evidence, expected);
      const evidence = evidenceFingerprint(deciding, check.needs, hash);
      held = baseline?.holds(id, finding, 'fail', evidence) ?? false;
      if (exception === null && options.adopts && !isTransient(finding.missing))
        adopted.push({ registry, repository, check: id, verdict: 'fail', evidence });
    }
    if (exception !== null) return { kind: 'waiver', ...formatException(exception) };
    return held ? { kind: 'baseline' } : null;
  };
  const suppressionOf = (
    finding: FindingWithoutFingerprint,
    verdict: Verdict,
    expected: Expectations,
  ): Suppression | null => {
    if (verdict.verdict === 'fail') return failed(finding, verdict, expected);
    if (verdict.verdict === 'unknown' || finding.byHand.length > 0)
      return unknown(finding, expected.now);
    return null;
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
      const suppression = suppressionOf(finding, verdict, expected);
      const same = severity === finding.severity && suppression === null;
      return same ? finding : { ...finding, severity, suppression };
    },
    close(coverage) {
      const today = latestDay(coverage, options.now);
      const seen = (exception: PlacedException) => lookedAt(exception, coverage);
      const gone = baseline?.close(coverage);
      return {
        notices: [
          ...exceptionNotices('waiver', options.waivers, today),
          ...unusedNotices('waiver', waivers.used, today, seen),
          ...exceptionNotices('acceptance', options.acceptUnknown, today),
          ...unusedNotices('acceptance', accepted.used, today, seen),
          ...(exceptional?.notices() ?? []),
          ...(gone?.notices ?? []),
        ],
        adopted: [...adopted, ...(gone?.kept ?? [])].sort(byPlace),
      };
    },
  };
}

/** Whether a retry may read the missing facts. */
function isTransient(missing: FindingWithoutFingerprint['missing']): boolean {
  return missing.some(({ why }) => why === 'throttled' || why === 'unreachable');
}

function formatException({ reason, owner, expires, ticket }: PlacedException) {
  return { reason, owner: owner ?? null, until: expires, ticket: ticket ?? null };
}

function laterOf(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? other : one;
}

function latestDay({ summary }: Coverage, now: string): string {
  return dayOf(summary.registries.map(({ takenAt }) => takenAt).reduce(laterOf, now));
}

/** Whether the whole scope of an exception was scanned, so that it can count as unused. */
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

/** Sorts by registry, repository, check and verdict, by code unit: the same order on every machine. */
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
