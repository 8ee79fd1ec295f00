import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { isIP } from 'node:net';
import { type ConnectionOptions, connect, rootCertificates } from 'node:tls';

/** How a server speaks TLS, learnt by handshakes alone. */
export interface TlsSight {
  /** Why its certificate is not to be trusted; null: it is. */
  readonly untrusted: string | null;
  /** When its certificate ends, ISO 8601. */
  readonly certificateEnds: string;
  /** Whether it still accepts TLS 1.0 or 1.1 (RFC 8996 has deprecated both). */
  readonly acceptsOld: boolean;
}

export interface TlsTarget {
  readonly host: string;
  readonly port: number;
  /** A file of PEM certificates to trust besides those of Node. */
  readonly caFile: string | undefined;
  readonly signal: AbortSignal;
}

/** Milliseconds for one handshake. */
const retryPolicy = 10_000;

/**
 * Looks at a server with two handshakes, straight and past any proxy. Rejects with node's error when
 * there is no handshake, or when it cannot be told whether the old versions are refused.
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
      // An alert, or the connection closed in the middle of the handshake: refused.
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
      // The certificate is judged, not obeyed: nothing is sent over this connection.
      rejectUnauthorized: false,
      timeout: retryPolicy,
    });
    const end = (error: Error) => socket.destroy(error);
    const abort = () => end(new Error('the scan was cut short'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    socket.once('timeout', () => end(new Error('no handshake within ten seconds')));
    socket.once('error', reject);
    socket.once('close', () => signal.removeEventListener('abort', abort));
    socket.once('secureConnect', () => {
      const ends = new Date(socket.getPeerCertificate().valid_to);
      const { authorizationError } = socket;
      socket.end();
      if (Number.isNaN(ends.getTime())) reject(new Error('the certificate has no end'));
      else {
        const error = socket.authorized ? null : String(authorizationError);
        resolve({ error, ends: ends.toISOString() });
      }
    });
  });
}

/** Milliseconds for an answer over plain HTTP; firewalls that drop packets let us wait for all of it. */
const plainPatience = 5_000;

/**
 * Whether a host gives a path over plain HTTP, instead of leading to HTTPS or not answering at all.
 * One GET without credentials.
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
