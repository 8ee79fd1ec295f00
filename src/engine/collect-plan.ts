import type { Plan } from '../model/plan.ts';
import type { AnyCheck } from './check.ts';

/** Facts for which every registry's tags are read. */
const fromTags = ['recentSignatures', 'recentAttestations', 'recentCandidates'];

/**
 * The facts that the selected checks need; no other fact is collected, but for the digests of tags where the
 * tags are read anyway: `diff` compares them.
 */
export function collectPlan(checks: readonly AnyCheck[]): Plan {
  const facts = (subject: string) =>
    new Set(
      checks
        .filter((check) => check.subject === subject)
        .flatMap((check) => [...check.needs, ...check.mitigatedBy]),
    );
  const repository = facts('repository');
  if (fromTags.some((fact) => repository.has(fact))) repository.add('tagDigests');
  return { registry: facts('registry'), repository };
}
