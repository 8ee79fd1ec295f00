import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { decodings } from '../../src/http/escapes.ts';
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

const go = 'R&D<prod>2026';
const forms = (clear: string) => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const hex = (text: string) =>
    [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return [
    clear,
    clear.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
    clear.replaceAll('&', '\\u0026').replaceAll('<', '\\u003C').replaceAll('>', '\\u003E'),
    hex(clear),
    hex(clear).replaceAll('\\', '\\\\'),
    encodeURIComponent(clear),
    encodeURIComponent(clear).replace(/%../g, (byte) => byte.toLowerCase()),
    encodeURIComponent(encodeURIComponent(clear)),
    clear.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&#62;'),
    base64(clear),
    base64(clear).replace(/=+$/, ''),
    base64(`user:${clear}`),
    base64(`user:${clear}`).replace(/=+$/, ''),
    base64(`jane.doe@example.org:${clear}`),
    Buffer.from(`user:${clear}`).toString('base64url'),
    encodeURIComponent(base64(`user:${clear}`)),
  ];
};

test.each(forms(go))('a password that a server repeats as %s is in no error', async (form) => {
  const { base } = await serve((_, response) => {
    response.writeHead(403, { 'x-echo': form });
    response.end(`{"errors":[{"message":"bad \\"${form}\\" given"}]}`);
  });
  const credential = secret(`Basic ${Buffer.from(`user:${go}`).toString('base64')}`);
  const client = clientFor(base, { authorize: async () => credential });
  const error = await client.send({ operation: 'x', path: '/' }).catch((thrown) => thrown);
  const said = `${printed(error)} ${httpErrors.detailOf(error)}`;
  for (const other of [go, form]) expect(said).not.toContain(other);
  expect(httpErrors.detailOf(error)).toContain('bad');
});

test.each(forms(go))('a password that a server repeats as %s is in no response', async (form) => {
  const { base } = await serve((_, response) =>
    answer(response, 200, [{ name: `team/${form}`, [`key ${form}`]: { deep: [form] } }]),
  );
  const credential = secret(`Basic ${Buffer.from(`user:${go}`).toString('base64')}`);
  const client = clientFor(base, { authorize: async () => credential });
  const { text, json } = await client.send({ operation: 'x', path: '/' });
  for (const said of [text, JSON.stringify(json())]) {
    for (const other of [go, form]) expect(said).not.toContain(other);
  }
  expect(JSON.stringify(json())).toContain('team/');
});

test.each(forms(go))('a password that a server repeats as %s is in no header', async (form) => {
  const { base } = await serve((_, response) => {
    response.writeHead(200, { link: `<http://${form}.example.org/p2>; rel="next"` });
    response.end('[]');
  });
  const credential = secret(`Basic ${Buffer.from(`user:${go}`).toString('base64')}`);
  const client = clientFor(base, { authorize: async () => credential });
  const { headers } = await client.send({ operation: 'x', path: '/' });
  for (const other of [go, form]) expect(JSON.stringify(headers)).not.toContain(other);
  expect(headers['link']).toContain('rel="next"');
});

test('a challenge with a password in it reaches nobody whole', async () => {
  const { base } = await serve((_, response) => {
    response.writeHead(401, { 'www-authenticate': `Bearer realm="https://${go}.example.org"` });
    response.end();
  });
  const credential = secret(`Basic ${Buffer.from(`user:${go}`).toString('base64')}`);
  const challenges: string[] = [];
  const client = clientFor(base, {
    authorize: async (_request, _renewed, challenge) => {
      if (challenge !== undefined) challenges.push(challenge);
      return credential;
    },
  });
  await client.send({ operation: 'x', path: '/' }).catch(() => undefined);
  expect(challenges).toHaveLength(1);
  expect(challenges[0]).not.toContain(go);
});

test('who gives a secret gets one back, and a short secret is not taken for a word of an answer', async () => {
  const { base } = await serve((_, response) => answer(response, 200, { token: go, mode: 'on' }));
  const client = clientFor(base, { authorize: async () => secret('Bearer on') });
  const path = { operation: 'x', path: '/' };
  const form = { password: secret(go) };
  const signedIn = await client.json({ ...path, method: 'POST', form });
  expect(signedIn).toEqual({ token: go, mode: 'on' });
  expect(await client.json(path)).toEqual({ token: '***', mode: 'on' });
});

test('where a server redirects with a secret in the address, nobody is told', async () => {
  const { base } = await serve((_, response) =>
    response.writeHead(302, { location: `https://elsewhere.example/${go}?p=${go}` }).end(),
  );
  const client = clientFor(base, { authorize: async () => secret(go) });
  const error = await client.send({ operation: 'x', path: '/' }).catch((thrown) => thrown);
  expect(printed(error)).not.toContain('elsewhere');
});

test('text without escapes has no other meaning, and escapes are undone thrice at most', () => {
  expect(decodings('a b')).toEqual([]);
  expect(decodings('%2525252525')).toHaveLength(3);
  expect(decodings('\\u0026amp;%zz&unknown;&#x110000;')).toContain('&%zz&unknown;&#x110000;');
});

test('secrets at several levels of escapes in one text are all found', () => {
  const { remember, redacted, redactedJson } = redaction();
  const password = 'p4ss&w0rd+long/enough';
  remember(secret(`Basic ${Buffer.from(`user:${password}`).toString('base64')}`));
  const once = encodeURIComponent(password);
  const text = `a ${once} b ${encodeURIComponent(once)} c ${once.replace(/%/g, '\\u0025')} d`;
  for (const clean of [redacted(text), JSON.stringify(redactedJson([text]))]) {
    expect([clean, ...decodings(clean)].filter((one) => one.includes('w0rd'))).toEqual([]);
    expect(clean.match(/\*\*\*/g)).toHaveLength(3);
  }
});

test.each([
  ['a', 'access to a path: a, "a" and pass=a', 'access to *** path: ***, "***" and pass=***'],
  ['ab', 'ab about ab', '*** about ***'],
  ['pass', 'bypass', 'by***'],
])('the secret %j is masked, and no letters of other words', (value, text, masked) => {
  const { remember, redacted } = redaction();
  remember(secret(value));
  expect(redacted(text)).toBe(masked);
});
