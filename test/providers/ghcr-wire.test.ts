import { describe, expect, it } from 'vitest';
import { serve, type WireAnswer, type WireRequest } from '../../src/demo/wire-server.ts';
import { HttpError } from '../../src/http/http.ts';
import { secret } from '../../src/http/secret.ts';
import { operations } from '../../src/providers/ghcr/operations.ts';
import { githubApi } from '../../src/providers/ghcr/wire/api.ts';
import { clientsFor } from '../../src/providers/ghcr/wire/clients.ts';
import { githubErrors } from '../../src/providers/ghcr/wire/errors.ts';
import { placeOf } from '../../src/providers/ghcr/wire/place.ts';

const refusal = (status: number, headers: Record<string, string>) =>
  new HttpError(String(status), 'refused', { status, headers, body: '' });

describe('a refusal of GitHub', () => {
  it.each([
    [403, {}, '403', 'denied'],
    [403, { 'x-ratelimit-remaining': '12' }, '403', 'denied'],
    [403, { 'x-ratelimit-remaining': '0' }, 'rate-limited', 'throttled'],
    [403, { 'retry-after': '60' }, 'rate-limited', 'throttled'],
    [429, {}, '429', 'throttled'],
    [404, {}, '404', 'denied-or-absent'],
  ])('with status %i and headers %j is %s', (status, headers, code, why) => {
    const error = refusal(status, headers as Record<string, string>);
    expect(githubErrors.codeOf(error)).toBe(code);
    const means: Readonly<Record<string, unknown>> = operations.getOrganization.means;
    expect(means[code]).toBe(why);
  });

  it('for want of single sign-on says where the token is authorized', () => {
    const headers = { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' };
    const code = githubErrors.codeOf(refusal(403, headers));
    expect(code).toBe('sso');
    const means: Readonly<Record<string, unknown>> = operations.listPackages.means;
    expect(means[code]).toMatchObject({ cure: expect.stringContaining('Configure SSO') });
  });
});

describe('where GitHub is', () => {
  it.each([
    [{}, {}, 'https://api.github.com', 'https://ghcr.io', 'https://api.github.com/graphql', false],
    [
      {},
      { GITHUB_API_URL: 'https://git.example.org/api/v3' },
      'https://git.example.org/api/v3',
      'https://containers.git.example.org',
      'https://git.example.org/api/graphql',
      true,
    ],
    [
      { url: 'https://api.acme.ghe.com/' },
      { GITHUB_API_URL: 'https://git.example.org/api/v3' },
      'https://api.acme.ghe.com',
      'https://containers.acme.ghe.com',
      'https://api.acme.ghe.com/graphql',
      false,
    ],
    [
      { url: 'https://git.example.org/api/v3', registryEndpoint: 'https://images.example.org/' },
      {},
      'https://git.example.org/api/v3',
      'https://images.example.org',
      'https://git.example.org/api/graphql',
      true,
    ],
  ])('follows from %j and %j', (options, environment, api, registry, graphql, isServer) => {
    expect(placeOf(options, environment)).toEqual({ api, registry, graphql, isServer });
  });

  it.each(['github', 'ftp://github.com', 'https://user:secret@github.com'])('is not %s', (url) => {
    expect(() => placeOf({ url }, {})).toThrow(/not one of a REST API/);
  });
});

async function asked(
  answer: (request: WireRequest) => Partial<WireAnswer>,
  work: (api: ReturnType<typeof githubApi>) => Promise<unknown>,
) {
  const seen: WireRequest[] = [];
  const server = await serve((request) => {
    seen.push(request);
    return { status: 200, headers: {}, body: '[]', ...answer(request) };
  });
  const token = { secret: secret('ghp_one'), kind: 'classic', from: 'GITHUB_TOKEN' } as const;
  const clients = clientsFor({
    id: 'ghcr://acme',
    place: { api: server.url, registry: server.url, graphql: server.url, isServer: false },
    tokens: { packages: token, settings: token },
    owner: 'acme',
    context: {
      concurrency: 4,
      signal: new AbortController().signal,
      retryPolicy: { maxAttempts: 2, baseDelay: 1, waits: false },
      environment: {},
      caFile: undefined,
      clientCertificate: undefined,
      progress: () => undefined,
    },
  });
  const fact = await work(githubApi(clients));
  await clients.close();
  await server.close();
  return { fact, seen };
}

const owners = (api: ReturnType<typeof githubApi>) =>
  api.all('listOwners', (entries) => entries.length, { params: { org: 'acme' } });

describe('a list', () => {
  it('is asked for by the hundred, with the version of the API', async () => {
    const { fact, seen } = await asked(() => ({}), owners);
    expect(fact).toMatchObject({ state: 'known', value: 0 });
    expect(seen[0]?.query.get('per_page')).toBe('100');
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer ghp_one',
      'x-github-api-version': '2022-11-28',
    });
  });

  it('that leaves out what needs single sign-on is not whole', async () => {
    const headers = { 'x-github-sso': 'partial-results; organizations=21955855' };
    const { fact } = await asked(() => ({ headers }), owners);
    expect(fact).toMatchObject({ state: 'unknown', why: 'denied' });
  });

  it('whose next page is at another host is not followed', async () => {
    const headers = { link: '<https://evil.example.org/orgs?page=2>; rel="next"' };
    const { fact, seen } = await asked(() => ({ headers }), owners);
    expect(fact).toMatchObject({ state: 'unknown', why: 'undecodable' });
    expect(seen).toHaveLength(1);
  });

  it.each(['{}', 'null', '{"message":"Not Found"}', '{"installations":[]}'])(
    'that is %s is no list',
    async (body) => {
      const { fact } = await asked(() => ({ body }), owners);
      expect(fact).toMatchObject({ state: 'unknown', why: 'undecodable' });
    },
  );

  it('that ends before its own count is none either', async () => {
    const body = JSON.stringify({ total_count: 3, installations: [{}] });
    const { fact } = await asked(
      () => ({ body }),
      (api) => api.all('listInstallations', (all) => all.length, { params: { org: 'acme' } }),
    );
    expect(fact).toMatchObject({ state: 'unknown', why: 'undecodable' });
  });
});

describe('a wrong token', () => {
  it('is sent once, however many ask', async () => {
    const { fact, seen } = await asked(
      () => ({ status: 401, body: '{"message":"Bad credentials"}' }),
      (api) => Promise.all([owners(api), owners(api), owners(api)]),
    );
    expect(seen).toHaveLength(1);
    expect(fact).toMatchObject([{ why: 'denied' }, { why: 'denied' }, { why: 'denied' }]);
  });
});

describe('the name of a package', () => {
  it('with a slash stays one segment of the path', async () => {
    const { seen } = await asked(
      () => ({}),
      (api) =>
        api.all('listVersions', (all) => all.length, {
          params: { org: 'acme', package_type: 'container', package_name: 'shop/worker' },
        }),
    );
    expect(seen[0]?.path).toBe('/orgs/acme/packages/container/shop%2Fworker/versions');
  });
});
