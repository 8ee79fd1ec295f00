import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/http/http.ts';
import { httpErrors } from '../../src/http/http-errors.ts';
import { redaction } from '../../src/http/redaction.ts';
import { secret } from '../../src/http/secret.ts';
import { answer, clientFor, serve } from './support/serve.ts';

const token = 'sup3r-s3cret"tok&n';

/** Everything of an error that anybody could print. */
function printed(error: unknown): string {
  const { stack, cause, ...fields } = error as Error & { cause?: unknown };
  return [String(error), stack, inspect(error), inspect(cause), JSON.stringify(fields)].join('\n');
}

test.each([
  ['Bearer', `Bearer ${token}`],
  ['Basic', `Basic ${Buffer.from(`user:${token}`).toString('base64')}`],
  ['a bare key', token],
])('a %s credential that the server repeats is in no error', async (_title, credential) => {
  const { base } = await serve((request, response) =>
    answer(
      response,
      500,
      {
        message: `bad credential ${request.headers.authorization} ${token} ${encodeURIComponent(token)}`,
      },
      { 'x-echo': encodeURIComponent(request.headers.authorization ?? '') },
    ),
  );
  const client = clientFor(base, { authorize: async () => secret(credential) });
  const error = await client.send({ operation: 'x', path: '/' }).catch((thrown) => thrown);
  expect(error.body).toContain('***');
  const all = `${printed(error)} ${httpErrors.detailOf(error)}`;
  for (const form of [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)]) {
    expect(all).not.toContain(form);
  }
  expect(all).not.toContain(credential.split(' ').at(-1));
});

test('a secret of a form that the server repeats is in no error', async () => {
  const { base } = await serve((_, response) => answer(response, 400, { error: `no ${token}` }));
  const form = { user: 'u', password: secret(token) };
  const sent = clientFor(base).send({ operation: 'x', path: '/', method: 'POST', form });
  const error = await sent.catch((thrown) => thrown);
  expect(httpErrors.detailOf(error)).toBe('HTTP 400: no ***');
  expect(printed(error)).not.toContain(token);
});

test('no half of a secret is left where the body is cut', async () => {
  const long = 'k'.repeat(3000);
  const { base } = await serve((_, response) => answer(response, 403, `${long} `.repeat(20)));
  const client = clientFor(base, { authorize: async () => secret(`Bearer ${long}`) });
  const error = await client.send({ operation: 'x', path: '/' }).catch((thrown) => thrown);
  expect(error.body).toBe('*** '.repeat(20));
});

test('an exchange is told without query values, users or secrets', async () => {
  const { base } = await serve((request, response) => {
    if (request.url?.startsWith('/first')) {
      response.writeHead(302, { location: `/t/${encodeURIComponent(token)}?sig=abc` }).end();
    } else answer(response, 404, {});
  });
  const exchanges: Exchange[] = [];
  const client = clientFor(base, {
    authorize: async () => secret(`Bearer ${token}`),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const request = { operation: 'x', path: '/first', query: { q: 'hidden' }, expected: [404] };
  await client.send(request);
  expect(exchanges.map(({ method, url, status }) => `${method} ${url} ${status}`)).toEqual([
    `GET ${base}/first?q=… 302`,
    `GET ${base}/t/***?sig=… 404`,
  ]);
  for (const { ms } of exchanges) expect(ms).toBeGreaterThanOrEqual(0);
});

test('an exchange without an answer is told with status 0', async () => {
  const { base } = await serve((request) => request.socket.destroy());
  const statuses: number[] = [];
  const client = clientFor(base, {
    retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
    onExchange: ({ status }) => statuses.push(status),
  });
  await client.send({ operation: 'x', path: '/' }).catch(() => undefined);
  expect(statuses).toEqual([0]);
});

test('the whole of a secret goes, though another is a part of it', () => {
  const { remember, redacted } = redaction();
  for (const clear of ['abc', 'abcdef']) remember(secret(clear));
  expect(redacted('x abcdef abc y')).toBe('x *** *** y');
});
