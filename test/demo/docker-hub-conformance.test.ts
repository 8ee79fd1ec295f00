import { buildSchema, graphql, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { session } from '../../src/demo/docker-hub/answering.ts';
import { hubAnswers } from '../../src/demo/docker-hub/serve-estate.ts';
import type { WireRequest } from '../../src/demo/wire-server.ts';
import { auditLog } from '../../src/providers/docker-hub/decode/activity.ts';
import { pageOf } from '../../src/providers/docker-hub/decode/page.ts';
import {
  listedRepository,
  repositoryDetail,
  tagLock,
} from '../../src/providers/docker-hub/decode/repository.ts';
import { queries } from '../../src/providers/docker-hub/decode/scout.ts';
import {
  describedAnswers,
  exampleAnswers,
  scoutSchema,
} from '../support/docker-hub/description.ts';
import { hubScenario, hubScenarios } from '../support/docker-hub/scenario.ts';

const request = (change: Partial<WireRequest>): WireRequest => ({
  method: 'GET',
  path: '/',
  query: new URLSearchParams({ page_size: '100' }),
  headers: { authorization: `Bearer ${session}` },
  body: '',
  ...change,
});

/** Paths of the description, as the fake is asked. The tokens of organizations are listed first. */
const paths = {
  '/v2/namespaces/{namespace}/repositories': ['/v2/namespaces/NS/repositories'],
  '/v2/namespaces/{namespace}/repositories/{repository}': ['/v2/namespaces/NS/repositories/REPO'],
  '/v2/namespaces/{namespace}/repositories/{repository}/tags': [
    '/v2/namespaces/NS/repositories/REPO/tags',
  ],
  '/v2/orgs/{org_name}/members': ['/v2/orgs/NS/members'],
  '/v2/orgs/{org_name}/invites': ['/v2/orgs/NS/invites'],
  '/v2/orgs/{name}/access-tokens': ['/v2/orgs/NS/access-tokens'],
  '/v2/access-tokens': ['/v2/access-tokens'],
  '/v2/auditlogs/{account}': ['/v2/auditlogs/NS'],
} as const;

describe('every answer is one that Docker describes', () => {
  const described = describedAnswers();

  it.each(hubScenarios)('of the estate %s, its faults aside', async (name) => {
    const { faults: _, ...estate } = await hubScenario(name);
    const { answer } = hubAnswers(estate);
    let checked = 0;
    const check = (operation: string, asked: string) => {
      const { status, body } = answer(request({ path: asked }));
      const sent: unknown = JSON.parse(String(body));
      // What the estate means: not a member, not an owner, not an organization, not there.
      if (status !== 200) {
        expect([403, 404]).toContain(status);
        return null;
      }
      const validator = described.get(`GET ${operation}`);
      validator?.(sent);
      expect(validator?.errors ?? (validator === undefined ? 'not described' : []), asked).toEqual(
        [],
      );
      checked += 1;
      return sent;
    };
    for (const [operation, forms] of Object.entries(paths)) {
      for (const form of forms) {
        for (const repository of form.includes('REPO') ? Object.keys(estate.repositories) : ['']) {
          check(operation, form.replace('NS', estate.namespace).replace('REPO', repository));
        }
      }
    }
    const tokens = check(
      '/v2/orgs/{name}/access-tokens',
      `/v2/orgs/${estate.namespace}/access-tokens`,
    );
    for (const { id } of (tokens as { results: { id: string }[] } | null)?.results ?? []) {
      check(
        '/v2/orgs/{org_name}/access-tokens/{access_token_id}',
        `/v2/orgs/${estate.namespace}/access-tokens/${id}`,
      );
    }
    expect(checked).toBeGreaterThan(1);
  });

  it('signing in, too', async () => {
    const { answer } = hubAnswers(await hubScenario('all-good'));
    const body = JSON.stringify({ identifier: 'auditor', secret: 'demo-password' });
    const sent = answer(request({ method: 'POST', path: '/v2/auth/token', headers: {}, body }));
    expect(sent.status).toBe(200);
    expect(described.get('POST /v2/auth/token')?.(JSON.parse(String(sent.body)))).toBe(true);
  });

  it('notices a word that is not Docker’s, and a field that is missing', async () => {
    const good = await hubScenario('all-good');
    const { answer } = hubAnswers({
      ...good,
      faults: [
        { kind: 'new-word', operation: 'ListMembers', field: 'results[].role', value: 'King' },
        { kind: 'missing-field', operation: 'GetRepository', field: 'is_private' },
      ],
    });
    const valid = (operation: string, path: string) =>
      described.get(`GET ${operation}`)?.(JSON.parse(String(answer(request({ path })).body)));
    expect(valid('/v2/orgs/{org_name}/members', '/v2/orgs/acme/members')).toBe(false);
    const repository = '/v2/namespaces/{namespace}/repositories/{repository}';
    expect(valid(repository, '/v2/namespaces/acme/repositories/web')).toBe(false);
    expect(valid('/v2/orgs/{org_name}/invites', '/v2/orgs/acme/invites')).toBe(true);
  });

  it.each(Object.entries(exampleAnswers))('so is our example of %s', (operation, example) => {
    const validate = described.get(operation);
    validate?.(example);
    expect(validate?.errors).toBeNull();
  });

  it('whose oddities are decoded without loss', () => {
    const list = exampleAnswers['GET /v2/namespaces/{namespace}/repositories'];
    const { rows, total, last } = pageOf(list);
    expect({ total, last }).toEqual({ total: 311, last: false });
    expect(rows.map(listedRepository)).toEqual([
      { name: 'toolbox', isPrivate: false, holds: 'images' },
      { name: 'storefront', isPrivate: false, holds: 'images' },
    ]);
    const detail = exampleAnswers['GET /v2/namespaces/{namespace}/repositories/{repository}'];
    const asked = { namespace: 'acme', repository: 'storefront' };
    expect(tagLock(repositoryDetail(detail, asked), [])).toEqual({ mode: 'none' });
    expect(auditLog(exampleAnswers['GET /v2/auditlogs/{account}']).mode).toBe('on');
  });
});

describe('Docker Scout', () => {
  const schema = buildSchema(scoutSchema());

  it.each(Object.entries(queries))('has what the query for %s asks', (_, query) => {
    expect(validate(schema, parse(query))).toEqual([]);
    expect(query).not.toMatch(/signingKey/);
  });

  it.each([
    ['repositories', 'reposFeatures', { names: ['acme/agent', 'acme/billing'] }],
    ['images', 'imageSummariesByDigest', { digests: [] as string[] }],
  ] as const)('could have answered for %s as the fake does', async (query, field, variables) => {
    const estate = await hubScenario('demo');
    const { answer } = hubAnswers(estate);
    const { body: tags } = answer(request({ path: '/v2/namespaces/acme/repositories/agent/tags' }));
    const [tag]: { images: { digest: string }[] }[] = JSON.parse(String(tags)).results;
    const asked = {
      context: { organization: 'acme' },
      ...variables,
      ...(query === 'images' ? { digests: tag?.images.map(({ digest }) => digest) } : {}),
    };
    const body = JSON.stringify({ query: queries[query], variables: asked });
    const sent = answer(request({ method: 'POST', path: '/v1/graphql', body }));
    const { data } = JSON.parse(String(sent.body));
    expect(data[field].length).toBeGreaterThan(0);
    const said = await graphql({
      schema,
      source: queries[query],
      rootValue: { [field]: () => data[field] },
      variableValues: asked,
    });
    expect(said.errors).toBeUndefined();
    const selected: unknown = JSON.parse(JSON.stringify(said.data));
    expect(data).toMatchObject(selected as object);
  });
});
