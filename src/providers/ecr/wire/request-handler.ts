import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bytesOf, decodeText } from '../../../http/body.ts';
import { largestBody } from '../../../http/body-cap.ts';
import { boundJson } from '../../../http/json.ts';
import { redactedBody, redactedText } from '../../../http/redacted-body.ts';
import { redaction } from '../../../http/redaction.ts';
import { secret } from '../../../http/secret.ts';
import type { TlsInput } from '../../../http/tls-material.ts';
import { tunnelAgent } from '../../../http/tunnel-agent.ts';

export interface HandlerOptions {
  readonly sockets: number;
  /** Certificates to trust and to show. */
  readonly tls: TlsInput;
  /** Whether the answers are credentials, which may well be those of last time. */
  readonly givesSecrets?: boolean;
  /** Milliseconds for the beginning of an answer, and for any pause in it; twice as many for the whole. */
  readonly longest?: number;
  /** Connections that others have left, and that are left to others where nothing is under way at the end. */
  readonly pool?: ConnectionPool;
}

/** The connections of a handler; unlike the clients they know no secret. */
export interface Connections {
  readonly handler: NodeHttpHandler;
  readonly destroy: () => void;
}

/** Connections without anything under way, for whoever needs some next. */
export interface ConnectionPool {
  readonly take: () => Connections | undefined;
  readonly leave: (connections: Connections) => void;
}

/**
 * The connections of some of the SDK's clients: bounded in number, in size of an answer, and in time. What an
 * answer repeats of the secrets that were sent is taken out of it.
 */
export function requestHandler({
  sockets,
  tls,
  givesSecrets = false,
  longest = 60_000,
  pool,
}: HandlerOptions) {
  const secrets = redaction();
  const connections = pool?.take() ?? newConnections({ sockets, tls, longest });
  const { handler } = connections;
  let underWay = 0;
  let over = false;
  return {
    metadata: handler.metadata,
    httpHandlerConfigs: () => handler.httpHandlerConfigs(),
    updateHttpClientConfig: (...change: Parameters<NodeHttpHandler['updateHttpClientConfig']>) =>
      handler.updateHttpClientConfig(...change),
    /** Cuts what is under way. Connections on which nothing is may serve others. */
    destroy() {
      if (over) return;
      over = true;
      if (pool !== undefined && underWay === 0) return pool.leave(connections);
      connections.destroy();
      // What has just begun has no connection yet.
      if (underWay > 0) setImmediate(connections.destroy);
    },
    handle: async (...[request, more]: Parameters<NodeHttpHandler['handle']>) => {
      if (over) throw new Error('the connections were given up');
      for (const one of secretsSent(request)) secrets.remember(secret(one));
      // The SDK has no limit for the whole, and waits without end where a server changes the protocol.
      return inTime(2 * longest, async (atEnd) => {
        underWay += 1;
        try {
          const { response } = await handler.handle(request, more);
          const { body } = response;
          if (body instanceof Readable) atEnd((late) => body.destroy(late));
          const refused = response.statusCode >= 400;
          const clean = refused ? redactedBody : givesSecrets ? unchanged : redactedText;
          response.body = await bounded(body, response.headers, (text) => clean(text, secrets));
          return { response };
        } finally {
          underWay -= 1;
          if (over && underWay === 0) connections.destroy();
        }
      });
    },
  };
}

/** The agents are ours: each client of the SDK that is made has the handler forget its own, which then stay open. */
function newConnections({
  sockets,
  tls,
  longest,
}: Pick<Required<HandlerOptions>, 'sockets' | 'tls' | 'longest'>): Connections {
  const httpAgent = new Agent({ keepAlive: true, maxSockets: sockets });
  const httpsAgent = tunnelAgent({ tls, sockets });
  return {
    handler: new NodeHttpHandler({
      connectionTimeout: 10_000,
      requestTimeout: longest,
      // By itself it would only warn of it.
      throwOnRequestTimeout: true,
      socketTimeout: longest,
      httpAgent,
      httpsAgent,
    }),
    destroy() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** Rejects with a `TimeoutError` after that many milliseconds, and ends what the work has under way. */
async function inTime<T>(
  milliseconds: number,
  work: (atEnd: (cut: (late: Error) => void) => void) => Promise<T>,
): Promise<T> {
  let cut: (late: Error) => void = ignore;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = Object.assign(new Error('no whole answer in time'), { name: 'TimeoutError' });
      cut(late);
      reject(late);
    }, milliseconds);
  });
  const done = work((end) => {
    cut = end;
  });
  return Promise.race([done, over]).finally(() => clearTimeout(timer));
}

/** A body that is read whole, within the bounds of every answer: the SDK would parse whatever comes. */
async function bounded(
  body: unknown,
  headers: Readonly<Record<string, string>>,
  clean: (text: string) => string,
): Promise<unknown> {
  if (!(body instanceof Readable)) return body;
  const bytes = await bytesOf(body, headers, largestBody);
  const text = decodeText(bytes);
  boundJson(text);
  const told = clean(text);
  return Readable.from([told === text ? bytes : Buffer.from(told)]);
}

const unchanged = (text: string) => text;

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a request gives away: its session, and the token of a sign-in. The secret key itself only signs. */
function secretsSent({ headers, body }: Sent): readonly string[] {
  const tokens = Object.entries(headers).flatMap(([name, value]) =>
    /token$/i.test(name) && value !== '' ? [value] : [],
  );
  const form = typeof body === 'string' && body.includes('WebIdentityToken=') ? body : '';
  return [...tokens, ...new URLSearchParams(form).getAll('WebIdentityToken')];
}

/** For the SDK's own log lines, which are no results; errors reach us as rejections. */
export const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

export function ignore(): void {
  // Nothing is to be done.
}
