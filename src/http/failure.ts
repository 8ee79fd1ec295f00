import { DecodeError } from '../decode/fields.ts';
import { BodyTooLarge } from './body-cap.ts';
import { HttpError } from './http.ts';

/** Why a request failed without a response, and whether it may have reached the server. */
export interface Failure {
  readonly code: string;
  readonly sent: boolean;
  readonly says: string;
}

/** Classifies errors of undici, Node's TLS and zlib. */
export function failureOf(error: unknown): Failure {
  if (error instanceof HttpError) return { code: error.code, sent: true, says: error.message };
  if (error instanceof BodyTooLarge) return failure('too-large', error.message);
  if (error instanceof DecodeError) return failure('undecodable', error.message);
  const { name, code, message } = rootOf(error);
  if (isTls(code)) return failure('tls', `TLS failed: ${message} (${code})`, false);
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return failure('too-large', 'the response headers are too long');
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return failure('timeout', 'no connection in time', false);
  if (/TIMEOUT|TIMEDOUT/.test(code)) return failure('timeout', 'no response in time');
  if (/^(?:Z_|ERR_.*BROTLI|ERR__ERROR_)/.test(code))
    return failure('undecodable', 'the compressed response is corrupt');
  if (name === 'HTTPParserError') return failure('undecodable', 'the response is not HTTP');
  const unreached = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code);
  return failure('unreachable', code === '' ? message : `${message} (${code})`, !unreached);
}

function failure(code: string, says: string, sent = true): Failure {
  return { code, sent, says };
}

/** Codes of OpenSSL verification and Node's TLS; a failed handshake is EPROTO. */
function isTls(code: string): boolean {
  return (
    /CERT|^ERR_TLS_|^ERR_SSL_|^ERR_OSSL_|^EPROTO$|^UND_ERR_PRX_TLS$|^HOSTNAME_MISMATCH$/.test(
      code,
    ) || /^(?:UNABLE_TO_|CRL_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/.test(code)
  );
}

/** The root cause: Node aggregates the attempts at several addresses, undici wraps errors. */
function rootOf(error: unknown): { name: string; code: string; message: string } {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const inner: unknown = at instanceof AggregateError ? at.errors[0] : at.cause;
    if (!(inner instanceof Error)) break;
    at = inner;
  }
  if (!(at instanceof Error)) return { name: '', code: '', message: String(at) };
  const { code } = at as { code?: unknown };
  return { name: at.name, code: typeof code === 'string' ? code : '', message: at.message };
}
