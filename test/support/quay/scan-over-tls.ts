import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { quayAnswers } from '../../../src/demo/quay/answers.ts';
import type { Estate } from '../../../src/demo/quay/estate.ts';
import { demoToken } from '../../../src/demo/quay/rights.ts';
import { provider } from '../../../src/providers/quay/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

const file = (name: string) => fileURLToPath(new URL(`../tls/${name}.test-only`, import.meta.url));

/** Scans an estate over HTTPS at `localhost`, which it says that it is, and whose authority the scan trusts. */
export async function scanQuayOverTls(estate: Estate, options: ScanOptions = {}): Promise<Scan> {
  const server = createServer({
    key: readFileSync(`${file('localhost')}.key`),
    cert: readFileSync(`${file('localhost')}.pem`),
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `localhost:${port}`;
  const { answer, calls, unmetFaults } = quayAnswers(estate, host, 'https');
  server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const method = request.method ?? 'GET';
    const said = answer({ method, path: pathname, query: searchParams, headers, body: '' });
    response.writeHead(said.status, { ...said.headers }).end(said.body);
  });
  const environment = { QUAY_TOKEN: demoToken };
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  const context = { environment, caFile: `${file('ca')}.pem`, ...options.context };
  return scanProvider(
    provider,
    { environment, asOf: estate.asOf, calls, unmetFaults, close },
    { address: `${host}/acme`, ...options, context },
  );
}
