import type { Cases } from '../engine/cases.ts';
import { evaluate } from '../engine/evaluate.ts';
import { nothingDeclared } from '../model/expectations.ts';
import type { AnyFact } from '../model/fact.ts';
import { ajv, factsOf } from './definition.ts';

/** An example with another verdict than expected, or an error of the check itself. */
export interface Fault {
  readonly check: string;
  readonly example: string;
  readonly why: string;
}

/** The default time of an example. */
const caseTime = '2026-01-15T00:00:00Z';
const from = { operation: 'case' };

/**
 * Evaluates the examples of a check as a scan would. Out: examples with values outside the model or another
 * verdict, and a fault of the check if it lacks an example of a verdict.
 */
export function faultsOf({ check, rows }: Cases): readonly Fault[] {
  const all = Object.entries(rows);
  const missing = (['pass', 'fail'] as const)
    .filter((verdict) => !all.some(([, row]) => row[1] === verdict))
    .map((verdict) => ({ check: check.id, example: '', why: `no example of a ${verdict}` }));
  const wrong = all.flatMap(([example, row]) => {
    const why = faultOf(check, row);
    return why === null ? [] : [{ check: check.id, example, why }];
  });
  return [...missing, ...wrong];
}

function faultOf(check: Cases['check'], [values, wanted, expected]: Cases['rows'][string]) {
  const schemas = factsOf(check.subject);
  for (const [name, value] of Object.entries(values)) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (schema === undefined) return `there is no fact "${name}" of a ${check.subject}`;
    if (!ajv.validate(schema, value))
      return `${name}: ${ajv.errorsText(undefined, { dataVar: name })}`;
  }
  const facts: Record<string, AnyFact> = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { state: 'known', value, from }]),
  );
  let thrown = '';
  const verdict = evaluate(
    check,
    facts,
    { ...nothingDeclared, now: caseTime, repository: '', ...expected },
    (_, error) => {
      thrown = error instanceof Error ? error.message : String(error);
    },
  );
  if (verdict.verdict === wanted) return null;
  return thrown === '' ? `${verdict.verdict}, expected ${wanted}` : `it crashed: ${thrown}`;
}
