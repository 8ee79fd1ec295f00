import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../src/demo/nexus/estate.ts';
import { environmentOf, nexusAnswers } from '../../src/demo/nexus/serve-estate.ts';
import { calls } from '../../src/providers/nexus/operations.ts';
import { readDescription } from '../specs/read.ts';
import { scenario, scenarios } from '../support/nexus/scan.ts';

/*
 * The description that a server of release 3.94 gives of itself. Many responses have no schema there, and none
 * says which fields are always there: those that have one may have no other fields and words.
 */

type Fields = Readonly<Record<string, unknown>>;
interface Described {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Fields }>> }>
  >;
}
interface Description {
  readonly paths: Readonly<Record<string, { readonly get?: Described }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Fields>> };
}

const { paths, components }: Description = JSON.parse(readDescription('nexus/nexus.json'));
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ $id: 'nexus', components: strict(components) });

function validatorOf(path: string): ValidateFunction | null {
  const { responses = {} } = paths[path]?.get ?? {};
  const { content } = responses['200'] ?? responses['default'] ?? {};
  const schema = content?.['application/json']?.schema;
  return schema === undefined ? null : ajv.compile(Object(strict(schema)));
}

/** Objects have no other fields than those described; whatever is not set is null. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, ...fields } = schema as Fields & { readonly $ref?: string };
  if (typeof $ref === 'string') {
    return { anyOf: [{ $ref: $ref.replace('#/', 'nexus#/') }, { type: 'null' }] };
  }
  const inner = Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, strict(value)]),
  );
  // Words come back in the case they were sent in.
  if (Array.isArray(inner['enum'])) {
    const words = inner['enum'].map(String);
    inner['enum'] = [...words, ...words.map((word) => word.toUpperCase()), null];
  }
  if (inner['properties'] !== undefined) inner['additionalProperties'] = false;
  return typeof inner['type'] === 'string' ? { ...inner, type: [inner['type'], 'null'] } : inner;
}

const ofRepositories = new Map(
  ['hosted', 'proxy', 'group'].map((type) => [
    type,
    validatorOf(`/v1/repositories/docker/${type}/{repositoryName}`),
  ]),
);
/** Fields of every entry that the description leaves to the type and format. */
const notDescribed: readonly string[] = ['listRepositorySettings', 'listPrivileges'];

function asked(estate: Estate, path: string): { status: number; body: unknown } {
  const { NEXUS_USERNAME: name, NEXUS_PASSWORD: password } = environmentOf(estate);
  const pair = Buffer.from(`${name}:${password}`).toString('base64');
  const { status, body } = nexusAnswers(estate).answer({
    method: 'GET',
    path: `/service/rest${path}`,
    query: new URLSearchParams(),
    headers: { authorization: `Basic ${pair}` },
    body: '',
  }) as { status: number; body: string };
  return { status, body: body === '' ? null : JSON.parse(body) };
}

describe('every answer is one that the server describes', () => {
  it('every operation of v1 is described', () => {
    const named = Object.values(calls).map(({ path }) => path);
    const missing = named.filter((path) => paths[path]?.get === undefined);
    expect(missing).toEqual(['/swagger.json', '/internal/cleanup-policies']);
  });

  it.each(scenarios)('of the estate %s, its faults aside', async (name) => {
    const { faults: _, ...estate } = await scenario(name);
    let checked = 0;
    for (const [operation, { path }] of Object.entries(calls)) {
      const validate = notDescribed.includes(operation) ? null : validatorOf(path);
      const { status, body } = asked(estate, path.replace('{name}', 'images'));
      if (validate === null || status !== 200) continue;
      validate(body);
      expect(validate.errors ?? [], operation).toEqual([]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(name === 'all-denied' ? -1 : 1);
  });

  it.each(scenarios)('of the docker repositories of %s', async (name) => {
    const { faults: _, ...estate } = await scenario(name);
    const { body } = asked(estate, calls.listRepositorySettings.path);
    for (const repository of body as readonly Fields[]) {
      if (repository['format'] !== 'docker') continue;
      const validate = ofRepositories.get(String(repository['type']));
      expect(validate?.(repository), JSON.stringify(validate?.errors)).toBe(true);
    }
  });

  it('notices a word that is not of the server, and a field that is not there', () => {
    const proxy = ofRepositories.get('proxy');
    expect(proxy?.({ firewall: { mode: 'PONDER' } })).toBe(false);
    expect(validatorOf('/v1/iq')?.({ url: 'https://iq.example.org', mood: 'good' })).toBe(false);
  });
});
