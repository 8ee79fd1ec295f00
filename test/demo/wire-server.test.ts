import { describe, expect, it } from 'vitest';
import { serve, type WireRequest } from '../../src/demo/wire-server.ts';

const ok = { status: 200, headers: { 'x-vendor': 'none' }, body: 'fine' };

describe('the loopback server', () => {
  it('hands on the whole request and sends the answer', async () => {
    const seen: WireRequest[] = [];
    const { url, close } = await serve((request) => {
      seen.push(request);
      return { ...ok, status: 201 };
    });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${url}/a/b?c=1`, {
      method: 'PUT',
      headers: { 'X-Sent': 'yes' },
      body: 'grüße',
    });
    await close();
    expect(response.status).toBe(201);
    expect(response.headers.get('x-vendor')).toBe('none');
    const [request] = seen;
    expect(request).toMatchObject({ method: 'PUT', path: '/a/b', body: 'grüße' });
    expect(request?.query.get('c')).toBe('1');
    expect(request?.headers['x-sent']).toBe('yes');
  });

  it('sends bytes as they are', async () => {
    const bytes = Uint8Array.of(0, 255, 128);
    const { url, close } = await serve(() => ({ ...ok, body: bytes }));
    const answer = await (await fetch(url)).arrayBuffer();
    await close();
    expect(new Uint8Array(answer)).toEqual(bytes);
  });

  it('answers 500 when the answerer fails', async () => {
    const { url, close } = await serve(() => Promise.reject(new Error('no idea')));
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([500, 'no idea']);
    await close();
  });

  it.each(['before-answer', 'within-body'] as const)('cuts the connection %s', async (cut) => {
    const { url, close } = await serve(() => ({ ...ok, cut }));
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
    await close();
  });

  it('ends the connection of a request that is too large', async () => {
    const { url, close } = await serve(() => ok);
    const body = 'x'.repeat(1024 * 1024 + 1);
    await expect(fetch(url, { method: 'POST', body })).rejects.toThrow();
    await expect(fetch(url).then((response) => response.text())).resolves.toBe('fine');
    await close();
  });

  it('closes at once, though an answer is under way', async () => {
    const { url, close } = await serve(() => ({ ...ok, delay: 60_000 }));
    const asked = fetch(url).then(
      () => 'answered',
      () => 'ended',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const start = performance.now();
    await close();
    expect(await asked).toBe('ended');
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
