import { collectedFor } from '../model/derived.ts';
import type { Plan } from '../model/plan.ts';
import type { AnyCheck } from './check.ts';

/** Facts for which every registry's tags are read. */
const fromTags = ['recentSignatures', 'recentAttestations', 'recentCandidates'];

/**
 * The facts that the selected checks need; no other fact is collected, but for the digests of tags where the
 * tags are read anyway: `diff` compares them. `byTag`: also the tags and labels of their subjects, because
 * one of them names the owner.
 */
export function collectPlan(checks: readonly AnyCheck[], byTag = false): Plan {
  const facts = (subject: string) =>
    new Set(
      checks
        .filter((check) => check.subject === subject)
        .flatMap((check) => [...check.needs, ...check.mitigatedBy].flatMap(collectedFor)),
    );
  const [registry, repository] = [facts('registry'), facts('repository')];
  if (fromTags.some((fact) => repository.has(fact))) repository.add('tagDigests');
  if (byTag && registry.size + repository.size > 0) registry.add('labels');
  if (byTag && repository.size > 0) repository.add('labels');
  return { registry, repository };
}
