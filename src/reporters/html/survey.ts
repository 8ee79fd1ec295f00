import type { Finding, Severity, Suppression } from '../../model/finding.ts';
import { severities } from '../../model/finding.ts';
import { gapsIn } from '../by-hand.ts';
import { type Gap, gapKey } from '../table/unknown.ts';

/** The failed and unknown findings of one check at one severity. */
export interface Group {
  readonly check: string;
  readonly severity: Severity;
  readonly providers: Set<string>;
  fail: number;
  unknown: number;
  /** Of both: how many somebody answers for, or the baseline holds. */
  aside: number;
}

/** A waiver or acceptance, and what it was said of. */
export interface Exception {
  readonly suppression: Suppression;
  readonly checks: Map<string, number>;
  readonly registries: Set<string>;
}

/** What the page has to know before its first finding is written. */
export interface Survey {
  readonly groups: ReadonlyMap<string, Group>;
  readonly exceptions: readonly Exception[];
  readonly gaps: readonly Gap[];
  /** Active failures. */
  readonly failing: Readonly<Record<Severity, number>>;
}

/** In: findings, gone through once. Out: their counts; grows with the checks, not with the findings. */
export function surveyOf(findings: Iterable<Finding>): Survey {
  const groups = new Map<string, Group>();
  const exceptions = new Map<string, Exception>();
  const gaps = new Map<string, Gap>();
  const failing = { critical: 0, high: 0, medium: 0, low: 0 } satisfies Record<Severity, number>;
  for (const finding of findings) {
    if (!notable(finding)) continue;
    count(finding, groups);
    note(finding, gaps);
    if (finding.suppression !== null) except(finding, finding.suppression, exceptions);
    else if (finding.verdict === 'fail') failing[finding.severity] += 1;
  }
  return { groups, exceptions: [...exceptions.values()], gaps: [...gaps.values()], failing };
}

export function notable({ verdict }: Finding): boolean {
  return verdict === 'fail' || verdict === 'unknown';
}

export function groupKey({ check, severity }: Pick<Finding, 'check' | 'severity'>): string {
  return `${severity} ${check}`;
}

function count({ verdict, suppression, provider, ...about }: Finding, groups: Map<string, Group>) {
  const key = groupKey(about);
  const { check, severity } = about;
  const none = { check, severity, providers: new Set<string>(), fail: 0, unknown: 0, aside: 0 };
  const group = groups.get(key) ?? none;
  groups.set(key, group);
  group.providers.add(provider);
  if (verdict === 'fail') group.fail += 1;
  else group.unknown += 1;
  if (suppression !== null) group.aside += 1;
}

/** What is accepted is a gap like any other: nobody knows. */
function note(finding: Finding, gaps: Map<string, Gap>) {
  const { provider, registry, check } = finding;
  for (const blocked of gapsIn(finding)) {
    const key = gapKey(provider, blocked);
    const none = { provider, blocked, registries: new Set<string>(), checks: new Map() };
    const gap: Gap = gaps.get(key) ?? none;
    gaps.set(key, gap);
    gap.registries.add(registry);
    gap.checks.set(check, (gap.checks.get(check) ?? 0) + 1);
  }
}

function except(
  { check, registry }: Finding,
  suppression: Suppression,
  exceptions: Map<string, Exception>,
) {
  const key = JSON.stringify(suppression);
  const none = { suppression, checks: new Map<string, number>(), registries: new Set<string>() };
  const exception = exceptions.get(key) ?? none;
  exceptions.set(key, exception);
  exception.checks.set(check, (exception.checks.get(check) ?? 0) + 1);
  exception.registries.add(registry);
}

/**
 * How many findings of one group may be written, so that all together are at most `most`: the groups
 * that have few are written whole, and what is left is shared alike among the others.
 */
export function allowance(sizes: readonly number[], most: number): number {
  let left = most;
  const ascending = sizes.toSorted((a, b) => a - b);
  for (const [at, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - at));
    if (size > share) return share;
    left -= size;
  }
  return most;
}

/** The severities that have a failure, or all: for a chart that keeps its order. */
export function bySeverity(failing: Survey['failing']): [Severity, number][] {
  return severities.map((severity) => [severity, failing[severity]]);
}
