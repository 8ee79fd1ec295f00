import type { Condition } from './document.ts';
import { PolicyError, quoted } from './error.ts';
import { members } from './json.ts';
import { type Operator, readOperator } from './operator.ts';
import { bounded } from './parse-text.ts';

/**
 * Parses a Condition element: operators to keys to values. All conditions must hold together.
 * In: the element (undefined: absent), its position for messages, and whether `${…}` is a variable.
 * Throws `PolicyError` for unknown operators, wrong types, and names repeated in another case: AWS does not
 * document whether it joins or replaces them.
 * Vendor page: IAM User Guide, reference_policies_elements_condition.
 */
export function readConditions(
  value: unknown,
  where: string,
  variables: boolean,
): readonly Condition[] {
  if (value === undefined) return [];
  const blocks = members(value);
  if (blocks === null) throw new PolicyError(`${where}: Condition is not an object`);
  refuseRepeated(blocks.keys(), where);
  return [...blocks].flatMap(([name, block]) => {
    const operator = readOperator(name);
    if (operator === null) throw new PolicyError(`${where}: unknown operator ${quoted(name)}`);
    return readBlock(block, operator, `${where}: ${name}`, variables);
  });
}

function readBlock(
  block: unknown,
  operator: Operator,
  where: string,
  variables: boolean,
): readonly Condition[] {
  const keys = members(block);
  if (keys === null) throw new PolicyError(`${where} is not an object`);
  refuseRepeated(keys.keys(), where);
  return [...keys].map(([key, written]) => {
    const values = readValues(written, `${where} ${quoted(key)}`);
    const variable = variables && values.some((value) => value.includes('${'));
    if (!variable) refuseOdd(operator, values, `${where} ${quoted(key)}`);
    return { operator, key: key.toLowerCase(), values, variable };
  });
}

function readValues(value: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === 'string') return bounded(item, where);
    if (typeof item === 'number' || typeof item === 'boolean') return String(item);
    throw new PolicyError(`${where} holds a value that is not text, number or boolean`);
  });
}

function refuseOdd(operator: Operator, values: readonly string[], where: string): void {
  if (operator.family !== 'null' && operator.family !== 'bool') return;
  const odd = values.find((value) => !/^(?:true|false)$/i.test(value));
  if (odd !== undefined)
    throw new PolicyError(`${where} is ${quoted(odd)}, expected true or false`);
}

function refuseRepeated(names: Iterable<string>, where: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) throw new PolicyError(`${where}: ${quoted(name)} is written twice`);
    seen.add(lower);
  }
}
