import type { Finding, Severity, Suppression, VerdictWord } from '../../model/finding.ts';
import { severities } from '../../model/finding.ts';
import { gapsIn } from '../by-hand.ts';
import { type Gap, gapKey } from '../table/unknown.ts';

/** The findings of one check at one severity that fail, or those that are unknown. */
export interface Group {
  readonly verdict: NotableVerdict;
  readonly check: string;
  readonly severity: Severity;
  readonly providers: Set<string>;
  count: number;
  /** Suppressed ones. */
  aside: number;
}

export type NotableVerdict = Extract<VerdictWord, 'fail' | 'unknown'>;

/** A waiver or acceptance, and the findings it covers. */
export interface Exception {
  readonly suppression: Suppression;
  readonly checks: Map<string, number>;
  readonly registries: Set<string>;
}

/** The data that the page needs before its first finding. */
export interface Survey {
  /** In the order of the page: failures first. */
  readonly groups: ReadonlyMap<string, Group>;
  /** The worst severity that fails in each registry, suppressed or not. */
  readonly worst: ReadonlyMap<string, Severity>;
  /** Those named by a failure or unknown, in alphabetical order. */
  readonly owners: readonly string[];
  readonly exceptions: readonly Exception[];
  readonly gaps: readonly Gap[];
  /** Active failures. */
  readonly failing: Readonly<Record<Severity, number>>;
}

/** Counts the findings in one pass. Memory grows with the checks, not with the findings. */
export function surveyOf(findings: Iterable<Finding>): Survey {
  const groups = { fail: new Map<string, Group>(), unknown: new Map<string, Group>() };
  const worst = new Map<string, Severity>();
  const owners = new Set<string>();
  const exceptions = new Map<string, Exception>();
  const gaps = new Map<string, Gap>();
  const failing = { critical: 0, high: 0, medium: 0, low: 0 } satisfies Record<Severity, number>;
  for (const finding of findings) {
    const { verdict, registry, severity } = finding;
    if (verdict !== 'fail' && verdict !== 'unknown') continue;
    count(finding, verdict, groups[verdict]);
    note(finding, gaps);
    if (finding.owner !== null) owners.add(finding.owner);
    // The findings come by severity, the worst first.
    if (verdict === 'fail' && !worst.has(registry)) worst.set(registry, severity);
    if (finding.suppression !== null) except(finding, finding.suppression, exceptions);
    else if (verdict === 'fail') failing[severity] += 1;
  }
  return {
    groups: new Map([...groups.fail, ...groups.unknown]),
    worst,
    owners: [...owners].sort(),
    exceptions: [...exceptions.values()],
    gaps: [...gaps.values()],
    failing,
  };
}

/** The group of a finding; findings that pass or do not apply have none. */
export function groupKey({
  check,
  severity,
  verdict,
}: Pick<Finding, 'check' | 'severity' | 'verdict'>): string {
  return `${verdict} ${severity} ${check}`;
}

function count(finding: Finding, verdict: NotableVerdict, groups: Map<string, Group>) {
  const { check, severity, suppression, provider } = finding;
  const key = groupKey(finding);
  const none = { verdict, check, severity, providers: new Set<string>(), count: 0, aside: 0 };
  const group: Group = groups.get(key) ?? none;
  groups.set(key, group);
  group.providers.add(provider);
  group.count += 1;
  if (suppression !== null) group.aside += 1;
}

/** An accepted unknown is a gap too. */
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
 * The maximum number of findings per group, so that all groups together have at most `most`: small groups
 * are complete, and the others share the remainder evenly.
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

/** Counts by severity, in a fixed order. */
export function bySeverity(failing: Survey['failing']): [Severity, number][] {
  return severities.map((severity) => [severity, failing[severity]]);
}
