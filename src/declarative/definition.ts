import { Ajv } from 'ajv';
import { severities } from '../model/finding.ts';
import { impacts } from '../model/impact.ts';
import { registryFacts } from '../model/registry.ts';
import { fixSummary } from '../model/report-schema.ts';
import { repositoryFacts } from '../model/repository.ts';
import { type Static, Type, text, texts, word } from '../model/shape.ts';

/** `acme/tags-protected`: a namespace of the organisation and the name of the check. */
const idPattern = '^[a-z][a-z0-9-]{0,40}/[a-z][a-z0-9-]{0,80}$';
const link = Type.String({ pattern: '^https://[^?\\s]+$' });
const line = (description: string) =>
  Type.String({ minLength: 1, maxLength: 500, pattern: '^[^\\r\\n]+$', description });

/** The metadata of every custom check, in YAML or code. */
export const metadata = {
  id: Type.String({ pattern: idPattern, description: 'namespace/name; the name is the file’s' }),
  subject: word(['registry', 'repository']),
  severity: word(severities),
  needs: Type.Array(text, { minItems: 1, description: 'Facts; unknown ones make it unknown.' }),
  title: line('One sentence that is true when the check passes.'),
  why: line('What goes wrong otherwise.'),
  impact: Type.Optional(word(impacts)),
  checklist: Type.Optional(texts),
  topics: Type.Optional(texts),
  references: Type.Optional(Type.Array(link)),
  fix: Type.Optional(Type.Record(text, fixSummary)),
  byDefault: Type.Optional(Type.Boolean()),
};

const definition = Type.Object({ ...metadata, mitigatedBy: Type.Optional(texts) });
export type Definition = Static<typeof definition>;

export const ajv = new Ajv({ allErrors: false, strict: false, discriminator: true });
const valid = ajv.compile<Definition>(definition);

/** The facts of a subject by name, with the schemas of their values. */
export function factsOf(subject: 'registry' | 'repository'): Readonly<Record<string, object>> {
  return subject === 'registry' ? registryFacts : repositoryFacts;
}

/** Validates the metadata of a check. Throws an `Error` with the key and the expected value. */
export function definitionOf(said: unknown): Definition {
  if (!valid(said)) throw new Error(firstFault(valid.errors));
  refuseUnknownFacts(said.subject, [...said.needs, ...(said.mitigatedBy ?? [])]);
  return said;
}

/** Throws an `Error` with the name of a fact that the subject does not have. */
export function refuseUnknownFacts(
  subject: 'registry' | 'repository',
  names: readonly string[],
): void {
  const facts = factsOf(subject);
  const unknown = names.find((name) => !Object.hasOwn(facts, name));
  if (unknown !== undefined)
    throw new Error(`needs: there is no fact "${unknown}" of a ${subject}`);
}

/** Formats the first error of ajv as `key: expected value`. */
export function firstFault(errors: typeof valid.errors): string {
  const [fault] = errors ?? [];
  if (fault === undefined) return 'it is not what was expected';
  const key = fault.instancePath.slice(1).replaceAll('/', '.');
  const allowed: unknown = fault.params['allowedValues'];
  const more = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
  const extra: unknown = fault.params['additionalProperty'];
  const which = typeof extra === 'string' ? ` (${extra})` : '';
  return `${key === '' ? 'it' : key} ${fault.message ?? 'is wrong'}${which}${more}`;
}
