import { type Finding, type VerdictWord, verdicts } from '../model/finding.ts';
import type { CheckSummary, RegistrySummary, Report } from '../model/report.ts';

/** An index of a report. A pass takes one byte; failures and unknowns are kept whole. */
export interface Seen {
  readonly registries: ReadonlyMap<string, RegistrySummary>;
  readonly checks: ReadonlyMap<string, CheckSummary>;
  /** Names by registry. */
  readonly repositories: ReadonlyMap<string, ReadonlySet<string>>;
  /** Failures and unknowns in the order of the report. */
  readonly notable: readonly Finding[];
  readonly find: (check: string, subject: string) => Finding | undefined;
  /** Null: the report has no verdict. */
  readonly verdictOf: (check: string, subject: string) => VerdictWord | null;
  readonly findings: number;
}

/** Builds the index in one pass over the findings. */
export function seenIn({ registries, checks, findings }: Report): Seen {
  const columns = new Map(checks.map(({ id }, at) => [id, at]));
  const rows = new Map<string, Uint8Array>();
  const names = new Map<string, Set<string>>();
  const held = new Map<string, Finding>();
  let count = 0;
  for (const finding of findings) {
    const { check, subject, registry, repository, verdict } = finding;
    const column = columns.get(check);
    if (column === undefined) continue;
    count += 1;
    const row = rows.get(subject) ?? new Uint8Array(checks.length);
    rows.set(subject, row);
    row[column] = verdicts.indexOf(verdict) + 1;
    if (repository !== null)
      names.set(registry, (names.get(registry) ?? new Set()).add(repository));
    if (verdict === 'fail' || verdict === 'unknown') held.set(key(check, subject), finding);
  }
  return {
    registries: new Map(registries.map((registry) => [registry.id, registry])),
    checks: new Map(checks.map((check) => [check.id, check])),
    repositories: names,
    notable: [...held.values()],
    find: (check, subject) => held.get(key(check, subject)),
    verdictOf(check, subject) {
      const number = rows.get(subject)?.[columns.get(check) ?? -1] ?? 0;
      return verdicts[number - 1] ?? null;
    },
    findings: count,
  };
}

/** The input of the finding's fingerprint. */
function key(check: string, subject: string): string {
  return `${check}\n${subject}`;
}
