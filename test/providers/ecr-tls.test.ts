import { readFileSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { HttpRequest } from '@smithy/core/protocols';
import { expect, onTestFinished, test } from 'vitest';
import type { TlsInput } from '../../src/http/tls-material.ts';
import { requestHandler } from '../../src/providers/ecr/wire/request-handler.ts';
import { answer, serve } from '../http/support/serve.ts';

const file = (name: string) => fileURLToPath(new URL(`../support/tls/${name}`, import.meta.url));
const certFile = file('localhost.test-only.pem');
const keyFile = file('localhost.test-only.key');
const certificate = {
  cert: readFileSync(certFile, 'utf8'),
  key: readFileSync(keyFile, 'utf8'),
};

async function asked(tls: Omit<TlsInput, 'environment'>) {
  const options = { ...certificate, requestCert: true, rejectUnauthorized: false };
  const { base, seen } = await serve((_, response) => answer(response, 200, {}), options);
  const connections = requestHandler({ sockets: 1, tls: { ...tls, environment: {} } });
  onTestFinished(() => connections.destroy());
  const { hostname, port } = new URL(base);
  const request = new HttpRequest({ protocol: 'https:', hostname, port: Number(port), path: '/' });
  const { response } = await connections.handle(request);
  return { status: response.statusCode, socket: seen[0]?.socket as TLSSocket };
}

test('--ca-file holds for the SDK of AWS', async () => {
  const { status } = await asked({ caFile: file('ca.test-only.pem') });
  expect(status).toBe(200);
});

test.each([
  ['without it', {}],
  ['with another', { caFile: file('other-ca.test-only.pem') }],
])('%s a server of an own authority is refused', async (_, tls) => {
  await expect(asked(tls)).rejects.toThrow(/certificate|issuer/);
});

test('--client-cert is shown by the SDK of AWS', async () => {
  const clientCertificate = { certFile, keyFile };
  const { socket } = await asked({ caFile: file('ca.test-only.pem'), clientCertificate });
  expect(socket.getPeerCertificate().raw).toBeInstanceOf(Buffer);
});
