import { factName, whyWords } from '../model/fact-names.ts';
import type { Blocked, Evidence, FindingWithoutFingerprint, Verdict } from '../model/finding.ts';
import type { AnyCheck } from './check.ts';

/** The subject of a finding: a registry, or one of its repositories. */
export interface Subject {
  readonly provider: string;
  readonly registry: string;
  readonly repository: string | null;
  /** Null: nobody is named. */
  readonly owner: string | null;
}

const longestList = 20;

/** Converts a verdict to a finding without its fingerprint. */
export function toFinding(
  check: AnyCheck,
  { provider, registry, repository, owner }: Subject,
  verdict: Verdict,
): FindingWithoutFingerprint {
  const subject = repository === null ? registry : `${registry}/${repository}`;
  return {
    check: check.id,
    provider,
    registry,
    repository,
    subject,
    owner,
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

/** The input of a finding's fingerprint: check and subject, nothing volatile. */
export function identity(check: string, subject: string): string {
  return `${check}\n${subject}`;
}

function message(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'pass':
    case 'fail':
      return verdict.says;
    case 'unknown':
      return verdict.blocked.map(formatReason).join('; ');
    case 'not-applicable':
      return verdict.notes.join('; ');
  }
}

function formatReason({ fact, why, operation, permission, detail, cure }: Blocked): string {
  const unknown = `${factName(fact)} is unknown`;
  if (why === 'not-exposed') return `${unknown}: ${detail}`;
  const grant =
    permission !== null && why === 'denied' && cure === null ? `, grant ${permission}` : '';
  const more = detail === null ? '' : `: ${detail}`;
  const helps = cure === null ? '' : `; ${cure}`;
  return `${unknown} (${operation}: ${whyWords[why]}${grant})${more}${helps}`;
}

function evidence({ evidence }: Extract<Verdict, { verdict: 'pass' | 'fail' }>): Evidence[] {
  return evidence.map(({ fact, value, from }) => ({
    fact,
    operation: from.operation,
    field: from.field ?? null,
    value: shortened(value),
  }));
}

/** Shortens a long list: the snapshot holds all of it. */
function shortened(value: unknown): unknown {
  if (!Array.isArray(value) || value.length <= longestList) return value;
  return [...value.slice(0, longestList), `and ${value.length - longestList} more`];
}
