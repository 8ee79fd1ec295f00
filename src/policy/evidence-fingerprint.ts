import type { Blocked, VerdictEvidence } from '../model/finding.ts';
import type { FactName } from '../model/subjects.ts';

/** Facts about the newest images change with every push: their values are not part of a fingerprint. */
const moving: ReadonlySet<string> = new Set<FactName>([
  'recentScans',
  'recentSignatures',
  'recentAttestations',
  'recentCandidates',
  'recentVerified',
  'recentProvenance',
]);

/**
 * Keys that are not settings: regaudit's own explanations, whose wording may change, and the last use of a
 * credential.
 */
const passing: ReadonlySet<string> = new Set(['why', 'how', 'detail', 'lastUsedAt']);

const length = 32;

/**
 * The fingerprint of the evidence: two failures of a check and subject with the same fingerprint are the
 * same failure. In: the evidence, the names of the needed facts (a mitigating fact that became unknown must
 * not make a failure look new), and a hash in hexadecimal digits. The order of lists and the passing of
 * time do not change the fingerprint.
 */
export function evidenceFingerprint(
  evidence: readonly VerdictEvidence[],
  needs: readonly string[],
  hash: (text: string) => string,
): string {
  const parts = evidence
    .filter(({ fact }) => needs.includes(fact))
    .map(({ fact, value }) => `${fact}=${moving.has(fact) ? '*' : canonical(value)}`)
    .sort();
  return hash(parts.join('\n')).slice(0, length);
}

/**
 * The fingerprint of an unknown that a baseline can hold: its facts, reasons and input. Null: a baseline
 * cannot hold it, because a reason is not `inconclusive` or has no input to compare.
 */
export function unknownFingerprint(
  blocked: readonly Blocked[],
  hash: (text: string) => string,
): string | null {
  const open = blocked.filter(({ why }) => why !== 'not-exposed');
  if (open.length === 0) return null;
  if (open.some(({ why, input }) => why !== 'inconclusive' || input === null)) return null;
  const parts = open.map(({ fact, why, input }) => `${fact} ${why} ${input}`).sort();
  return hash(['unknown', ...parts].join('\n')).slice(0, length);
}

/** JSON with sorted keys and lists. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const pairs = Object.entries(value)
    .filter(([key]) => !passing.has(key))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${pairs.sort().join(',')}}`;
}
