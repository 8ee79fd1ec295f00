import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { answer, clientFor, serve } from './support/serve.ts';

const file = (name: string) =>
  fileURLToPath(new URL(`../support/tls/${name}.test-only.pem`, import.meta.url));
const certificate = {
  cert: readFileSync(file('localhost'), 'utf8'),
  key: readFileSync(file('localhost').replace(/pem$/, 'key'), 'utf8'),
};
const get = { operation: 'x', path: '/' } as const;
const serveTls = () => serve((_, response) => answer(response, 200, { ok: true }), certificate);

describe('a server with a certificate of an own authority', () => {
  test('is trusted when --ca-file names it', async () => {
    const { base } = await serveTls();
    const client = clientFor(base, { caFile: file('ca') });
    expect(await client.json(get)).toEqual({ ok: true });
  });

  test.each([
    ['nothing names it', undefined],
    ['--ca-file names another', file('other-ca')],
  ])('is refused when %s', async (_title, caFile) => {
    const { base, seen } = await serveTls();
    const sent = clientFor(base, { caFile }).send(get);
    await expect(sent).rejects.toMatchObject({ code: 'tls', status: 0 });
    expect(seen).toEqual([]);
  });

  test('is refused under another name', async () => {
    const { base } = await serveTls();
    const client = clientFor(base.replace('localhost', '127.0.0.1'), { caFile: file('ca') });
    await expect(client.send(get)).rejects.toMatchObject({ code: 'tls' });
  });

  test('is refused though the environment says not to verify', async () => {
    const { base } = await serveTls();
    const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const sent = clientFor(base, { environment }).send(get);
      await expect(sent).rejects.toMatchObject({ code: 'tls' });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  test('is trusted when NODE_EXTRA_CA_CERTS names it besides the file', async () => {
    const { base } = await serveTls();
    const environment = { NODE_EXTRA_CA_CERTS: file('ca') };
    const client = clientFor(base, { caFile: file('other-ca'), environment });
    expect(await client.json(get)).toEqual({ ok: true });
  });
});

test.each(['/nowhere/ca.pem', fileURLToPath(import.meta.url)])(
  'a certificate file that is none is said, not passed over',
  async (caFile) => {
    const { base } = await serveTls();
    const sent = clientFor(base, { caFile }).send(get);
    await expect(sent).rejects.toMatchObject({ code: 'tls' });
    await expect(clientFor(base, { caFile }).send(get)).rejects.toThrow('--ca-file');
  },
);

describe('a server that asks for a certificate', () => {
  const own = {
    certFile: file('localhost'),
    keyFile: file('localhost').replace(/pem$/, 'key'),
  };
  const asking = () =>
    serve(
      (request, response) => {
        const { subject } = (request.socket as TLSSocket).getPeerCertificate();
        answer(response, 200, { shown: subject?.CN ?? null });
      },
      { ...certificate, requestCert: true, rejectUnauthorized: false },
    );

  test('is shown that of --client-cert', async () => {
    const { base } = await asking();
    const client = clientFor(base, { caFile: file('ca'), clientCertificate: own });
    expect(await client.json(get)).toEqual({ shown: 'regaudit test-only localhost' });
    const bare = clientFor(base, { caFile: file('ca') });
    expect(await bare.json(get)).toEqual({ shown: null });
  });

  test('is shown none where another registry redirects to it', async () => {
    const blobs = await asking();
    const { base } = await serve((_, response) =>
      response.writeHead(302, { location: `${blobs.base}/` }).end(),
    );
    const client = clientFor(base, { caFile: file('ca'), clientCertificate: own });
    expect(await client.json({ ...get, sameOrigin: false })).toEqual({ shown: null });
  });

  test.each([
    ['a key that is none', { ...own, keyFile: own.certFile }],
    ['a file that is not there', { ...own, certFile: '/nowhere/client.pem' }],
  ])('gets nothing where there is %s', async (_, clientCertificate) => {
    const { base, seen } = await asking();
    const sent = clientFor(base, { caFile: file('ca'), clientCertificate }).send(get);
    await expect(sent).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringContaining('--client-cert'),
    });
    expect(seen).toEqual([]);
  });
});

test('a redirect from https to http is not followed', async () => {
  const plain = await serve((_, response) => answer(response, 200, {}));
  const { base } = await serve(
    (_, response) => response.writeHead(302, { location: plain.base }).end(),
    certificate,
  );
  const sent = clientFor(base, { caFile: file('ca') }).send(get);
  await expect(sent).rejects.toMatchObject({ code: 'redirect' });
  expect(plain.seen).toEqual([]);
});

test('a server that does not answer the handshake is cut when the time to connect is over', async () => {
  const mute = createServer((socket) => socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const address = mute.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = clientFor(`https://127.0.0.1:${port}`, {
    timeouts: { connect: 200 },
    retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
  });
  await expect(client.send(get)).rejects.toMatchObject({ code: 'timeout' });
  await client.close();
  await new Promise((resolve) => mute.close(resolve));
});
