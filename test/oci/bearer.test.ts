import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { RegistryCredentials } from '../../src/http/docker-credentials.ts';
import { reveal, secret } from '../../src/http/secret.ts';
import { type BearerOptions, bearerAuthorizer } from '../../src/oci/bearer.ts';
import { answer, clientFor, type Served, serve, settingsFor } from '../http/support/serve.ts';

const password: RegistryCredentials = {
  kind: 'password',
  username: secret('user'),
  password: secret('hunter2'),
};
const basic = `Basic ${Buffer.from('user:hunter2').toString('base64')}`;
const tags = (name: string) => ({ operation: 'listTags', path: `/v2/${name}/tags/list` });

interface World {
  readonly registry: Served;
  /** Query and credential of each request for a token. */
  readonly tokens: readonly { query: Record<string, string>; credential: string | undefined }[];
  /** Makes the tokens given out so far worthless. */
  readonly revoke: () => void;
}

/** A registry that wants tokens, and issues them itself under /token. */
async function world(life: object = { expires_in: 300 }, status = 200): Promise<World> {
  const tokens: World['tokens'][number][] = [];
  let valid = new Set<string>();
  const registry: Served = await serve((request, response) => {
    const url = new URL(request.url ?? '', registry.base);
    const credential = request.headers.authorization;
    if (url.pathname === '/token') {
      const token = `token-${tokens.push({ query: Object.fromEntries(url.searchParams), credential })}`;
      valid.add(`Bearer ${token}`);
      answer(response, status, status === 200 ? { token, ...life } : { details: 'wrong password' });
    } else if (credential !== undefined && valid.has(credential))
      answer(response, 200, { tags: [] });
    else {
      const challenge = `Bearer realm="${registry.base}/token",service="r.example",scope="repository:x:pull,push"`;
      answer(response, 401, {}, { 'www-authenticate': challenge });
    }
  });
  const revoke = () => {
    valid = new Set();
  };
  return { registry, tokens, revoke };
}

function clientWith(base: string, more: Partial<BearerOptions> = {}) {
  const authorize = bearerAuthorizer({
    settings: settingsFor(base),
    credentials: async () => password,
    realms: [],
    operation: 'getToken',
    ...more,
  });
  return clientFor(base, { authorize });
}

test('the first 401 leads to a token for pull alone, which the next requests use', async () => {
  const { registry, tokens } = await world();
  const client = clientWith(registry.base);
  await client.send(tags('team/app'));
  await client.send(tags('team/app'));
  const query = { service: 'r.example', scope: 'repository:team/app:pull', client_id: 'regaudit' };
  expect(tokens).toEqual([{ query, credential: basic }]);
  const paths = registry.seen.map(({ url }) => url?.split('?')[0]);
  const list = '/v2/team/app/tags/list';
  expect(paths).toEqual([list, '/token', list, list]);
});

test.each(['manifests/latest', 'blobs/sha256:1', 'referrers/sha256:1'])(
  'what is asked of %s needs the right to pull the repository',
  async (path) => {
    const { registry, tokens } = await world();
    const client = clientWith(registry.base);
    await client.send(tags('a'));
    await client.send({ ...tags('a'), path: `/v2/b/${path}` });
    expect(tokens.map(({ query }) => query['scope'])).toContain('repository:b:pull');
  },
);

test('each repository has a token of its own, and no 401 more', async () => {
  const { registry, tokens } = await world();
  const client = clientWith(registry.base);
  for (const name of ['a', 'b', 'a', 'b']) await client.send(tags(name));
  expect(tokens.map(({ query }) => query['scope'])).toEqual([
    'repository:a:pull',
    'repository:b:pull',
  ]);
  expect(registry.seen).toHaveLength(1 + 2 + 4);
});

test('requests side by side share one token', async () => {
  const { registry, tokens } = await world();
  const client = clientWith(registry.base);
  await Promise.all(Array.from({ length: 8 }, () => client.send(tags('a'))));
  expect(tokens).toHaveLength(1);
});

test('a stranger asks without a credential', async () => {
  const { registry, tokens } = await world();
  await clientWith(registry.base, { credentials: async () => null }).send(tags('a'));
  expect(tokens.map(({ credential }) => credential)).toEqual([undefined]);
});

test('a token that was taken back is renewed once', async () => {
  const { registry, tokens, revoke } = await world();
  const client = clientWith(registry.base);
  await client.send(tags('a'));
  revoke();
  await Promise.all([client.send(tags('a')), client.send(tags('a'))]);
  expect(tokens).toHaveLength(2);
});

test.each([
  [{ expires_in: 300 }, 269_000, 1],
  [{ expires_in: 300 }, 271_000, 2],
  [{}, 53_000, 1],
  [{}, 55_000, 2],
  [{ expires_in: 0 }, 1, 2],
])(
  'a token with the life %j is used %i ms later, or asked for again',
  async (life, later, asked) => {
    const { registry, tokens } = await world(life);
    let now = 1_000_000;
    const client = clientWith(registry.base, { now: () => now });
    await client.send(tags('a'));
    now += later;
    await client.send(tags('a'));
    expect(tokens).toHaveLength(asked);
  },
);

test('what the token service refuses is refused, without the password', async () => {
  const { registry } = await world({}, 401);
  const error = await clientWith(registry.base)
    .send(tags('a'))
    .catch((thrown) => thrown);
  expect(error).toMatchObject({ code: '401', body: '{"details":"wrong password"}' });
  expect(JSON.stringify(error)).not.toContain('hunter2');
});

test.each([[{ token: '' }], [{ token: null }], [{ token: 'a\r\nx: y' }], [{ expires_in: '60' }]])(
  'a token answer with %j is not understood',
  async (life) => {
    const { registry } = await world(life);
    await expect(clientWith(registry.base).send(tags('a'))).rejects.toThrow();
  },
);

test('an identity token is exchanged in a form', async () => {
  const forms: string[] = [];
  const registry: Served = await serve((request, response) => {
    if (request.url === '/token') {
      request.on('data', (chunk) => forms.push(`${request.method} ${chunk}`));
      request.on('end', () => answer(response, 200, { access_token: 't' }));
    } else if (request.headers.authorization === 'Bearer t') answer(response, 200, {});
    else {
      const challenge = `bearer service=s,realm=${registry.base}/token`;
      answer(response, 401, {}, { 'www-authenticate': challenge });
    }
  });
  const credentials = async () => ({ kind: 'identity-token', token: secret('r3fresh') }) as const;
  await clientWith(registry.base, { credentials }).send(tags('a'));
  expect(forms).toEqual([
    'POST service=s&scope=repository%3Aa%3Apull&client_id=regaudit&grant_type=refresh_token&refresh_token=r3fresh',
  ]);
});

describe('credentials go nowhere else', () => {
  test('not to a token service that is none of the registry', async () => {
    const thief = await serve((_, response) => answer(response, 200, { token: 't' }));
    const realm = thief.base.replace('127.0.0.1', 'localhost');
    const registry = await serve((_, response) =>
      answer(response, 401, {}, { 'www-authenticate': `Bearer realm="${realm}/token"` }),
    );
    let given = 0;
    const credentials = async () => {
      given += 1;
      return password;
    };
    const sent = clientWith(registry.base, { credentials }).send(tags('a'));
    await expect(sent).rejects.toMatchObject({ code: 'redirect' });
    expect([thief.seen.length, given]).toEqual([0, 0]);
  });

  test('not along with a redirect of the token service', async () => {
    const thief = await serve((_, response) => answer(response, 200, { token: 't' }));
    const registry: Served = await serve((request, response) => {
      if (request.url?.startsWith('/token')) {
        response.writeHead(307, { location: `${thief.base}/` }).end();
      } else {
        const challenge = `Bearer realm="${registry.base}/token"`;
        answer(response, 401, {}, { 'www-authenticate': challenge });
      }
    });
    await clientWith(registry.base)
      .send(tags('a'))
      .catch(() => undefined);
    expect(thief.seen).toEqual([]);
  });
});

test.each([
  ['Basic realm="registry"', basic],
  ['BASIC realm=x', basic],
  ['Negotiate, Basic realm="x"', basic],
  ['Negotiate', null],
  ['', null],
])('a registry that says %j is given %s', async (challenge, credential) => {
  const authorize = bearerAuthorizer({
    settings: settingsFor('https://r.example'),
    credentials: async () => password,
    realms: [],
    operation: 'getToken',
  });
  const given = await authorize(tags('a'), true, challenge);
  expect(given === null ? null : reveal(given)).toBe(credential);
});

test('with the client the connections to the token service are closed, and nothing listens on', async () => {
  const { signal } = new AbortController();
  const { registry } = await world();
  const settings = settingsFor(registry.base, { signal });
  const client = clientWith(registry.base, { settings });
  await client.send(tags('team/app'));
  expect(registry.connections()).toBeGreaterThan(0);
  expect(getEventListeners(signal, 'abort').length).toBe(1);
  await client.close();
  await vi.waitFor(() => expect(registry.connections()).toBe(0));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
