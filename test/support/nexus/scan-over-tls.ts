import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Estate } from '../../../src/demo/nexus/estate.ts';
import { environmentOf, nexusAnswers } from '../../../src/demo/nexus/serve-estate.ts';
import { provider } from '../../../src/providers/nexus/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

const file = (name: string) => fileURLToPath(new URL(`../tls/${name}.test-only`, import.meta.url));

/** Scans an estate over HTTPS at `localhost`, whose authority the scan trusts. */
export async function scanNexusOverTls(estate: Estate, options: ScanOptions = {}): Promise<Scan> {
  const { answer, calls, unmetFaults } = nexusAnswers(estate);
  const server = createServer(
    {
      key: readFileSync(`${file('localhost')}.key`),
      cert: readFileSync(`${file('localhost')}.pem`),
    },
    (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const method = request.method ?? 'GET';
      const said = answer({ method, path: pathname, query: searchParams, headers, body: '' });
      response.writeHead(said.status, { ...said.headers }).end(said.body);
    },
  );
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const environment = environmentOf(estate);
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  const context = { environment, caFile: `${file('ca')}.pem`, ...options.context };
  return scanProvider(
    provider,
    { environment, asOf: estate.asOf, calls, unmetFaults, close },
    { address: `localhost:${port}`, ...options, context },
  );
}
