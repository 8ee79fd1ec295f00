import { describe, expect, test } from 'vitest';
import { isSameServer, nextHop } from '../../src/http/redirect.ts';
import { secret } from '../../src/http/secret.ts';
import { answer, clientFor, serve } from './support/serve.ts';

const redirecting = (location: string, status = 302) =>
  serve((_, response) => response.writeHead(status, { location }).end());

const withToken = { authorize: async () => secret('Bearer t0ken') };

test('a redirect within the origin is followed with the credential', async () => {
  const { base, seen } = await serve((request, response) => {
    if (request.url === '/old') response.writeHead(301, { location: '/new?x=1' }).end();
    else answer(response, 200, { at: request.url });
  });
  const client = clientFor(base, withToken);
  expect(await client.json({ operation: 'x', path: '/old' })).toEqual({ at: '/new?x=1' });
  expect(seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer t0ken',
    'Bearer t0ken',
  ]);
});

test('a redirect to another origin is followed where the operation says so, without any header an adapter added', async () => {
  const other = await serve((_, response) => answer(response, 200, { from: 'other' }));
  const { base, seen } = await redirecting(`${other.base}/there`);
  const client = clientFor(base, withToken);
  const headers = { 'x-api-key': 'k3y', cookie: 'c=1' };
  const request = { operation: 'x', path: '/', headers, sameOrigin: false };
  expect(await client.json(request)).toEqual({ from: 'other' });
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer t0ken', 'x-api-key': 'k3y' });
  const arrived = other.seen[0]?.headers ?? {};
  expect(Object.keys(arrived).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
});

test('once another origin was on the way, the credential is not sent even to its own', async () => {
  const other = await serve((_, response) => response.writeHead(302, { location: back }).end());
  const { base, seen } = await serve((request, response) => {
    if (request.url === '/') response.writeHead(302, { location: other.base }).end();
    else answer(response, 200, {});
  });
  const back = `${base}/back`;
  await clientFor(base, withToken).send({ operation: 'x', path: '/', sameOrigin: false });
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer t0ken', undefined]);
});

test('another origin cannot ask for a credential', async () => {
  const other = await serve((_, response) =>
    answer(response, 401, {}, { 'www-authenticate': 'Basic realm="give"' }),
  );
  const { base } = await redirecting(other.base);
  const challenges: unknown[] = [];
  const client = clientFor(base, {
    authorize: async (_request, _renewed, challenge) => {
      challenges.push(challenge);
      return null;
    },
  });
  const sent = client.send({ operation: 'x', path: '/', sameOrigin: false });
  await expect(sent).rejects.toMatchObject({ code: '401' });
  expect(challenges).toEqual([undefined]);
});

test.each([200, 403])(
  'a redirect to another origin is refused, and nobody hears what it says with %i',
  async (status) => {
    const other = await serve((_, response) => answer(response, status, { message: 'INTERNAL' }));
    const { base } = await redirecting(`${other.base}/latest/meta-data`);
    const error = await clientFor(base, withToken)
      .send({ operation: 'x', path: '/' })
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'redirect', status: 0, body: '' });
    expect(error.message).toBe(`${base} redirects to another origin`);
    expect(other.seen).toEqual([]);
  },
);

test('what another origin refuses is not repeated, though it may be asked', async () => {
  const other = await serve((_, response) => answer(response, 403, { message: 'INTERNAL' }));
  const { base } = await redirecting(other.base);
  const error = await clientFor(base)
    .send({ operation: 'x', path: '/', sameOrigin: false })
    .catch((thrown) => thrown);
  expect(error).toMatchObject({ code: '403', body: '', headers: {} });
});

test.each([
  ['http://a.example/x', 'https://a.example/y', true],
  ['https://a.example/x', 'https://a.example/y', true],
  ['https://a.example/x', 'http://a.example/y', false],
  ['http://a.example:8080/', 'https://a.example/', false],
  ['http://a.example/', 'https://a.example:8443/', false],
  ['http://a.example/', 'https://b.example/', false],
  ['http://127.0.0.1:1/', 'http://127.0.0.1:2/', false],
])('%s and %s are one server: %j', (from, to, same) => {
  expect(isSameServer(new URL(from), new URL(to))).toBe(same);
});

test('a cookie that the server sets is not kept', async () => {
  const { base, seen } = await serve((_, response) =>
    answer(response, 200, {}, { 'set-cookie': 'session=1' }),
  );
  const client = clientFor(base);
  const got = await client.send({ operation: 'x', path: '/' });
  expect(JSON.stringify(got)).not.toContain('session');
  await client.send({ operation: 'x', path: '/' });
  expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
});

test('a server that redirects for ever is left after five hops', async () => {
  const { base, seen } = await redirecting('/again');
  const sent = clientFor(base).send({ operation: 'x', path: '/' });
  await expect(sent).rejects.toMatchObject({ code: 'redirect', status: 0 });
  expect(seen).toHaveLength(6);
});

test('a POST is not redirected, so that its form goes nowhere else', async () => {
  const other = await serve((_, response) => answer(response, 200, {}));
  const { base } = await redirecting(other.base, 307);
  const form = { password: secret('pass') };
  const sent = clientFor(base).send({ operation: 'x', path: '/', method: 'POST', form });
  await expect(sent).rejects.toMatchObject({ code: 'redirect' });
  expect(other.seen).toEqual([]);
});

test('a status that is expected is an answer, though it is a redirect', async () => {
  const { base, seen } = await redirecting('/elsewhere', 307);
  const got = await clientFor(base).send({ operation: 'x', path: '/', expected: [307] });
  expect([got.status, got.headers['location'], seen.length]).toEqual([307, '/elsewhere', 1]);
});

describe('where a redirect leads', () => {
  const hop = (from: string, location: string | undefined) =>
    nextHop(new URL(from), 'GET', 0, location).href;

  test.each([
    ['https://a.example/x', '/y', 'https://a.example/y'],
    ['https://a.example/x', 'https://b.example/y#f', 'https://b.example/y'],
    ['http://a.example/x', 'https://a.example/x', 'https://a.example/x'],
    ['http://a.example/x', 'y', 'http://a.example/y'],
    ['http://127.0.0.1:1/', 'http://localhost:2/', 'http://localhost:2/'],
  ])('from %s to %s is followed', (from, location, to) => {
    expect(hop(from, location)).toBe(to);
  });

  test.each([
    ['https://a.example/', 'http://a.example/'],
    ['https://a.example/', 'http://127.0.0.1/'],
    ['https://127.0.0.1:1/', 'http://127.0.0.1:2/'],
    ['http://a.example/', 'http://b.example/'],
    ['http://127.0.0.1:1/', 'http://169.254.169.254/latest/meta-data/'],
    ['https://a.example/', 'https://user:pass@b.example/'],
    ['https://a.example/', 'file:///etc/passwd'],
    ['https://a.example/', 'https://'],
    ['https://a.example/', undefined],
  ])('from %s to %s is refused', (from, location) => {
    expect(() => hop(from, location)).toThrow(/redirects/);
  });
});

test('a redirect to another origin is refused where the answer must be of this one', async () => {
  const other = await serve((_, response) => answer(response, 200, {}));
  const { base } = await redirecting(other.base);
  const request = { operation: 'x', path: '/', sameOrigin: true };
  await expect(clientFor(base).send(request)).rejects.toMatchObject({ code: 'redirect' });
  expect(other.seen).toEqual([]);
});

test('a redirect within the origin is followed even there', async () => {
  const { base } = await serve((request, response) => {
    if (request.url === '/') response.writeHead(302, { location: '/new' }).end();
    else answer(response, 200, {});
  });
  const request = { operation: 'x', path: '/', sameOrigin: true };
  expect((await clientFor(base).send(request)).url).toBe(`${base}/new`);
});
