import type { Blocked, VerdictEvidence } from '../model/finding.ts';
import type { FactName } from '../model/subjects.ts';

/** Facts about the newest images: they change with every push, so only that they fail counts. */
const moving: ReadonlySet<string> = new Set<FactName>([
  'recentScans',
  'recentSignatures',
  'recentAttestations',
  'recentCandidates',
]);

/**
 * Keys of values that say nothing about a setting: our own words of explanation, which a later
 * version may put differently, and when a credential was last used.
 */
const passing: ReadonlySet<string> = new Set(['why', 'how', 'detail', 'lastUsedAt']);

const length = 32;

/**
 * A mark of the evidence that matters: two failures of a check and subject with the same mark are the
 * same failure. In: what the verdict rests on, the facts the check needs (an excuse that could not
 * be read must not make a failure look new), and a hash in hexadecimal digits. The order of lists
 * does not count. What the passing of time alone adds to a failure does not either.
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
 * A mark of an unknown that can be adopted: its facts, the reasons and the input that was read. Null: it
 * cannot, because something of it is not inconclusive, or nothing tells whether the input is the same.
 */
export function unknownMark(
  blocked: readonly Blocked[],
  hash: (text: string) => string,
): string | null {
  const open = blocked.filter(({ why }) => why !== 'not-exposed');
  if (open.length === 0) return null;
  if (open.some(({ why, input }) => why !== 'inconclusive' || input === null)) return null;
  const parts = open.map(({ fact, why, input }) => `${fact} ${why} ${input}`).sort();
  return hash(['unknown', ...parts].join('\n')).slice(0, length);
}

/** JSON with keys and lists in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const pairs = Object.entries(value)
    .filter(([key]) => !passing.has(key))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${pairs.sort().join(',')}}`;
}
