import type { Cases } from '../engine/cases.ts';
import { type AnyCheck, fail, pass } from '../engine/check.ts';
import { expectations } from '../model/expectations.ts';
import { record, type Static, Type, text, word } from '../model/shape.ts';
import type { CompileCondition } from './condition.ts';
import { ajv, factsOf, firstFault, metadata, refuseUnknownFacts } from './definition.ts';
import { type Type as CelType, type Schema, typeOf } from './types.ts';

const sentence = Type.String({ minLength: 1, maxLength: 500, pattern: '^[^\\r\\n]+$' });
const caseExpectations = record({
  ...Type.Partial(expectations).properties,
  now: Type.Optional(Type.String({ description: 'ISO 8601' })),
  repository: Type.Optional(text),
});

/** A check in YAML: a condition, and the messages for pass and fail. */
export const declaredCheck = record(
  {
    ...metadata,
    passes: Type.String({
      minLength: 1,
      maxLength: 2000,
      description:
        'The condition under which it passes, in CEL, of type bool. Names: the needed facts, expected, now, repository.',
      examples: ["tagLock.mode == 'all'"],
    }),
    says: record({ pass: sentence, fail: sentence }),
    cases: Type.Optional(
      Type.Record(
        text,
        record({
          facts: Type.Record(text, Type.Unknown()),
          expected: Type.Optional(caseExpectations),
          verdict: word(['pass', 'fail']),
        }),
        { description: 'Examples by name, for regaudit verify-checks.' },
      ),
    ),
  },
  'A custom check in YAML',
);
const valid = ajv.compile<Static<typeof declaredCheck>>(declaredCheck);

/** Converts a parsed YAML check to a check and its examples. Throws an `Error` with the key and the expected value. */
export function declaredCheckOf(
  raw: unknown,
  compile: CompileCondition,
): { readonly check: AnyCheck; readonly cases: Cases } {
  if (!valid(raw)) throw new Error(firstFault(valid.errors));
  const { id, subject, severity, title, why, needs, passes, says } = raw;
  refuseUnknownFacts(subject, needs);
  const holds = conditionOf(passes, namesOf(subject, needs), compile);
  const check: AnyCheck = {
    id,
    subject,
    severity,
    title,
    why,
    impact: raw.impact ?? 'other',
    checklist: raw.checklist ?? [],
    topics: raw.topics ?? [],
    references: raw.references ?? [],
    ...(raw.fix === undefined ? {} : { fix: raw.fix }),
    byDefault: raw.byDefault ?? true,
    needs,
    decidedBy: [],
    mitigatedBy: [],
    judge: (known, expected) => (holds(known, expected) ? pass(says.pass) : fail(says.fail)),
  };
  const rows = Object.entries(raw.cases ?? {}).map(
    ([name, { facts, verdict, expected }]) => [name, [facts, verdict, expected ?? {}]] as const,
  );
  return { check, cases: { check, rows: Object.fromEntries(rows) } };
}

function conditionOf(
  passes: string,
  names: ReadonlyMap<string, CelType>,
  compile: CompileCondition,
) {
  try {
    return compile(passes, names);
  } catch (error) {
    throw new Error(`passes: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function namesOf(
  subject: 'registry' | 'repository',
  needs: readonly string[],
): ReadonlyMap<string, CelType> {
  const facts = factsOf(subject);
  const types = needs.map((name) => [name, typeOf(facts[name] as Schema)] as const);
  return new Map([...types, ['expected', typeOf(expectations as Schema)]]);
}
