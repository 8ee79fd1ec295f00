import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { WireAnswer, WireRequest } from '../../src/demo/wire-server.ts';

const file = (name: string) => fileURLToPath(new URL(`tls/${name}.test-only`, import.meta.url));

/** The authority that vouches for the certificate of the server. */
export const caFile = `${file('ca')}.pem`;

export interface ServerOverTls {
  /** At `localhost`. */
  readonly port: number;
  readonly answerWith: (answer: (request: WireRequest) => WireAnswer) => void;
  readonly close: () => Promise<void>;
}

/** A server that speaks HTTPS on a free port. The port is known before what answers is. */
export async function serverOverTls(): Promise<ServerOverTls> {
  const server = createServer({
    key: readFileSync(`${file('localhost')}.key`),
    cert: readFileSync(`${file('localhost')}.pem`),
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    answerWith: (answer) => {
      server.on('request', (request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
        const given = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
        const headers = { ...Object.fromEntries(given), 'x-forwarded-proto': 'https' };
        const method = request.method ?? 'GET';
        const said = answer({ method, path: pathname, query: searchParams, headers, body: '' });
        response.writeHead(said.status, { ...said.headers });
        response.end(method === 'HEAD' ? undefined : said.body);
      });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
