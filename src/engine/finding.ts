import type { Blocked, Evidence, FindingWithoutFingerprint, Verdict } from '../model/finding.ts';
import type { AnyCheck } from './check.ts';

/** What a finding is about: a registry, or one repository of it. */
export interface Subject {
  readonly provider: string;
  readonly registry: string;
  readonly repository: string | null;
}

const longestList = 20;

/** In: a check, its subject and the verdict. Out: the finding as reports carry it, but for its mark. */
export function describe(
  check: AnyCheck,
  { provider, registry, repository }: Subject,
  verdict: Verdict,
): FindingWithoutFingerprint {
  const subject = repository === null ? registry : `${registry}/${repository}`;
  return {
    check: check.id,
    provider,
    registry,
    repository,
    subject,
    verdict: verdict.verdict,
    severity: check.severity,
    message: message(verdict),
    evidence: verdict.verdict === 'pass' || verdict.verdict === 'fail' ? evidence(verdict) : [],
    blocked: verdict.verdict === 'unknown' ? verdict.blocked : [],
    missing: verdict.verdict === 'fail' ? (verdict.missing ?? []) : [],
    byHand:
      verdict.verdict === 'unknown' || verdict.verdict === 'not-applicable'
        ? (verdict.byHand ?? [])
        : [],
    suppression: null,
  };
}

/** What a fingerprint is made of: check and subject, nothing volatile. */
export function identity(check: string, subject: string): string {
  return `${check}\n${subject}`;
}

function message(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'pass':
    case 'fail':
      return verdict.says;
    case 'unknown':
      return verdict.blocked.map(reason).join('; ');
    case 'not-applicable':
      return verdict.notes.join('; ');
  }
}

function reason({ fact, why, operation, permission, detail, cure }: Blocked): string {
  if (why === 'not-exposed') return `${fact} is not known: ${detail}`;
  const grant =
    permission !== null && why === 'denied' && cure === null ? `, grant ${permission}` : '';
  const more = detail === null ? '' : `: ${detail}`;
  const helps = cure === null ? '' : `; ${cure}`;
  return `${fact} is not known (${operation} ${why}${grant})${more}${helps}`;
}

function evidence({ evidence }: Extract<Verdict, { verdict: 'pass' | 'fail' }>): Evidence[] {
  return evidence.map(({ fact, value, from }) => ({
    fact,
    operation: from.operation,
    field: from.field ?? null,
    value: shortened(value),
  }));
}

/** A list of thousands of identities is in the snapshot; a report repeats only its beginning. */
function shortened(value: unknown): unknown {
  if (!Array.isArray(value) || value.length <= longestList) return value;
  return [...value.slice(0, longestList), `and ${value.length - longestList} more`];
}
