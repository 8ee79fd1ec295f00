import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import { httpClient } from '../../../src/http/client.ts';
import type { HttpClient, HttpSettings } from '../../../src/http/http.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Served {
  /** `http://127.0.0.1:port`, or `https://localhost:port` with a certificate. */
  readonly base: string;
  /** The requests that came, in order. */
  readonly seen: readonly IncomingMessage[];
  /** How many connections are open just now. */
  readonly connections: () => number;
}

/** A real server on loopback for one test; ends with it. */
export async function serve(
  handler: Handler,
  certificate?: TlsOptions & { readonly key: string; readonly cert: string },
): Promise<Served> {
  const seen: IncomingMessage[] = [];
  const listener: Handler = (request, response) => {
    seen.push(request);
    request.resume();
    handler(request, response);
  };
  const server =
    certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that hangs up early is what some of these tests are about.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const base = certificate === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  return { base, seen, connections: () => sockets.size };
}

/** Answers with JSON. */
export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

/** Settings that retry at once and read nothing of this machine's environment. */
export function settingsFor(base: string, more: Partial<HttpSettings> = {}): HttpSettings {
  return {
    base,
    concurrency: 4,
    signal: new AbortController().signal,
    retryPolicy: { maxAttempts: 4, baseDelay: 1, waits: false },
    environment: {},
    ...more,
  };
}

/** A client for one test; closed with it. */
export function clientFor(base: string, more: Partial<HttpSettings> = {}): HttpClient {
  const client = httpClient(settingsFor(base, more));
  onTestFinished(() => client.close());
  return client;
}
