import type { Plan } from '../model/plan.ts';
import type { AnyCheck } from './check.ts';

/** In: the selected checks. Out: the facts to collect, so that nothing is asked that nobody judges. */
export function collectPlan(checks: readonly AnyCheck[]): Plan {
  const facts = (subject: string) =>
    new Set(
      checks
        .filter((check) => check.subject === subject)
        .flatMap((check) => [...check.needs, ...check.mitigatedBy]),
    );
  return { registry: facts('registry'), repository: facts('repository') };
}
