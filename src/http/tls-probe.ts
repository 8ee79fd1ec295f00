import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { isIP } from 'node:net';
import { type ConnectionOptions, connect, rootCertificates } from 'node:tls';

/** The TLS properties of a server, from handshakes only. */
export interface TlsSight {
  /** Why its certificate is not trusted; null: trusted. */
  readonly untrusted: string | null;
  /** When its certificate expires, ISO 8601. */
  readonly certificateEnds: string;
  /** Whether it accepts TLS 1.0 or 1.1, which RFC 8996 deprecates. */
  readonly acceptsOld: boolean;
}

export interface TlsTarget {
  readonly host: string;
  readonly port: number;
  /** A PEM file of certificates to trust besides Node's. */
  readonly caFile: string | undefined;
  readonly signal: AbortSignal;
}

/** Timeout of one handshake in ms. */
const retryPolicy = 10_000;

/**
 * Probes a server with two handshakes, directly and without a proxy. Rejects with Node's error if the
 * handshake fails, or if it is unknown whether old versions are rejected.
 */
export async function tlsSight(target: TlsTarget): Promise<TlsSight> {
  const own = target.caFile === undefined ? [] : [await readFile(target.caFile, 'utf8')];
  const { error, ends } = await handshake(target, { ca: [...rootCertificates, ...own] });
  return { untrusted: error, certificateEnds: ends, acceptsOld: await acceptsOld(target) };
}

async function acceptsOld(target: TlsTarget): Promise<boolean> {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
  return handshake(target, old).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      // An alert or a connection closed during the handshake: rejected.
      if (/^ERR_SSL_|^ECONNRESET$|^EPIPE$/.test(error.code ?? '')) return false;
      throw error;
    },
  );
}

function handshake(
  { host, port, signal }: TlsTarget,
  options: ConnectionOptions,
): Promise<{ error: string | null; ends: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...options,
      // The certificate is only inspected: no data is sent over this connection.
      rejectUnauthorized: false,
      timeout: retryPolicy,
    });
    const end = (error: Error) => socket.destroy(error);
    const abort = () => end(new Error('the scan was interrupted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    socket.once('timeout', () => end(new Error('no handshake within ten seconds')));
    socket.once('error', reject);
    socket.once('close', () => signal.removeEventListener('abort', abort));
    socket.once('secureConnect', () => {
      const ends = new Date(socket.getPeerCertificate().valid_to);
      const { authorizationError } = socket;
      socket.end();
      if (Number.isNaN(ends.getTime())) reject(new Error('the certificate has no expiry date'));
      else {
        const error = socket.authorized ? null : String(authorizationError);
        resolve({ error, ends: ends.toISOString() });
      }
    });
  });
}

/** Timeout of a plain HTTP request in ms; firewalls that drop packets use all of it. */
const plainPatience = 5_000;

/**
 * Whether a host serves a path over plain HTTP, instead of redirecting to HTTPS or not responding. Sends one
 * GET without credentials.
 */
export function servesPlainHttp(host: string, port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path, method: 'GET', timeout: plainPatience }, (answer) => {
      const { statusCode = 0 } = answer;
      answer.destroy();
      resolve((statusCode >= 200 && statusCode < 300) || statusCode === 401);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(false));
    asked.once('close', () => resolve(false));
    asked.end();
  });
}
