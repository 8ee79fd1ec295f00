import { Ajv, type ValidateFunction } from 'ajv';
import { readDescription } from '../../specs/read.ts';

/*
 * Harbor's own description of its API (Swagger 2.0) as JSON Schema of its answers: a field that is not
 * described, a wrong type or an unlisted word is invalid. Nothing in it is marked as required.
 */

type Fields = Readonly<Record<string, unknown>>;
interface Description {
  readonly basePath: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly definitions: Readonly<Record<string, Fields>>;
}
interface Described {
  readonly operationId?: string;
  readonly responses?: Readonly<Record<string, { readonly schema?: Fields }>>;
}

/** For each of the operations that is described, what checks its answer of status 200. */
export function answerValidators(
  operations: readonly string[],
): ReadonlyMap<string, ValidateFunction> {
  const { paths, definitions }: Description = JSON.parse(readDescription('harbor/harbor.json'));
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'harbor', definitions: strict(definitions) });
  const validators = Object.values(paths).flatMap(({ get }) => {
    const schema = get?.responses?.['200']?.schema;
    if (get?.operationId === undefined || schema === undefined) return [];
    if (!operations.includes(get.operationId)) return [];
    return [[get.operationId, ajv.compile(Object(strict(schema)))] as const];
  });
  return new Map(validators);
}

/** Objects have no other fields than those described; what may be null is said by an extension. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, ...fields } = schema as Fields & { $ref?: string };
  if (typeof $ref === 'string')
    return { $ref: $ref.replace('#/definitions', 'harbor#/definitions') };
  const inner = Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, strict(value)]),
  );
  // A bare object is anything at all to go-swagger, numbers too (`params` of a retention rule).
  const bare = inner['properties'] === undefined && inner['additionalProperties'] === undefined;
  if (inner['type'] === 'object' && bare) return {};
  const closed =
    inner['properties'] === undefined || inner['additionalProperties'] !== undefined
      ? inner
      : { ...inner, additionalProperties: false };
  // Go sends a list that was never filled as null, whatever the description says.
  const nullable =
    (fields['x-nullable'] === true && typeof closed['type'] === 'string') ||
    closed['type'] === 'array';
  return nullable ? { ...closed, type: [closed['type'], 'null'] } : closed;
}
