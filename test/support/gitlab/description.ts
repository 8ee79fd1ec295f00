import { Ajv, type ValidateFunction } from 'ajv';
import { readDescription } from '../../specs/read.ts';

/*
 * GitLab's description of its REST API as JSON Schema of its answers. Its bodies have the types of published
 * examples, so that a wrong type is invalid and nothing is required; what is empty in the examples may be so.
 */

type Fields = Readonly<Record<string, unknown>>;
interface Described {
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Fields }>> }>
  >;
}
interface Description {
  readonly paths: Readonly<Record<string, { readonly get?: Described }>>;
}

/** What checks an answer of status 200, by the path as the description writes it. */
export function answerValidators(): ReadonlyMap<string, ValidateFunction> {
  const { paths }: Description = JSON.parse(readDescription('gitlab/gitlab.json'));
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  return new Map(
    Object.entries(paths).flatMap(([path, { get }]) => {
      const schema = get?.responses?.['200']?.content?.['application/json']?.schema;
      return schema === undefined ? [] : [[path, ajv.compile(Object(nullable(schema)))] as const];
    }),
  );
}

/** Examples do not show what else is null, and of what is null in them not which type it has. */
function nullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(nullable);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { required: _, nullable: untold, ...fields } = schema as Fields;
  if (untold === true) return {};
  const inner = Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, nullable(value)]),
  );
  return typeof inner['type'] === 'string' ? { ...inner, type: [inner['type'], 'null'] } : inner;
}
