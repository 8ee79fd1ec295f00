import { collectedFor } from '../model/derived.ts';
import type { Plan } from '../model/plan.ts';
import type { AnyCheck } from './check.ts';

/** The facts that the selected checks need; no other fact is collected. */
export function collectPlan(checks: readonly AnyCheck[]): Plan {
  const facts = (subject: string) =>
    new Set(
      checks
        .filter((check) => check.subject === subject)
        .flatMap((check) => [...check.needs, ...check.mitigatedBy].flatMap(collectedFor)),
    );
  return { registry: facts('registry'), repository: facts('repository') };
}
