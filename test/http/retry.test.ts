import { expect, test } from 'vitest';
import { adviceOf, longestWait, nextTry } from '../../src/http/retry.ts';
import { answer, clientFor, serve } from './support/serve.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const inTenSeconds = 'Thu, 01 Jan 2026 00:00:10 GMT';

test.each([
  [{}, null],
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': inTenSeconds }, 10_000],
  [{ 'retry-after': inTenSeconds, date: 'Thu, 01 Jan 2026 00:00:04 GMT' }, 6000],
  [{ 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '-3' }, null],
  [{ 'retry-after': '' }, null],
  [{ 'x-retry-after': String(now / 1000 + 20) }, 20_000],
  [{ 'x-retry-after': String(now / 1000 + 20), 'retry-after': '1' }, 20_000],
  [{ 'x-retry-after': String(now / 1000 - 20) }, 0],
  [{ 'retry-after': String(now / 1000 + 4) }, 4000],
  [{ 'retry-after': String(now / 1000 + 4), date: 'Thu, 01 Jan 2026 00:00:01 GMT' }, 3000],
  [{ 'retry-after': String(now / 1000 - 4) }, 0],
  [{ 'retry-after': '999999999' }, 999_999_999_000],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 30) }, 30_000],
  [{ 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': String(now / 1000 + 30) }, null],
  [{ 'x-ratelimit-remaining': '0', 'retry-after': '5', 'x-ratelimit-reset': '9999999999' }, 5000],
])('the advice of %j is %j ms', (headers, wait) => {
  expect(adviceOf(headers as Record<string, string>, now)).toBe(wait);
});

const retryPolicy = { maxAttempts: 8, baseDelay: 100, waits: true };
const after = (status: number, headers = {}, method = 'GET', tries = 1) =>
  nextTry({ status, headers }, method, tries, retryPolicy, now);

test.each([
  [429, 'GET', true],
  [500, 'GET', true],
  [502, 'HEAD', true],
  [501, 'GET', false],
  [505, 'GET', false],
  [404, 'GET', false],
  [429, 'POST', true],
  [503, 'POST', true],
  [500, 'POST', false],
  [502, 'POST', false],
])('HTTP %i to a %s is tried again: %j', (status, method, again) => {
  expect(after(status, {}, method).again).toBe(again);
});

test.each([
  ['unreachable', true, 'GET', true],
  ['timeout', true, 'GET', true],
  ['unreachable', true, 'POST', false],
  ['unreachable', false, 'POST', true],
  ['tls', false, 'GET', false],
  ['too-large', true, 'GET', false],
  ['redirect', true, 'GET', false],
])('a failure %s (sent: %j) of a %s is tried again: %j', (code, sent, method, again) => {
  expect(nextTry({ code, sent }, method, 1, retryPolicy, now).again).toBe(again);
});

test('throttling is waited for longer than failure', () => {
  expect([after(500, {}, 'GET', 2).again, after(500, {}, 'GET', 3).again]).toEqual([true, false]);
  expect([after(429, {}, 'GET', 7).again, after(429, {}, 'GET', 8).again]).toEqual([true, false]);
});

test('advice is followed up to the longest wait, and beyond it there is no other try', () => {
  expect(after(429, { 'retry-after': '60' })).toMatchObject({ wait: longestWait, throttled: true });
  expect(after(429, { 'retry-after': '61' })).toEqual({ again: false });
  expect(after(503, { 'retry-after': '3600' })).toEqual({ again: false });
});

test.each([
  [3601, true],
  [3600, false],
  [1, false],
])('an hour is waited for where the scan may take %i s: %j', (seconds, again) => {
  const waitsUntil = now + seconds * 1000;
  const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 3600) };
  const next = nextTry(
    { status: 403, headers: reset },
    'GET',
    1,
    { ...retryPolicy, waitsUntil },
    now,
  );
  expect(next).toMatchObject(again ? { again, wait: 3_600_000, throttled: true } : { again });
});

test('without advice the wait grows, and is never longer than the longest', () => {
  for (const tries of [1, 4, 7]) {
    const next = after(429, {}, 'GET', tries);
    expect(next.again && next.wait).toBeLessThanOrEqual(100 * 2 ** tries);
  }
  const huge = nextTry(
    { status: 429, headers: {} },
    'GET',
    1,
    { ...retryPolicy, baseDelay: 1e9 },
    now,
  );
  expect(huge.again && huge.wait).toBeLessThanOrEqual(longestWait);
});

test('a throttled call is tried again and told of', async () => {
  let left = 2;
  const { base, seen } = await serve((_, response) => {
    left -= 1;
    if (left >= 0) answer(response, 429, {}, { 'retry-after': '1' });
    else answer(response, 200, { ok: true });
  });
  const throttled: string[] = [];
  const client = clientFor(base, { onThrottled: (operation) => throttled.push(operation) });
  expect(await client.json({ operation: 'list', path: '/' })).toEqual({ ok: true });
  expect([seen.length, client.calls(), throttled]).toEqual([3, 1, ['list', 'list']]);
});

test('a client that waits, waits as long as it is told', async () => {
  let first = true;
  const { base } = await serve((_, response) => {
    if (first) answer(response, 429, {}, { 'retry-after': '1' });
    else answer(response, 200, {});
    first = false;
  });
  const client = clientFor(base, { retryPolicy: { maxAttempts: 2, baseDelay: 1, waits: true } });
  const start = performance.now();
  await client.json({ operation: 'list', path: '/' });
  expect(performance.now() - start).toBeGreaterThan(950);
});

test('advice longer than the cap counts as throttled at once', async () => {
  const { base, seen } = await serve((_, response) =>
    answer(response, 429, {}, { 'retry-after': '86400' }),
  );
  const sent = clientFor(base).send({ operation: 'x', path: '/' });
  await expect(sent).rejects.toMatchObject({ code: '429' });
  expect(seen).toHaveLength(1);
});

test('a connection that is cut is tried again for a read, not for a POST', async () => {
  const { base, seen } = await serve((request) => request.socket.destroy());
  const client = clientFor(base);
  const gone = { code: 'unreachable', status: 0 };
  await expect(client.send({ operation: 'x', path: '/' })).rejects.toMatchObject(gone);
  expect(seen).toHaveLength(3);
  const post = { operation: 'x', path: '/', method: 'POST', json: {} } as const;
  await expect(client.send(post)).rejects.toMatchObject(gone);
  expect(seen).toHaveLength(4);
});

test('an answer that breaks off is no answer', async () => {
  const { base } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"half":');
    setTimeout(() => response.destroy(), 5);
  });
  const sent = clientFor(base).send({ operation: 'x', path: '/' });
  await expect(sent).rejects.toMatchObject({ code: 'unreachable' });
});

test('nobody at the address is unreachable, and says why', async () => {
  const sent = clientFor('http://127.0.0.1:1').send({ operation: 'x', path: '/' });
  await expect(sent).rejects.toThrow('ECONNREFUSED');
});

test('an abort ends what is under way, what waits for its turn and what waits to try again', async () => {
  const { base, seen } = await serve((request, response) => {
    if (request.url === '/throttled') answer(response, 429, {}, { 'retry-after': '50' });
  });
  const scan = new AbortController();
  const patient = { maxAttempts: 3, baseDelay: 1, waits: true };
  const client = clientFor(base, { signal: scan.signal, concurrency: 2, retryPolicy: patient });
  const send = (path: string) => client.send({ operation: 'x', path }).catch(({ code }) => code);
  const throttled = send('/throttled');
  const under = [send('/hangs')];
  while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  under.push(send('/hangs'), send('/hangs'));
  scan.abort();
  expect(await Promise.all([throttled, ...under])).toEqual(Array(4).fill('aborted'));
  expect(await send('/later')).toBe('aborted');
});

test('no more requests are in flight than allowed', async () => {
  let running = 0;
  let most = 0;
  const { base } = await serve((_, response) => {
    running += 1;
    most = Math.max(most, running);
    setTimeout(() => {
      running -= 1;
      answer(response, 200, {});
    }, 10);
  });
  const client = clientFor(base, { concurrency: 3 });
  await Promise.all(Array.from({ length: 12 }, () => client.send({ operation: 'x', path: '/' })));
  expect(most).toBe(3);
});

test('a 403 that is one of a rate limit is waited for, and every other is not', () => {
  const limited = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 30) };
  expect(after(403, limited)).toMatchObject({ again: true, throttled: true, wait: 30_000 });
  expect(after(403, { 'retry-after': '2' })).toMatchObject({ again: true, throttled: true });
  expect(after(403, { 'x-ratelimit-remaining': '4999' })).toEqual({ again: false });
  const late = { ...limited, 'x-ratelimit-reset': String(now / 1000 + 3600) };
  expect(after(403, late)).toEqual({ again: false });
});
