import { configSchema } from '../config/schema.ts';
import { whys } from '../model/fact.ts';
import { registryFacts } from '../model/registry.ts';
import { reportSchema } from '../model/report-schema.ts';
import { repositoryFacts } from '../model/repository.ts';
import type { TSchema } from '../model/shape.ts';
import { snapshotVersion } from '../model/snapshot.ts';
import type { Provider } from '../providers/provider.ts';
import type { Entry } from './catalogue.ts';

const draft = 'http://json-schema.org/draft-07/schema#';

/** The configuration, for editors: ids of checks enumerated, options of every provider allowed. */
export function configJsonSchema(
  entries: readonly Entry[],
  providers: readonly Provider[],
): object {
  const schema = structuredClone(configSchema) as unknown as {
    properties: Record<string, Record<string, unknown>>;
  };
  const { checks, registries } = schema.properties;
  if (checks !== undefined)
    checks['propertyNames'] = { enum: entries.map(({ check }) => check.id) };
  const entry = registries?.['items'] as { properties: object } | undefined;
  const options = providers.map(
    (provider) => (provider.options as { properties: object }).properties,
  );
  if (entry !== undefined) entry.properties = Object.assign({}, entry.properties, ...options);
  return { $schema: draft, title: 'regaudit configuration', ...schema };
}

export function reportJsonSchema(): object {
  return { $schema: draft, title: 'regaudit report', ...reportSchema };
}

/** A snapshot line by line: the schema is that of one line. */
export function snapshotJsonSchema(): object {
  const source = {
    type: 'integer',
    minimum: 0,
    description: 'index into the sources named before',
  };
  const fact = (value: TSchema) => ({
    oneOf: [
      {
        type: 'object',
        required: ['state', 'value', 'from'],
        properties: { state: { const: 'known' }, value, from: source },
      },
      {
        type: 'object',
        required: ['state', 'note'],
        properties: { state: { const: 'unsupported' }, note: { type: 'string' } },
      },
      {
        type: 'object',
        required: ['state', 'why', 'from'],
        properties: { state: { const: 'unknown' }, why: { enum: [...whys] }, from: source },
      },
    ],
  });
  const facts = (schemas: Readonly<Record<string, TSchema>>) => ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(schemas).map(([name, value]) => [name, fact(value)]),
    ),
  });
  return {
    $schema: draft,
    title: 'one line of a regaudit snapshot',
    version: snapshotVersion,
    oneOf: [
      line('snapshot', {}),
      line('registry', { facts: facts(registryFacts) }),
      line('repository', { facts: facts(repositoryFacts) }),
      line('end', {}),
    ],
  };
}

function line(kind: string, properties: object): object {
  return {
    type: 'object',
    required: ['kind'],
    properties: { kind: { const: kind }, ...properties },
  };
}
