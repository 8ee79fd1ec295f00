/*
 * The static types of conditions are the model's schemas: a mistyped field, an impossible enum value and a
 * comparison that is always false are found before evaluation.
 */

export interface Schema {
  readonly type?: unknown;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** The schemas that a value can have; null: any type. */
export type Type = readonly Schema[] | null;

export const boolean: Type = [{ type: 'boolean' }];
export const number: Type = [{ type: 'number' }];
export const string: Type = [{ type: 'string' }];
/** Types that exist only in CEL, not in JSON. */
export const timestamp: Type = [{ type: 'timestamp' }];
export const duration: Type = [{ type: 'duration' }];

export function typeOf(schema: Schema): Type {
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined) return union(branches.map(typeOf));
  const said = schema.type !== undefined || schema.enum !== undefined || schema.const !== undefined;
  return said ? [schema] : null;
}

export function union(types: readonly Type[]): Type {
  const known = types.filter((type) => type !== null);
  // Deduplicated: a chain of macros would double the schemas at every step.
  return known.length === types.length ? [...new Set(known.flat())] : null;
}

export function listOf(items: Type): Type {
  return [{ type: 'array', items: items === null ? {} : { anyOf: items } }];
}

/** JSON types (`integer` counts as `number`), `timestamp` and `duration`; null: any. */
export function kinds(type: Type): ReadonlySet<string> | null {
  if (type === null) return null;
  const all = type.flatMap((schema) => {
    if (schema.const !== undefined) return [typeof schema.const];
    const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'string'];
    return types.map((one) => (one === 'integer' ? 'number' : String(one)));
  });
  return new Set(all);
}

/** The enum values of a type; null: other values are possible. */
export function words(type: Type): readonly string[] | null {
  const all = type?.map((schema) => {
    if (typeof schema.const === 'string') return [schema.const];
    return Array.isArray(schema.enum) ? schema.enum.map(String) : null;
  });
  if (all === undefined) return null;
  const finite = all.filter((one) => one !== null);
  return finite.length === all.length ? finite.flat() : null;
}

/** The type of a field; undefined: no branch has the field. */
export function fieldOf(type: Type, field: string): Type | undefined {
  if (type === null) return null;
  const found = type.flatMap(({ properties, additionalProperties: rest }) => {
    if (properties !== undefined && Object.hasOwn(properties, field))
      return [typeOf(properties[field] ?? {})];
    return typeof rest === 'object' && rest !== null ? [typeOf(rest)] : [];
  });
  return found.length === 0 ? undefined : union(found);
}

/** The type of the entries of a list, or of the keys of a map; undefined: it is neither. */
export function entriesOf(type: Type): Type | undefined {
  if (type === null) return null;
  const found = type.flatMap((schema) => {
    if (schema.type === 'array') return [typeOf(schema.items ?? {})];
    return schema.type === 'object' ? [string] : [];
  });
  return found.length === 0 ? undefined : union(found);
}

/** Formats a type for messages. */
export function typeText(type: Type): string {
  return [...(kinds(type) ?? ['anything'])].join(' or ');
}
