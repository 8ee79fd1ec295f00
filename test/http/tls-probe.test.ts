import { readFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { servesPlainHttp, tlsSight } from '../../src/http/tls-probe.ts';

const file = (name: string) =>
  fileURLToPath(new URL(`../support/tls/${name}.test-only`, import.meta.url));
const certificate = {
  key: readFileSync(`${file('localhost')}.key`, 'utf8'),
  cert: readFileSync(`${file('localhost')}.pem`, 'utf8'),
};
const caFile = `${file('ca')}.pem`;
const { signal } = new AbortController();

/** A server on loopback for one test. Out: its port. */
async function listening(options: ServerOptions | null, status = 200): Promise<number> {
  const answer = (_: unknown, response: { writeHead: (code: number) => void; end: () => void }) => {
    response.writeHead(status);
    response.end();
  };
  const server =
    options === null
      ? createPlainServer(answer)
      : createServer({ ...certificate, ...options }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  server.on('tlsClientError', () => undefined);
  return (server.address() as AddressInfo).port;
}

test('a modern server with a certificate of the given authority', async () => {
  const port = await listening({ minVersion: 'TLSv1.2' });
  const sight = await tlsSight({ host: 'localhost', port, caFile, signal });
  expect(sight).toMatchObject({ untrusted: null, acceptsOld: false });
  expect(sight.certificateEnds).toMatch(/^\d{4}-\d{2}-\d{2}T/);
});

test('a certificate of an authority nobody named', async () => {
  const port = await listening({ minVersion: 'TLSv1.2' });
  const { untrusted } = await tlsSight({ host: 'localhost', port, caFile: undefined, signal });
  expect(untrusted).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED|unable to verify/i);
});

test('a certificate for another name', async () => {
  const port = await listening({ minVersion: 'TLSv1.2' });
  const { untrusted } = await tlsSight({ host: '127.0.0.1', port, caFile, signal });
  expect(untrusted).toMatch(/ALTNAME/);
});

test('a server that still accepts TLS 1.1', async () => {
  const port = await listening({ minVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' });
  const { acceptsOld } = await tlsSight({ host: 'localhost', port, caFile, signal });
  expect(acceptsOld).toBe(true);
});

test('a port on which nobody listens, and one that speaks no TLS, are no answer', async () => {
  const plain = await listening(null);
  await expect(tlsSight({ host: 'localhost', port: plain, caFile, signal })).rejects.toThrow();
  await expect(tlsSight({ host: 'localhost', port: 1, caFile, signal })).rejects.toThrow();
});

test('a scan that is cut short ends the handshake', async () => {
  const cut = new AbortController();
  const port = await listening({});
  cut.abort();
  const looking = tlsSight({ host: 'localhost', port, caFile, signal: cut.signal });
  await expect(looking).rejects.toThrow('interrupted');
});

test.each([
  [200, true],
  [401, true],
  [308, false],
  [404, false],
])('plain HTTP that answers %i is served: %s', async (status, served) => {
  const port = await listening(null, status);
  expect(await servesPlainHttp('127.0.0.1', port, '/')).toBe(served);
});

test('plain HTTP on a port where nobody listens is not served', async () => {
  expect(await servesPlainHttp('127.0.0.1', 1, '/')).toBe(false);
});
