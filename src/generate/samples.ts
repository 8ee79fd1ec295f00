/** The subset of JSON Schema that the model uses. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** Sample values of a schema: one per branch, enum value and relevant length. */
export function samplesOf(schema: Schema): readonly unknown[] {
  const { const: only, enum: words, oneOf, properties, required = [], items } = schema;
  if (only !== undefined) return [only];
  if (words !== undefined) return words;
  if (oneOf !== undefined) return oneOf.flatMap(samplesOf);
  if (properties !== undefined) {
    const fields = required.map((name) => [name, sampleOf(properties[name] ?? {})]);
    return [Object.fromEntries(fields)];
  }
  if (items !== undefined) return [[], [sampleOf(items)]];
  const [type] = [schema.type].flat().slice(-1);
  switch (type) {
    case 'boolean':
      return [false, true];
    case 'integer':
      return [0, 30];
    case 'null':
      return [null];
    default:
      return ['example'];
  }
}

function sampleOf(schema: Schema): unknown {
  return samplesOf(schema)[0];
}
