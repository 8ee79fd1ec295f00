import { factsOf } from './definition.ts';

/*
 * A path names one value inside a fact: `tagLock.mode`, `credentials[].expiresAt`. Which paths there are
 * follows from the model's own schema, so that a mistyped one is found before anything is judged.
 */

interface Schema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** A path taken apart: the fact, and the steps into its value. */
export interface Path {
  readonly fact: string;
  readonly steps: readonly Step[];
}
type Step = { readonly field: string } | 'each';

const form = /^[A-Za-z]\w*(\[\])?(\.[A-Za-z][\w-]*(\[\])?)*$/;

/** Throws an `Error` that says what is wrong with the path. */
export function pathOf(text: string, subject: 'registry' | 'repository', place: string): Path {
  if (!form.test(text) || text.length > 200)
    throw new Error(`${place}: "${text}" is no path; write fact.field or fact[].field`);
  const steps = text.split('.').flatMap((part): Step[] => {
    const field = part.replace('[]', '');
    return part.endsWith('[]') ? [{ field }, 'each'] : [{ field }];
  });
  const [first, ...rest] = steps;
  const fact = first === undefined || first === 'each' ? '' : first.field;
  const facts = factsOf(subject);
  if (!Object.hasOwn(facts, fact))
    throw new Error(`${place}: there is no fact "${fact}" of a ${subject}`);
  const leads = follow([facts[fact] as Schema], rest);
  if (leads.length === 0) throw new Error(`${place}: "${text}" leads nowhere in the fact ${fact}`);
  return { fact, steps: rest };
}

/** The schemas a path can lead to; none: it leads nowhere in any branch. */
function follow(schemas: readonly Schema[], steps: readonly Step[]): readonly Schema[] {
  const branches = schemas.flatMap(alternatives);
  const [step, ...rest] = steps;
  if (step === undefined) return branches;
  const inner = branches.flatMap((schema) => {
    const next = step === 'each' ? schema.items : schema.properties?.[step.field];
    return next === undefined ? [] : [next];
  });
  return inner.length === 0 ? [] : follow(inner, rest);
}

function alternatives(schema: Schema): readonly Schema[] {
  const branches = schema.oneOf ?? schema.anyOf;
  return branches === undefined ? [schema] : branches.flatMap(alternatives);
}

/**
 * The values a path leads to. Throws when a field is not there, which can be in one mode of a fact and
 * not in another: silence is no value, and the check says which modes it means.
 */
export function valuesAt(
  { fact, steps }: Path,
  known: Readonly<Record<string, unknown>>,
): unknown[] {
  let values: unknown[] = [known[fact]];
  let way = fact;
  for (const step of steps) {
    if (step === 'each') {
      values = values.flatMap((value) => {
        if (Array.isArray(value)) return value;
        throw new Error(`${way} is no list`);
      });
      way += '[]';
      continue;
    }
    way += `.${step.field}`;
    values = values.map((value) => fieldOf(value, step.field, way));
  }
  return values;
}

function fieldOf(value: unknown, field: string, way: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, field))
    return (value as Readonly<Record<string, unknown>>)[field];
  throw new Error(`there is no ${way} in this case of the fact`);
}
