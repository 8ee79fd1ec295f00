import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dockerHubDemo } from '../../src/demo/docker-hub/demo.ts';
import { ociDemo } from '../../src/demo/oci/demo.ts';
import { serve } from '../../src/demo/wire-server.ts';
import { httpClient } from '../../src/http/client.ts';
import { secret } from '../../src/http/secret.ts';
import { scanned } from './support/in-front.ts';

/* What a token service issues goes into a header: a value that no header can hold must end the call. */

const unsendable = ['a\u202eb', 'a\nb', 'a\r\nx-injected: 1', 'a\0b', '\u{1f600}'];

test('calls with a value that no header can hold end, also side by side', async () => {
  const seen: string[] = [];
  const server = await serve(({ headers }) => {
    seen.push(JSON.stringify(headers));
    return { status: 200, headers: {}, body: '{}' };
  });
  let token = 'fine';
  const client = httpClient({
    base: server.url,
    concurrency: 2,
    signal: AbortSignal.timeout(60_000),
    retryPolicy: { maxAttempts: 3, baseDelay: 1, waits: false },
    environment: {},
    authorize: async () => secret(`Bearer ${token}`),
  });
  const send = () => client.send({ operation: 'list', path: '/list' });
  try {
    expect((await send()).status).toBe(200);
    for (token of unsendable) {
      const ended = await Promise.allSettled([send(), send(), send(), send()]);
      for (const one of ended) {
        expect(one).toMatchObject({ status: 'rejected', reason: { code: 'undecodable' } });
        expect(String('reason' in one ? one.reason : '')).toContain('authorization');
      }
    }
    token = 'fine';
    expect((await send()).status).toBe(200);
    expect(seen.join()).not.toContain('injected');
    expect(seen).toHaveLength(2);
  } finally {
    await client.close();
    await server.close();
  }
});

test('the time for a whole call holds for a request that waits for a connection', async () => {
  const server = await serve(() => new Promise(() => undefined));
  const client = httpClient({
    base: server.url,
    concurrency: 1,
    signal: AbortSignal.timeout(60_000),
    retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
    environment: {},
    timeouts: { whole: 200 },
  });
  try {
    const late = client.send({ operation: 'list', path: '/list' });
    await expect(late).rejects.toMatchObject({ code: 'timeout' });
  } finally {
    await client.close();
    await server.close();
  }
});

test.each([
  ['Docker Hub', dockerHubDemo],
  ['a registry with a token service', ociDemo],
] as const)(
  '%s, whose tokens no header can hold, is unknown and comes to its end',
  async (_, demo) => {
    const scan = scanned(await demo(), ({ url = '' }, body) =>
      /token|oauth2/.test(`${url} ${body.slice(0, 200)}`)
        ? (response, { status, headers, body: honest }) => {
            const { 'content-length': _, ...rest } = headers;
            const text = honest
              .toString('utf8')
              .replace(/"(access_token|token|refresh_token)":\s*"/g, '"$1":"\\u202e');
            response.writeHead(status, rest).end(text);
          }
        : undefined,
    );
    const ended = await Promise.race([scan, sleep(60_000, null)]);
    expect(ended?.crashes).toEqual([]);
    expect(ended?.findings.filter(({ verdict }) => verdict === 'unknown')).not.toEqual([]);
  },
);
