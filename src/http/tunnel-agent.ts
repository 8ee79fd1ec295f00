import { request as overHttp } from 'node:http';
import { Agent, type AgentOptions, request as overTls } from 'node:https';
import type { Socket } from 'node:net';
import { HttpError } from './http.ts';
import { proxyCredential, proxyFor } from './proxy.ts';
import { type TlsInput, tlsMaterial } from './tls-material.ts';

export interface TunnelOptions {
  /** Certificates to trust and to show, and where the proxy is named. */
  readonly tls: TlsInput;
  readonly sockets?: number;
}

/**
 * Connections of vendors' libraries over https: verified whatever the environment says, with the certificates
 * of the flags, and through its proxy. Whatever a proxy says by itself is an error, never an answer. Throws
 * `HttpError` (`tls`) for certificates that cannot be used.
 */
export function tunnelAgent({ tls, sockets }: TunnelOptions): Agent {
  return new TunnelAgent(tls, {
    keepAlive: true,
    ...(sockets === undefined ? {} : { maxSockets: sockets }),
    // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise disable verification.
    rejectUnauthorized: true,
    ...tlsMaterial(tls),
  });
}

type Create = Agent['createConnection'];

class TunnelAgent extends Agent {
  readonly #input: TlsInput;
  readonly #end = new AbortController();

  constructor(input: TlsInput, options: AgentOptions) {
    super(options);
    this.#input = input;
  }

  override createConnection(...[options, done]: Parameters<Create>): ReturnType<Create> {
    const { host, port } = options;
    const target = `${host?.includes(':') ? `[${host}]` : host}:${port}`;
    const connect = async () => {
      const proxy = proxyFor(new URL(`https://${target}`), this.#input.environment);
      const through =
        proxy === null
          ? {}
          : { socket: await tunnel(proxy, target, this.#input, this.#end.signal) };
      return super.createConnection({ ...options, ...through });
    };
    // Node takes the connection by the callback alone.
    connect().then(
      (socket) => done?.(null, socket as Socket),
      (error: Error) => done?.(error, undefined as never),
    );
    return undefined;
  }

  override destroy(): void {
    this.#end.abort(new HttpError('aborted', 'the client was closed'));
    super.destroy();
  }
}

/** Milliseconds for the answer of a proxy. */
const longestTunnel = 10_000;

/** A connection to `target` through a proxy (RFC 9110, 9.3.6). Rejects with `HttpError` or Node's error. */
function tunnel(
  proxy: URL,
  target: string,
  { caFile, environment }: TlsInput,
  signal: AbortSignal,
): Promise<Socket> {
  const credential = proxyCredential(proxy);
  const secure = proxy.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const asked = (secure ? overTls : overHttp)({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? (secure ? 443 : 80) : proxy.port,
      path: target,
      headers: {
        host: target,
        ...(credential === undefined ? {} : { 'proxy-authorization': credential }),
      },
      agent: false,
      timeout: longestTunnel,
      signal,
      // The certificate of a client is for registries.
      ...(secure ? { rejectUnauthorized: true, ...tlsMaterial({ caFile, environment }) } : {}),
    });
    asked.once('connect', ({ statusCode = 0 }, socket: Socket, early: Buffer) => {
      if (statusCode === 200 && early.length === 0) return resolve(socket);
      socket.destroy();
      const said = statusCode === 200 ? 'more than a tunnel' : `HTTP ${statusCode}`;
      reject(new HttpError('unreachable', `the proxy answers ${said} for ${target}`));
    });
    asked.once('timeout', () =>
      asked.destroy(new HttpError('timeout', 'no answer of the proxy in time')),
    );
    asked.once('error', reject);
    asked.end();
  });
}
