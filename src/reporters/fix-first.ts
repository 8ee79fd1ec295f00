import type { Finding, Severity } from '../model/finding.ts';
import { severities } from '../model/finding.ts';
import { impacts } from '../model/impact.ts';
import type { CheckSummary, Report } from '../model/report.ts';

/** The unsuppressed failures of one check at one severity. */
export interface FirstFix {
  readonly check: string;
  readonly severity: Severity;
  readonly title: string;
  /** Subjects that fail, each once. */
  readonly count: number;
  /** Registries that fail, in alphabetical order. */
  readonly registries: readonly string[];
  readonly providers: readonly string[];
}

interface Group {
  readonly check: string;
  readonly severity: Severity;
  count: number;
  readonly registries: Set<string>;
  readonly providers: Set<string>;
}

/**
 * Ranks what fails by what to fix first: exposure to untrusted principals, then who can write, then enforcement,
 * then the rest; within each by severity, then by the number of subjects, then by the cost of the fix (a command
 * before a change in a console before work by hand), then by check id. A total order: the order of the
 * findings does not matter.
 */
export function fixFirst({ checks, findings }: Pick<Report, 'checks' | 'findings'>): FirstFix[] {
  const about = new Map(checks.map((check) => [check.id, check]));
  return [...groupsOf(findings)]
    .map((group) => ({ group, rank: rankOf(group, about.get(group.check)) }))
    .sort((a, b) => compare(a.rank, b.rank) || (a.group.check < b.group.check ? -1 : 1))
    .map(({ group }) => ({
      check: group.check,
      severity: group.severity,
      title: about.get(group.check)?.title ?? '',
      count: group.count,
      registries: [...group.registries].sort(),
      providers: [...group.providers].sort(),
    }));
}

function groupsOf(findings: Iterable<Finding>): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const { verdict, suppression, check, severity, registry, provider } of findings) {
    if (verdict !== 'fail' || suppression !== null) continue;
    const key = `${severity} ${check}`;
    const none = {
      check,
      severity,
      count: 0,
      registries: new Set<string>(),
      providers: new Set<string>(),
    };
    const group: Group = groups.get(key) ?? none;
    groups.set(key, group);
    group.count += 1;
    group.registries.add(registry);
    group.providers.add(provider);
  }
  return groups.values();
}

/** Smaller comes first. */
function rankOf(group: Group, check: CheckSummary | undefined): readonly number[] {
  return [
    impacts.indexOf(check?.impact ?? 'other'),
    severities.indexOf(group.severity),
    -group.count,
    Math.min(...[...group.providers].map((provider) => costOf(check?.fix[provider]))),
  ];
}

/** 0: a command; 1: a console or Terraform; 2: steps by hand, or none known. */
function costOf(fix: CheckSummary['fix'][string] | undefined): number {
  if (fix?.command !== undefined) return 0;
  return fix?.console === undefined && fix?.terraform === undefined ? 2 : 1;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
