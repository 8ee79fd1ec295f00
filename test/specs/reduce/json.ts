/** What a description is made of. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type Fields = { readonly [key: string]: Json };

export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a holder that is nothing or no object are none. */
export function fieldsOf(value: Json | undefined): Fields {
  return isFields(value) ? value : {};
}

/** Those fields that are named, in the order they stand in. */
export function only(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

/** Every field put through a function; what becomes undefined is left out. */
export function mapped(
  fields: Fields,
  change: (value: Json, name: string) => Json | undefined,
): Fields {
  const changed: [string, Json][] = [];
  for (const [name, value] of Object.entries(fields)) {
    const made = change(value, name);
    if (made !== undefined) changed.push([name, made]);
  }
  return Object.fromEntries(changed);
}

/** A description without what nobody asks for, and the names of the operations that are left in it. */
export interface Reduced {
  readonly text: string;
  readonly operations: readonly string[];
}

/** In: the text of a description, and whether an operation of that name is kept. */
export type Reduce = (text: string, keeps: (operation: string) => boolean) => Reduced;

/** How every description is written, so that a newer one shows as a readable change. */
export function written(value: Json): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

/** In: names to begin with, and what a name leads to. Out: all that is led to, the first ones included. */
export function closure(
  start: readonly string[],
  next: (name: string) => readonly string[],
): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting = [...start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    waiting.push(...next(name));
  }
  return names;
}

/** The values of every field of this name that are texts, however deep. */
export function textsUnder(value: Json, name: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsUnder(one, name));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === name && typeof inner === 'string' ? inner : textsUnder(inner, name),
  );
}
