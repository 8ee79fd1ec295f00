import { type Static, Type } from '../model/shape.ts';
import { matches } from '../model/wildcard.ts';
import { ajv, firstFault } from './definition.ts';
import { type Path, pathOf, valuesAt } from './path.ts';

const scalar = Type.Unsafe<string | number | boolean | null>({
  type: ['string', 'number', 'boolean', 'null'],
});
const operators = {
  is: Type.Optional(scalar),
  not: Type.Optional(scalar),
  in: Type.Optional(Type.Array(scalar, { minItems: 1 })),
  notIn: Type.Optional(Type.Array(scalar, { minItems: 1 })),
  matches: Type.Optional(Type.String({ description: 'a wildcard, * is any text' })),
  atLeast: Type.Optional(Type.Number()),
  atMost: Type.Optional(Type.Number()),
  count: Type.Optional(
    Type.Object(
      { atLeast: Type.Optional(Type.Number()), atMost: Type.Optional(Type.Number()) },
      { additionalProperties: false, minProperties: 1 },
    ),
  ),
};

const comparison = Type.Object(
  { fact: Type.String(), ...operators },
  { additionalProperties: false, minProperties: 2, maxProperties: 2 },
);
type Comparison = Static<typeof comparison>;
const validComparison = ajv.compile<Comparison>(comparison);

/** How deep `all` and `any` may nest, so that no file makes us recurse for long. */
const deepest = 5;

type Test = (known: Readonly<Record<string, unknown>>) => boolean;

interface Compiled {
  readonly holds: Test;
  readonly facts: readonly string[];
}

/**
 * In: a condition as parsed, what it is about, and where it stands. Out: what decides it, and the facts
 * it reads. A comparison over a list (`[]` in its path) holds when it holds for each entry, so for none
 * as well. Throws an `Error` that names the place and what was expected.
 */
export function compiled(
  rule: unknown,
  subject: 'registry' | 'repository',
  place: string,
  depth = 0,
): Compiled {
  if (depth > deepest) throw new Error(`${place}: conditions are nested too deep`);
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule))
    throw new Error(`${place}: expected a comparison, all or any`);
  for (const joint of ['all', 'any'] as const) {
    if (!Object.hasOwn(rule, joint)) continue;
    if (Object.keys(rule).length > 1) throw new Error(`${place}: ${joint} stands alone`);
    const parts: unknown = Object.entries(rule)[0]?.[1];
    if (!Array.isArray(parts) || parts.length === 0)
      throw new Error(`${place}.${joint}: expected a list of conditions`);
    return joined(
      joint,
      parts.map((part, index) => compiled(part, subject, `${place}.${joint}[${index}]`, depth + 1)),
    );
  }
  if (!validComparison(rule)) throw new Error(`${place}: ${firstFault(validComparison.errors)}`);
  const path = pathOf(rule.fact, subject, place);
  return { facts: [path.fact], holds: (known) => decided(rule, path, known) };
}

function joined(joint: 'all' | 'any', parts: readonly Compiled[]): Compiled {
  return {
    facts: parts.flatMap(({ facts }) => facts),
    holds: (known) =>
      joint === 'all'
        ? parts.every(({ holds }) => holds(known))
        : parts.some(({ holds }) => holds(known)),
  };
}

function decided(rule: Comparison, path: Path, known: Readonly<Record<string, unknown>>): boolean {
  const values = valuesAt(path, known);
  if (rule.count !== undefined) return values.every((value) => counted(value, rule));
  return values.every((value) => compared(rule, value));
}

function counted(value: unknown, { count, fact }: Comparison): boolean {
  if (!Array.isArray(value)) throw new Error(`${fact} is no list to count`);
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = count ?? {};
  return value.length >= atLeast && value.length <= atMost;
}

function compared(rule: Comparison, value: unknown): boolean {
  if (typeof value === 'object' && value !== null)
    throw new Error(`${rule.fact} is no single value; name a field of it`);
  if (rule.is !== undefined) return value === rule.is;
  if (rule.not !== undefined) return value !== rule.not;
  if (rule.in !== undefined) return rule.in.some((one) => one === value);
  if (rule.notIn !== undefined) return rule.notIn.every((one) => one !== value);
  if (rule.matches !== undefined) return matches(rule.matches, textOf(value, rule.fact));
  if (rule.atLeast !== undefined) return numberOf(value, rule.fact) >= rule.atLeast;
  if (rule.atMost !== undefined) return numberOf(value, rule.fact) <= rule.atMost;
  throw new Error(`${rule.fact} is compared with nothing`);
}

function textOf(value: unknown, fact: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`${fact} is no text`);
}

function numberOf(value: unknown, fact: string): number {
  if (typeof value === 'number') return value;
  throw new Error(`${fact} is no number`);
}
