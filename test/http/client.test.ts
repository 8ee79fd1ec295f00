import { expect, test } from 'vitest';
import { secret } from '../../src/http/secret.ts';
import { answer, clientFor, serve } from './support/serve.ts';

test('an answer arrives with status, headers in lower case and JSON', async () => {
  const { base, seen } = await serve((_, response) =>
    answer(response, 200, { name: 'team/app' }, { 'X-Total-Count': '1' }),
  );
  const client = clientFor(`${base}/api/v2.0/`);
  const got = await client.send({
    operation: 'list',
    path: '/projects',
    query: { page: 1, q: 'a b&c', none: undefined },
    headers: { 'x-extra': 'yes' },
  });
  expect(got.status).toBe(200);
  expect(got.headers['x-total-count']).toBe('1');
  expect(got.json()).toEqual({ name: 'team/app' });
  expect(got.url).toBe(`${base}/api/v2.0/projects`);
  expect(seen[0]?.url).toBe('/api/v2.0/projects?page=1&q=a+b%26c');
  expect(seen[0]?.headers).toMatchObject({ accept: 'application/json', 'x-extra': 'yes' });
  expect(client.calls()).toBe(1);
});

test('a form is sent with its secrets in clear, JSON as JSON', async () => {
  const bodies: string[] = [];
  const { base } = await serve((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      bodies.push(`${request.headers['content-type']} ${text}`);
      answer(response, 200, {});
    });
  });
  const client = clientFor(base);
  const form = { grant_type: 'password', password: secret('p&ss') };
  await client.json({ operation: 'token', method: 'POST', path: '/token', form });
  await client.json({ operation: 'query', method: 'POST', path: '/query', json: { n: 1 } });
  expect(bodies).toEqual([
    'application/x-www-form-urlencoded grant_type=password&password=p%26ss',
    'application/json {"n":1}',
  ]);
});

test('a HEAD and a 204 have no body, and that is no JSON error', async () => {
  const { base } = await serve((_, response) => response.writeHead(204).end());
  const client = clientFor(base);
  expect(await client.json({ operation: 'x', path: '/', method: 'HEAD' })).toBeNull();
  expect(await client.json({ operation: 'x', path: '/' })).toBeNull();
});

test('the headers of a HEAD describe a body that is not waited for, nor too large', async () => {
  const headers = { 'content-length': String(1024 ** 4), 'content-encoding': 'gzip' };
  const { base } = await serve((_, response) => response.writeHead(200, headers).end());
  const got = await clientFor(base).send({ operation: 'x', path: '/', method: 'HEAD' });
  expect([got.status, got.text, got.headers['content-length']]).toEqual([200, '', '1099511627776']);
});

test.each([
  [401, '401'],
  [403, '403'],
  [404, '404'],
  [412, '412'],
  [429, '429'],
  [500, '5xx'],
  [501, '5xx'],
])('HTTP %i is an error with the code %s', async (status, code) => {
  const { base } = await serve((_, response) => answer(response, status, { message: 'no' }));
  const sent = clientFor(base).send({ operation: 'x', path: '/x', query: { q: 'v' } });
  await expect(sent).rejects.toMatchObject({ code, status, body: '{"message":"no"}' });
});

test('an expected status is an answer', async () => {
  const { base } = await serve((_, response) => answer(response, 404, {}));
  const got = await clientFor(base).send({ operation: 'x', path: '/x', expected: [404] });
  expect(got.status).toBe(404);
});

test('after a 401 the credential is asked for once more, with the challenge', async () => {
  const { base, seen } = await serve(({ headers }, response) =>
    headers.authorization === 'Bearer second'
      ? answer(response, 200, { ok: true })
      : answer(response, 401, {}, { 'www-authenticate': 'Bearer realm="r"' }),
  );
  const asked: unknown[] = [];
  const client = clientFor(base, {
    authorize: async (_, renewed, challenge) => {
      asked.push([renewed, challenge]);
      return secret(renewed ? 'Bearer second' : 'Bearer first');
    },
  });
  expect(await client.json({ operation: 'x', path: '/x' })).toEqual({ ok: true });
  expect(asked).toEqual([
    [false, undefined],
    [true, 'Bearer realm="r"'],
  ]);
  expect(seen).toHaveLength(2);
  expect(client.calls()).toBe(1);
});

test('a credential refused twice is a refusal', async () => {
  const { base, seen } = await serve((_, response) => answer(response, 401, {}));
  const client = clientFor(base, { authorize: async () => secret('Bearer x') });
  await expect(client.send({ operation: 'x', path: '/x' })).rejects.toMatchObject({ code: '401' });
  expect(seen).toHaveLength(2);
});
