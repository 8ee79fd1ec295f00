import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import { readDescription } from '../../specs/read.ts';
import examples from './examples.json' with { type: 'json' };

interface Swagger {
  readonly definitions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Parts of others; on their own they may have more fields. */
const parts = ['Resource', 'ProxyResource', 'TrackedResource'];

/** Answers of our own, made up in every value and as odd as the vendor's examples, by definition. */
export const exampleAnswers: Readonly<Record<keyof typeof examples, unknown>> = examples;

/**
 * What is wrong with an answer as one of a definition of the vendor's description. Words that are known
 * become the only ones, and so do fields. The function throws on a definition that is not there.
 */
export function answerErrors(): (definition: string, answer: unknown) => readonly ErrorObject[] {
  const description = readDescription('azure-containerregistry/containerregistry.json');
  const swagger = JSON.parse(description) as Swagger;
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  const definitions = Object.fromEntries(
    Object.entries(swagger.definitions).map(([name, schema]) => [
      name,
      schema['allOf'] === undefined && !parts.includes(name)
        ? { additionalProperties: false, ...strict(schema) }
        : strict(schema),
    ]),
  );
  ajv.addSchema({ $id: 'acr', definitions });
  return (name, answer) => {
    const validate = ajv.getSchema(`acr#/definitions/${name}`);
    if (validate === undefined) throw new Error(`${name} is not described`);
    validate(answer);
    return validate.errors ?? [];
  };
}

/** `status` is null where there is none, which the description does not say. */
function strict(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = JSON.stringify(schema)
    .replaceAll('"x-known-values"', '"enum"')
    .replaceAll('"$ref":"#/', '"$ref":"acr#/')
    .replace(
      '"status":{"$ref":"acr#/definitions/Status"',
      '"status":{"anyOf":[{"$ref":"acr#/definitions/Status"},{"type":"null"}]',
    );
  return JSON.parse(text) as Record<string, unknown>;
}
