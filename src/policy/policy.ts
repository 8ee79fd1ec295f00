import type { BaselineEntry } from '../model/baseline.ts';
import { dayOf } from '../model/day.ts';
import type { PlacedException } from '../model/exception.ts';
import type { FindingWithoutFingerprint, Standing, Verdict } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { PolicyNotice } from '../model/report.ts';
import { matches } from '../model/wildcard.ts';
import { type Coverage, heldBaseline } from './baseline.ts';
import type { Exceptional } from './check-rules.ts';
import { evidenceFingerprint } from './evidence-fingerprint.ts';
import { standingNotices, unusedNotices } from './exception-notices.ts';
import { exceptions } from './exceptions.ts';
import { literalSubject, reaches } from './scope.ts';

export interface PolicyOptions {
  /** The checks that run, and the facts each needs. */
  readonly checks: readonly { readonly id: string; readonly needs: readonly string[] }[];
  readonly waivers: readonly PlacedException[];
  readonly acceptUnknown: readonly PlacedException[];
  readonly exceptional: Exceptional | null;
  /** Null: there is no baseline. */
  readonly baseline: readonly BaselineEntry[] | null;
  /** Whether failures are to be collected for a new baseline. */
  readonly adopts: boolean;
  /** A stable hash, as hexadecimal digits. */
  readonly hash: (text: string) => string;
}

export interface OpenPolicy extends Policy {
  /** Once the scan is over: what to tell of the policy itself, and the entries of a new baseline. */
  readonly close: (coverage: Coverage) => Closing;
}

export interface Closing {
  readonly notices: readonly PolicyNotice[];
  /** In stable order. A waived failure is not adopted: it would outlive its waiver. */
  readonly adopted: readonly BaselineEntry[];
}

/** The policy of one scan. Failures can be waived or in the baseline, unknowns only accepted. */
export function openPolicy(options: PolicyOptions): OpenPolicy {
  const { exceptional, hash } = options;
  const needs = new Map(options.checks.map((check) => [check.id, check.needs]));
  const waivers = exceptions(options.waivers, [...needs.keys()]);
  const accepted = exceptions(options.acceptUnknown, [...needs.keys()]);
  const baseline = options.baseline === null ? null : heldBaseline(options.baseline);
  const adopted: BaselineEntry[] = [];

  const unknown = (finding: FindingWithoutFingerprint, now: string): Standing => {
    waivers.unjudged(finding.check, finding);
    baseline?.unknown(finding.check, finding);
    const exception = accepted.cover(finding.check, finding, now);
    return exception === null ? active : { mode: 'accepted', ...answered(exception) };
  };
  const failed = (finding: FindingWithoutFingerprint, verdict: Verdict, now: string): Standing => {
    const { check, registry, repository } = finding;
    let held = false;
    const exception = waivers.cover(check, finding, now);
    if (verdict.verdict === 'fail' && (baseline !== null || options.adopts)) {
      const evidence = evidenceFingerprint(verdict.evidence, needs.get(check) ?? [], hash);
      held = baseline?.holds(check, finding, evidence) ?? false;
      if (exception === null && options.adopts)
        adopted.push({ registry, repository, check, evidence });
    }
    if (exception !== null) return { mode: 'waived', ...answered(exception) };
    return held ? { mode: 'baselined' } : active;
  };
  return {
    runs(check, registry, repository) {
      if (exceptional === null && baseline === null) return true;
      const place = { registry, repository };
      if (exceptional !== null && !exceptional.runs(check, place)) return false;
      baseline?.judged(check, place);
      return true;
    },
    label(finding, verdict, now) {
      const severity = exceptional?.severity(finding.check, finding) ?? finding.severity;
      const standing =
        verdict.verdict === 'fail'
          ? failed(finding, verdict, now)
          : verdict.verdict === 'unknown'
            ? unknown(finding, now)
            : active;
      const same = severity === finding.severity && standing === active;
      return same ? finding : { ...finding, severity, standing };
    },
    close(coverage) {
      const today = latestDay(coverage);
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

function answered({ reason, owner, expires, ticket }: PlacedException) {
  return { reason, owner: owner ?? null, until: expires, ticket: ticket ?? null };
}

function latestDay({ summary }: Coverage): string {
  const days = summary.registries.map(({ takenAt }) => dayOf(takenAt));
  return days.reduce((latest, day) => (day > latest ? day : latest), '');
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

/** By registry, repository and check; by code unit, so that the order is the same everywhere. */
function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compare(a.registry, b.registry) ||
    compare(a.repository ?? '', b.repository ?? '') ||
    compare(a.check, b.check)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
