import { Ajv, type ValidateFunction } from 'ajv';
import { readDescription } from '../../specs/read.ts';

export type Api = 'artifactregistry' | 'binaryauthorization' | 'containeranalysis';

type Schema = Readonly<Record<string, unknown>>;

/** The schemas of a Google discovery document, by name. */
export function schemasOf(api: Api): Readonly<Record<string, Schema>> {
  return JSON.parse(readDescription(`gcp-artifactregistry/${api}.json`)).schemas;
}

/** Validates answers of an API; unknown fields are errors, and words must be the vendor's. */
export function validatorOf(api: Api, schema: string): ValidateFunction {
  const schemas = schemasOf(api);
  const definitions = Object.fromEntries(
    Object.entries(schemas).map(([name, described]) => [name, converted(described)]),
  );
  return new Ajv({ strict: false, allErrors: true }).compile({
    definitions,
    $ref: `#/definitions/${schema}`,
  });
}

/** From discovery's dialect (JSON schema draft 3, with references by name) to what ajv reads. */
function converted(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, type, properties, items, additionalProperties, enum: words } = schema as Schema;
  if (typeof $ref === 'string') return { $ref: `#/definitions/${$ref}` };
  if (type === 'any') return {};
  return {
    type,
    ...(words === undefined ? {} : { enum: words }),
    ...(items === undefined ? {} : { items: converted(items) }),
    ...(properties === undefined ? {} : { properties: mapped(properties as Schema) }),
    ...(type === 'object'
      ? {
          additionalProperties:
            additionalProperties === undefined ? false : converted(additionalProperties),
        }
      : {}),
  };
}

function mapped(properties: Schema): Schema {
  return Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, converted(one)]));
}

/** The words of a field, as the description lists them. */
export function wordsOf(api: Api, schema: string, field: string): readonly string[] {
  const properties = schemasOf(api)[schema]?.['properties'] as
    | Readonly<Record<string, { enum?: readonly string[] }>>
    | undefined;
  const words = properties?.[field]?.enum;
  if (words === undefined) throw new Error(`${schema}.${field} has no words`);
  return words;
}
