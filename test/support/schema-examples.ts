type Schema = Readonly<Record<string, unknown>>;

/** A day that every check can read; where a name or address is wanted it is one, if an odd one. */
const text = '2026-01-10T00:00:00Z';

/**
 * Values that a schema allows: each word, mode, boolean and null of every field at least once, one
 * changed at a time.
 */
export function examplesOf(schema: unknown): readonly unknown[] {
  const one = schema as Schema;
  if ('const' in one) return [one['const']];
  if (Array.isArray(one['enum'])) return one['enum'];
  if (Array.isArray(one['oneOf'])) return one['oneOf'].flatMap(examplesOf);
  const type = one['type'];
  if (Array.isArray(type)) return type.flatMap((name: unknown) => examplesOf({ type: name }));
  switch (type) {
    case 'string':
      return [text];
    case 'boolean':
      return [false, true];
    case 'integer':
      return [0, 1, 1000];
    case 'null':
      return [null];
    case 'array':
      return [[], examplesOf(one['items'])];
    case 'object':
      return objectsOf(one);
    default:
      throw new Error(`no example of ${JSON.stringify(schema)}`);
  }
}

function objectsOf(schema: Schema): readonly unknown[] {
  const required = schema['required'] as readonly string[];
  const fields = Object.entries(schema['properties'] as Schema).map(
    ([name, field]) => [name, examplesOf(field)] as const,
  );
  const plain = Object.fromEntries(
    fields.flatMap(([name, [first]]) => (required.includes(name) ? [[name, first] as const] : [])),
  );
  return fields.flatMap(([name, values]) => values.map((value) => ({ ...plain, [name]: value })));
}
