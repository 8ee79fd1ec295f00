import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tlsFile } from './start.ts';

/** A token service as registries have one (distribution, Token Authentication Implementation). */
export interface Issuer {
  readonly realm: string;
  /** Scope and credential of each request. */
  readonly asked: readonly { readonly scope: string | null; readonly credential: string }[];
  readonly issue: (repository: string, actions: readonly string[]) => string;
  readonly stop: () => Promise<void>;
}

const key = createPrivateKey(readFileSync(tlsFile('localhost.test-only.key')));
const certificate = new X509Certificate(readFileSync(tlsFile('localhost.test-only.pem')));

/** Starts one that gives `pull` to whoever has this credential, and nothing to others. */
export async function startIssuer(credential: string): Promise<Issuer> {
  const asked: { scope: string | null; credential: string }[] = [];
  const options = {
    key: key.export({ type: 'sec1', format: 'pem' }),
    cert: certificate.toString(),
  };
  const server = createServer(options, (request, response) => {
    const scope = new URL(request.url ?? '', 'https://localhost').searchParams.get('scope');
    const { authorization = '' } = request.headers;
    asked.push({ scope, credential: authorization });
    if (authorization !== credential) {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"details":"incorrect username or password"}');
      return;
    }
    const [, repository = ''] = /^repository:(.+):pull$/.exec(scope ?? '') ?? [];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token: tokenFor(repository, ['pull']), expires_in: 300 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    realm: `https://localhost:${port}/token`,
    asked,
    issue: tokenFor,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function tokenFor(repository: string, actions: readonly string[]): string {
  const now = Math.floor(Date.now() / 1000);
  const header = { typ: 'JWT', alg: 'ES256', x5c: [certificate.raw.toString('base64')] };
  const claims = {
    iss: 'test',
    aud: 'test',
    sub: 'auditor',
    iat: now - 10,
    nbf: now - 10,
    exp: now + 300,
    jti: randomUUID(),
    access: [{ type: 'repository', name: repository, actions }],
  };
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
