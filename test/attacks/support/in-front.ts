import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { checks as catalogue } from '../../../checks/index.ts';
import type { ServedDemo } from '../../../src/demo/demo.ts';
import type { AnyCheck } from '../../../src/engine/check.ts';
import { providers } from '../../../src/providers/index.ts';
import { type Scan, scanProvider } from '../../support/scan-provider.ts';

/* A hostile server in front of a demo: it passes calls on, and answers some of them in its own way. */

/** An honest answer, whole. */
export interface Honest {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export type Attack = (response: ServerResponse, honest: Honest, request: IncomingMessage) => void;

const json = { 'content-type': 'application/json' };
const instead =
  (status: number, body: string | Buffer, headers: Record<string, string> = json): Attack =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };
const bomb = gzipSync(`[${'{},'.repeat(1_000_000)}{}]`);

/** Answers that are none, in ways that are easily taken for "nothing is there". */
export const attacks: Readonly<Record<string, Attack>> = {
  'no content': instead(204, ''),
  null: instead(200, 'null'),
  'an object of nothing': instead(200, '{}'),
  'an error with 200': instead(200, '{"error":{"code":403,"status":"PERMISSION_DENIED"}}'),
  'errors with 200': instead(200, '{"errors":[{"code":"FORBIDDEN","message":"forbidden"}]}'),
  'a page of HTML': instead(200, '<html><body>Sign in</body></html>', {
    'content-type': 'text/html',
  }),
  'an encoding nobody offered': instead(200, 'KLUv/Q==', { ...json, 'content-encoding': 'zstd' }),
  'an encoding of no kind': instead(200, '[]', { ...json, 'content-encoding': 'utf-8' }),
  'a million values in a small gzip': instead(200, bomb, { ...json, 'content-encoding': 'gzip' }),
  'nothing behind the headers': (response) => {
    response.socket?.end('HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n');
  },
  'half of the body': (response, { body }) => {
    response.writeHead(200, { ...json, 'content-length': body.length + 2 });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  },
  'keys that were damaged': (response, { status, body, headers }) => {
    const text = body.toString('utf8').replace(/"(\w)\w(\w*)"\s*:/g, '"$1\ufffd$2":');
    const { 'content-length': _, ...rest } = headers;
    response.writeHead(status, rest).end(text.replace(/<(\w)\w(\w*)>/g, '<$1\ufffd$2>'));
  },
  'a redirect to somebody else': instead(302, '', { location: 'https://attacker.invalid/list' }),
};

/** The calls that an attack meets; undefined: it is passed on. */
export type Aim = (request: IncomingMessage, body: string) => Attack | undefined;

export interface InFront {
  readonly entries: ServedDemo['entries'];
  readonly close: () => Promise<void>;
}

/** Puts a server in front of a demo, and its address in the place of the demo's. */
export async function inFront(demo: ServedDemo, aim: Aim): Promise<InFront> {
  const text = JSON.stringify(demo.entries);
  const [origin = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  const sockets = new Set<Socket>();
  const server = createServer((asked, response) => {
    void (async () => {
      const body = await bodyOf(asked);
      const honest = await passedOn(origin, asked, body);
      const attack = aim(asked, body.toString('utf8'));
      if (attack !== undefined) attack(response, honest, asked);
      else response.writeHead(honest.status, { ...honest.headers }).end(honest.body);
    })().catch(() => response.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    entries: JSON.parse(text.replaceAll(origin, own)),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await demo.close();
    },
  };
}

async function bodyOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function passedOn(origin: string, asked: IncomingMessage, body: Buffer): Promise<Honest> {
  const { method, url, headers } = asked;
  return new Promise((resolve, reject) => {
    const passing = request(`${origin}${url}`, { method, headers }, (answer) => {
      bodyOf(answer).then((whole) => {
        resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: whole });
      }, reject);
    });
    passing.on('error', reject).end(body);
  });
}

/** Scans what is named, as the tests of adapters do. */
export async function scanned(
  demo: ServedDemo,
  aim: Aim,
  checks: readonly AnyCheck[] = catalogue,
): Promise<Scan> {
  const front = await inFront(demo, aim);
  const [{ target, ...options } = { target: '' }] = front.entries;
  const [id = '', address = ''] = target.split('://');
  const load = providers[id];
  if (load === undefined) throw new Error(`there is no provider ${id}`);
  const provider = await load();
  const served = {
    environment: demo.environment,
    asOf: '2026-11-02T09:00:00Z',
    calls: new Map<string, number>(),
    close: front.close,
  };
  return scanProvider(provider, served, { address, options, checks });
}
