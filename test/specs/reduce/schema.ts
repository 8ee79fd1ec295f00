import { type Fields, type Json, mapped, only } from './json.ts';

/** What says how a value is shaped. Whatever else a schema holds is prose, or an example. */
const words = [
  '$ref',
  'type',
  'format',
  'enum',
  'required',
  'nullable',
  'x-nullable',
  'x-known-values',
  'readOnly',
  'writeOnly',
  'uniqueItems',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
];
const schemas = ['items', 'additionalProperties', 'not'];
const lists = ['allOf', 'anyOf', 'oneOf'];
const named = ['properties', 'definitions', 'patternProperties'];

/** The shape alone of a schema of JSON Schema's family: OpenAPI 2 and 3, Google's discovery. */
export function shapeOf(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (typeof schema !== 'object' || schema === null) return schema;
  return mapped(schema as Fields, (value, key) => {
    if (words.includes(key)) return value;
    if (schemas.includes(key) || lists.includes(key)) return shapeOf(value);
    if (named.includes(key)) return mapped(value as Fields, shapeOf);
    if (key === 'discriminator') return discriminator(value);
    return undefined;
  });
}

/** OpenAPI 2 names a field; OpenAPI 3 has an object for it. */
function discriminator(value: Json): Json {
  return typeof value === 'string' ? value : only(value as Fields, ['propertyName', 'mapping']);
}
