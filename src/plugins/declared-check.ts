import type { Cases } from '../engine/cases.ts';
import { type AnyCheck, fail, pass } from '../engine/check.ts';
import { record, type Static, Type, text, word } from '../model/shape.ts';
import { compiled } from './condition.ts';
import { ajv, firstFault, metadata } from './definition.ts';

const sentence = Type.String({ minLength: 1, maxLength: 500, pattern: '^[^\\r\\n]+$' });

/** A check in YAML: what must hold, and what is said when it does and when it does not. */
export const declaredCheck = record({
  ...metadata,
  passes: Type.Unknown(),
  says: record({ pass: sentence, fail: sentence }),
  cases: Type.Optional(
    Type.Record(
      text,
      record({
        facts: Type.Record(text, Type.Unknown()),
        verdict: word(['pass', 'fail']),
      }),
    ),
  ),
});
const valid = ajv.compile<Static<typeof declaredCheck>>(declaredCheck);

/**
 * In: a declared check as parsed. Out: the check, and its examples. Throws an `Error` that names the key
 * and what was expected.
 */
export function declaredCheckOf(raw: unknown): { readonly check: AnyCheck; readonly cases: Cases } {
  if (!valid(raw)) throw new Error(firstFault(valid.errors));
  const { id, subject, severity, title, why, passes, says } = raw;
  const { holds, facts } = compiled(passes, subject, 'passes');
  const check: AnyCheck = {
    id,
    subject,
    severity,
    title,
    why,
    checklist: raw.checklist ?? [],
    topics: raw.topics ?? [],
    references: raw.references ?? [],
    ...(raw.fix === undefined ? {} : { fix: raw.fix }),
    byDefault: raw.byDefault ?? true,
    needs: [...new Set(facts)],
    decidedBy: [],
    mitigatedBy: [],
    judge: (known) => (holds(known) ? pass(says.pass) : fail(says.fail)),
  };
  const rows = Object.entries(raw.cases ?? {}).map(
    ([name, { facts: values, verdict }]) => [name, [values, verdict]] as const,
  );
  return { check, cases: { check, rows: Object.fromEntries(rows) } };
}
