import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { HttpRequest } from '@smithy/core/protocols';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { tunnelAgent } from '../../src/http/tunnel-agent.ts';
import { signInWire, transport } from '../../src/providers/acr/wire/transport.ts';
import { signIn } from '../../src/providers/artifact-registry/wire/sign-in.ts';
import { requestHandler } from '../../src/providers/ecr/wire/request-handler.ts';
import { emptyFolder } from '../support/run-cli.ts';
import { proxy } from './support/proxy.ts';
import { answer, serve } from './support/serve.ts';

const file = (name: string) => fileURLToPath(new URL(`../support/tls/${name}`, import.meta.url));
const certificate = {
  cert: readFileSync(file('localhost.test-only.pem'), 'utf8'),
  key: readFileSync(file('localhost.test-only.key'), 'utf8'),
};
const caFile = file('ca.test-only.pem');
type Environment = Readonly<Record<string, string>>;

/** The libraries that make their connections by Node's agents: what each makes of one GET. */
const libraries = {
  'the SDK of AWS': async (base: string, environment: Environment) => {
    const handler = requestHandler({ sockets: 1, tls: { caFile, environment } });
    onTestFinished(() => handler.destroy());
    const { hostname, port } = new URL(base);
    const request = new HttpRequest({
      protocol: 'https:',
      hostname,
      port: Number(port),
      path: '/',
    });
    const { response } = await handler.handle(request);
    return response.statusCode;
  },
  'the libraries of Azure': async (base: string, environment: Environment) => {
    const context = {
      signal: new AbortController().signal,
      retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
      progress: () => undefined,
      environment,
      caFile,
    };
    const wire = await transport({ origin: base, registry: 'acr://x', context });
    onTestFinished(() => wire.close());
    return (await wire.sendRequest(createPipelineRequest({ url: `${base}/` }))).status;
  },
  'the sign-in of Azure': async (base: string, environment: Environment) => {
    const over = new AbortController();
    onTestFinished(() => over.abort());
    const wire = await signInWire({ signal: over.signal, environment, caFile });
    return (await wire.sendRequest(createPipelineRequest({ url: `${base}/` }))).status;
  },
  'an agent of Node': (base: string, environment: Environment) => {
    const agent = tunnelAgent({ tls: { caFile, environment } });
    onTestFinished(() => agent.destroy());
    return new Promise((resolve, reject) => {
      get(base, { agent }, ({ statusCode }) => resolve(statusCode)).on('error', reject);
    });
  },
} as const;

describe.each(Object.entries(libraries))('%s', (_, ask) => {
  const served = () => serve((_request, response) => answer(response, 200, {}), certificate);

  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
    'goes through the tunnel of %s, verified from end to end',
    async (name) => {
      const { base } = await served();
      const { address, asked } = await proxy();
      expect(await ask(base, { [name]: `http://user:pa%3Ass@${address}` })).toBe(200);
      const credential = `Basic ${Buffer.from('user:pa:ss').toString('base64')}`;
      expect(asked).toEqual([{ line: `CONNECT ${new URL(base).host}`, credential }]);
    },
  );

  test.each(['localhost', '*', '.localhost', 'x.example, localhost'])(
    'goes past the proxy where NO_PROXY is %s',
    async (NO_PROXY) => {
      const { base } = await served();
      const { address, asked } = await proxy();
      expect(await ask(base, { HTTPS_PROXY: `http://${address}`, NO_PROXY })).toBe(200);
      expect(asked).toEqual([]);
    },
  );

  test.each([
    ['201 Created', ''],
    ['403 Forbidden', ''],
    ['404 Not Found', ''],
    ['200 OK', 'HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{"value":[]}'],
  ])('takes nothing that a proxy says by %s for the answer of the server', async (status, more) => {
    const { base, seen } = await served();
    const address = await lyingProxy(
      `HTTP/1.1 ${status}\r\ncontent-length: 12\r\n\r\n{"value":[]}${more}`,
    );
    await expect(ask(base, { HTTPS_PROXY: `http://${address}` })).rejects.toThrow();
    expect(seen).toEqual([]);
  });

  test('does not connect past a proxy that it cannot use', async () => {
    const { base, seen } = await served();
    const environment = { HTTPS_PROXY: 'socks5://user:hunter2@127.0.0.1:1' };
    const error = await ask(base, environment).then(String, String);
    expect(error).toContain('no http or https URL');
    expect(error).not.toContain('hunter2');
    expect(seen).toEqual([]);
  });
});

test('a tunnel that is not finished ends with its agent', async () => {
  const sockets = new Set<Socket>();
  const mute = createServer();
  mute.on('connect', (_, socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  const address = await listening(mute);
  const agent = tunnelAgent({ tls: { environment: { HTTPS_PROXY: `http://${address}` } } });
  const asked = new Promise((_, reject) => {
    get('https://localhost:1', { agent }).on('error', reject);
  });
  mute.once('connect', () => agent.destroy());
  await expect(asked).rejects.toThrow();
});

test('the sign-in of Google goes to the proxy, though --ca-file names certificates', async () => {
  const over = new AbortController();
  onTestFinished(() => over.abort());
  const { address, asked } = await proxy();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const account = {
    type: 'service_account',
    client_email: 'a@b.invalid',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
  const key = join(emptyFolder(), 'key.json');
  writeFileSync(key, JSON.stringify(account));
  const environment = {
    HTTPS_PROXY: `http://${address}`,
    GOOGLE_APPLICATION_CREDENTIALS: key,
  };
  void signIn({ environment, caFile, signal: over.signal }).ready();
  await vi.waitFor(() => expect(asked[0]?.line).toBe('CONNECT oauth2.googleapis.com:443'), 5000);
});

/** A proxy that answers each CONNECT itself. */
async function lyingProxy(said: string): Promise<string> {
  const server = createServer();
  server.on('connect', (_, socket: Socket) => socket.on('error', () => undefined).end(said));
  return listening(server);
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
