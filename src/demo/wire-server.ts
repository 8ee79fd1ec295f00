import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A received HTTP request. Header names are in lower case. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Delay of the response in ms. */
  readonly delay?: number;
  /** Closes the connection instead of responding, or within the body. */
  readonly cut?: 'before-answer' | 'within-body';
}

/** A fake vendor. A rejection becomes HTTP 500 with the message of the error. */
export type Answerer = (request: WireRequest) => WireAnswer | Promise<WireAnswer>;

export interface WireServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Closes all connections, including responses in progress. */
  readonly close: () => Promise<void>;
}

const largestRequest = 1024 * 1024;

/**
 * Serves an answerer on a free port of the loopback interface.
 * Rejects when no port can be opened.
 */
export async function serve(answer: Answerer): Promise<WireServer> {
  const closing = new AbortController();
  // Every delayed response adds a listener, up to one per connection.
  setMaxListeners(0, closing.signal);
  const server = createServer((request, response) => {
    respond(request, response, answer, closing.signal).catch((error: unknown) =>
      fail(response, error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answerer,
  closing: AbortSignal,
): Promise<void> {
  const asked = wireRequest(request, await bodyOf(request));
  const { status, headers, body, delay, cut } = await answer(asked);
  if (delay !== undefined) await sleep(delay, undefined, { signal: closing });
  if (cut === 'before-answer') {
    request.socket.destroy();
    return;
  }
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (cut === 'within-body') {
    response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
    return;
  }
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function wireRequest(request: IncomingMessage, body: string): WireRequest {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? 'GET',
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(headers),
    body,
  };
}

/** Reads the body. A too large body closes the connection. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > largestRequest) {
      request.socket.destroy();
      throw new Error('the request is too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const message = error instanceof Error ? error.message : String(error);
  response.writeHead(500, { 'content-type': 'text/plain' }).end(message);
}
