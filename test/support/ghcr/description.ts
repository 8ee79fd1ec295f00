import { Ajv, type ValidateFunction } from 'ajv';
import { readDescription } from '../../specs/read.ts';

/*
 * GitHub's own description of its API (OpenAPI 3.0) as JSON Schema of its answers: a wrong type and an
 * unlisted word are invalid. What it requires is left out, since an answer has a hundred fields of which the
 * adapter reads five.
 */

type Fields = Readonly<Record<string, unknown>>;
interface Response {
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Description {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses?: Record<string, Response> }>>>
  >;
}

/** What checks an answer of status 200, by `GET /path` as the description writes it. */
export function answerValidators(): ReadonlyMap<string, ValidateFunction> {
  const description: Description = JSON.parse(readDescription('github/ghec.json'));
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(loose({ $id: 'github', ...description }) as Fields);
  const validators = new Map<string, ValidateFunction>();
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      if (responses?.['200']?.content?.['application/json'] === undefined) continue;
      const pointer = ['paths', path, method, 'responses', '200', 'content', 'application/json'];
      const $ref = `github#/${[...pointer, 'schema'].map(escaped).join('/')}`;
      validators.set(`${method.toUpperCase()} ${path}`, ajv.compile({ $ref }));
    }
  }
  return validators;
}

/** The filter of the list of packages knows a visibility that the schema of a package leaves out. */
const visibilities = ['private', 'public'];

function loose(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(loose);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { required, nullable, discriminator: _, ...fields } = schema as Fields;
  const inner = Object.fromEntries(
    // Without what is required several forms of an answer fit.
    Object.entries(fields).map(([key, value]) => [key === 'oneOf' ? 'anyOf' : key, loose(value)]),
  );
  // A parameter is required too, by a word of its own.
  const kept = Array.isArray(required) || required === undefined ? inner : { ...inner, required };
  const words = kept['enum'];
  const open =
    Array.isArray(words) && JSON.stringify(words) === JSON.stringify(visibilities)
      ? { ...kept, enum: [...words, 'internal'] }
      : kept;
  return nullable === true ? { anyOf: [open, { type: 'null' }] } : open;
}

function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
