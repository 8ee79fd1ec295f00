import type { Expectations } from '../model/expectations.ts';
import type { VerdictEvidence } from '../model/finding.ts';
import type { AnyCheck } from './check.ts';

/**
 * The evidence of a failure, each deciding list reduced to the entries that fail on their own; the whole
 * list if none does. The failure stays the same while other entries come, go or are unknown.
 */
export function decisive(
  check: Pick<AnyCheck, 'judge' | 'decidedBy'>,
  evidence: readonly VerdictEvidence[],
  expected: Expectations,
): readonly VerdictEvidence[] {
  const known = Object.fromEntries(evidence.map(({ fact, value }) => [fact, value]));
  const fails = (name: string, entry: unknown) => {
    try {
      return check.judge({ ...known, [name]: [entry] } as never, expected).verdict === 'fail';
    } catch {
      return false;
    }
  };
  return evidence.map((rest) => {
    if (!check.decidedBy.includes(rest.fact) || !Array.isArray(rest.value)) return rest;
    const entries = rest.value.filter((entry) => fails(rest.fact, entry));
    return entries.length === 0 ? rest : { ...rest, value: entries };
  });
}
