import { getEventListeners } from 'node:events';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { expect, test, vi } from 'vitest';
import { transport } from '../../src/providers/acr/wire/transport.ts';
import { type Handler, serve } from '../http/support/serve.ts';

const body = JSON.stringify({ value: 'a'.repeat(50_000) });

/** The end of the pipeline before a server, asked as the pipeline itself asks. */
async function before(handler: Handler, longest = 60_000) {
  const { base, seen, connections } = await serve(handler);
  const end = new AbortController();
  const wire = await transport({
    origin: base,
    registry: 'acr://x',
    context: {
      signal: end.signal,
      retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
      progress: () => undefined,
      environment: {},
    },
    longest,
  });
  const ask = async () => {
    const url = `${base.replace('http:', 'https:')}/x`;
    const request = createPipelineRequest({ url });
    request.headers.set('accept-encoding', 'gzip,deflate');
    return (await wire.sendRequest(request)).bodyAsText;
  };
  return { ask, wire, end, seen, connections };
}

test.each([
  ['br', brotliCompressSync(body)],
  ['gzip', gzipSync(body)],
  ['identity', Buffer.from(body)],
])('an answer in %s is read', async (encoding, bytes) => {
  const { ask, seen } = await before((_, response) =>
    response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
  );
  expect(await ask()).toBe(body);
  expect(seen[0]?.headers['accept-encoding']).toBe('br');
});

test.each([
  ['gzip', gzipSync(body)],
  ['br', brotliCompressSync(body)],
  ['identity', Buffer.from(body)],
])(
  'an answer in %s that breaks off is an error, and no call without end',
  async (encoding, bytes) => {
    const { ask } = await before((request, response) => {
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': bytes.length });
      response.write(bytes.subarray(0, 20), () => request.socket.destroy());
    });
    await expect(ask()).rejects.toMatchObject({ code: 'unreachable' });
  },
);

test('an answer that begins and never ends is given up', async () => {
  const { ask } = await before((_, response) => {
    response.writeHead(200).write('{');
  }, 200);
  await expect(ask()).rejects.toMatchObject({ code: 'timeout' });
});

test('an answer in an encoding that was not offered is undecodable', async () => {
  const { ask } = await before((_, response) =>
    response.writeHead(200, { 'content-encoding': 'zstd', 'content-length': 2 }).end('{}'),
  );
  await expect(ask()).rejects.toMatchObject({ code: 'undecodable' });
});

test.each([
  ['closing it', false],
  ['the signal', true],
])('%s ends its connections, and nothing listens on', async (_, bySignal) => {
  const { ask, wire, end, connections } = await before((_, response) => response.end('{}'));
  await ask();
  expect(connections()).toBe(1);
  expect(getEventListeners(end.signal, 'abort').length).toBe(1);
  if (bySignal) end.abort();
  else wire.close();
  await vi.waitFor(() => expect(connections()).toBe(0));
  expect(getEventListeners(end.signal, 'abort')).toEqual([]);
});
