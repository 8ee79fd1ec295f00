import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { demoSecret, harborAnswers } from '../../../src/demo/harbor/answers.ts';
import type { Estate } from '../../../src/demo/harbor/estate.ts';
import { provider } from '../../../src/providers/harbor/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

const file = (name: string) => fileURLToPath(new URL(`../tls/${name}.test-only`, import.meta.url));

/** The authority that vouches for the certificate of the server. */
export const caFile = `${file('ca')}.pem`;

/** The address of the server, as an instance gives it out. */
export const ownAddress = (port: number) => `https://localhost:${port}`;

/**
 * Scans an estate over HTTPS at `localhost`. `external`: where the instance sends its clients; by default
 * to itself. The scan trusts `caFile`, unless its options say otherwise.
 */
export async function scanOverTls(
  estate: Estate,
  options: ScanOptions = {},
  external = ownAddress,
): Promise<Scan> {
  const server = createServer({
    key: readFileSync(`${file('localhost')}.key`),
    cert: readFileSync(`${file('localhost')}.pem`),
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const info = { ...estate.info, external_url: external(port) };
  const { answer, calls, unmetFaults } = harborAnswers({ ...estate, info });
  server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const method = request.method ?? 'GET';
    const said = answer({ method, path: pathname, query: searchParams, headers, body: '' });
    response.writeHead(said.status, { ...said.headers });
    response.end(said.body);
  });
  return scanProvider(
    provider,
    {
      environment: { HARBOR_USERNAME: estate.caller.name, HARBOR_PASSWORD: demoSecret },
      asOf: estate.asOf,
      calls,
      unmetFaults,
      close: async () => {
        server.closeAllConnections();
        server.close();
      },
    },
    { address: `localhost:${port}`, ...options, context: { caFile, ...options.context } },
  );
}
