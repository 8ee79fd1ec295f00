import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { acrDemo } from '../../src/demo/acr/demo.ts';
import { ociDemo } from '../../src/demo/oci/demo.ts';
import { serve } from '../../src/demo/wire-server.ts';
import { httpClient } from '../../src/http/client.ts';
import type { HttpClient } from '../../src/http/http.ts';
import { secret } from '../../src/http/secret.ts';
import { githubApi } from '../../src/providers/ghcr/wire/api.ts';
import type { RestClient } from '../../src/providers/ghcr/wire/clients.ts';
import { gitlabApi } from '../../src/providers/gitlab/wire/api.ts';
import { type Attack, scanned } from './support/in-front.ts';

/* A proxy drops `link`: a page with as many entries as were asked for must not pass for the whole list. */

type Query = URLSearchParams;
const names = Array.from({ length: 2050 }, (_, number) => `app-${String(number).padStart(4, '0')}`);

/** Entries of the page that is asked for, as an honest server without links. */
function numbered(query: Query, total: number): readonly string[] {
  const [size, page] = [Number(query.get('per_page')), Number(query.get('page') ?? 1)];
  return names.slice(0, total).slice((page - 1) * size, page * size);
}

function afterLast(query: Query, total: number): readonly string[] {
  const last = query.get('last');
  const rest = names.slice(0, total).filter((name) => last === null || name > last);
  return rest.slice(0, Number(query.get('n')));
}

/** A list as one that knows no page but the first. */
const stuck =
  (page: typeof numbered): typeof numbered =>
  (query, total) => {
    const first = new URLSearchParams(query);
    first.delete('page');
    first.delete('last');
    return page(first, total);
  };

async function listed(
  page: typeof numbered,
  total: number,
  work: (client: HttpClient) => Promise<unknown>,
) {
  const server = await serve(({ query }) => ({
    status: 200,
    headers: {},
    body: JSON.stringify(page(query, total)),
  }));
  const client = httpClient({
    base: server.url,
    concurrency: 2,
    signal: AbortSignal.timeout(60_000),
    retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
    environment: {},
  });
  const fact = await work(client);
  const calls = client.calls();
  await client.close();
  await server.close();
  return { fact, calls };
}

const count = (entries: readonly unknown[]) => entries.length;
const apis = {
  GitHub: (client: HttpClient) => {
    const token = { secret: secret('ghp_x'), kind: 'classic', from: 'GITHUB_TOKEN' } as const;
    const rest: RestClient = { send: client.send, token, scopes: () => null };
    return githubApi({ rest: { packages: rest, settings: rest } }).all('listOwners', count, {
      params: { org: 'acme' },
    });
  },
  GitLab: (client: HttpClient) =>
    gitlabApi(client).all('listGroupProjects', count, { params: { group: 'acme' } }),
};

describe.each(Object.entries(apis))('a list of %s without links', (_, work) => {
  test.each([
    [99, 1],
    [100, 2],
    [101, 2],
    [250, 3],
  ])('of %i entries is read whole, with %i calls', async (total, calls) => {
    const found = await listed(numbered, total, work);
    expect(found).toMatchObject({ fact: { state: 'known', value: total }, calls });
  });

  test('is not whole where the server sends the first page again', async () => {
    const { fact } = await listed(stuck(numbered), 250, work);
    expect(fact).toMatchObject({ state: 'unknown', why: 'undecodable' });
  });
});

const registries = [
  ['an OCI registry', ociDemo, /\/v2\/_catalog/, 100],
  ['Azure Container Registry', acrDemo, /\/acr\/v1\/_catalog/, 1000],
] as const;

describe.each(registries)('the catalog of %s without links', (_, demo, path, size) => {
  const scan = async (page: typeof afterLast, total: number) => {
    const answer: Attack = (response, _honest, { url = '' }) => {
      const { searchParams } = new URL(url, 'http://x');
      const repositories = page(searchParams, total);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ repositories }));
    };
    const aim = ({ url = '' }) => (path.test(url) ? answer : undefined);
    const one = checks.filter(({ id }) => id === 'webhooks-use-tls');
    const { summary } = await scanned(await demo(), aim, one);
    return summary.registries[0];
  };

  test('is read on after a full page', async () => {
    const registry = await scan(afterLast, size + 5);
    expect(registry).toMatchObject({
      judged: size + 5,
      listing: { state: 'known', value: { repositories: size + 5 } },
    });
  });

  test('is not whole where the server sends the first page again', async () => {
    const registry = await scan(stuck(afterLast), size + 5);
    expect(registry?.listing).toMatchObject({ state: 'unknown', why: 'undecodable' });
  });
});
