import { type Dispatcher, request } from 'undici';
import { bytesOf } from './body.ts';
import type { Exchange, Timeouts } from './http.ts';
import { HttpError } from './http.ts';
import { shown } from './target.ts';

export interface WireRequest {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface WireAnswer {
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export interface WireLimits {
  readonly timeouts: Timeouts;
  readonly largestBody: number;
}

/** One request and its whole answer, without retries or redirects. Rejects with what the wire throws. */
export async function exchange(
  { url, method, headers, body }: WireRequest,
  dispatcher: Dispatcher,
  { timeouts, largestBody }: WireLimits,
  told: (exchange: Exchange) => void,
): Promise<WireAnswer> {
  const start = performance.now();
  const cut = new AbortController();
  const late = () => cut.abort(new HttpError('timeout', 'no whole answer in time'));
  const timer = setTimeout(late, timeouts.whole);
  let status = 0;
  try {
    const answer = await request(url, {
      dispatcher,
      method,
      headers,
      body,
      signal: cut.signal,
      headersTimeout: timeouts.firstByte,
      // The whole answer has its time; a pause within it has none of its own.
      bodyTimeout: 0,
    });
    status = answer.statusCode;
    const plain = joined(answer.headers);
    // The headers of a HEAD describe a body that does not come.
    const bytes =
      method === 'HEAD' ? new Uint8Array() : await bytesOf(answer.body, plain, largestBody);
    if (method === 'HEAD') await answer.body.dump();
    return { url, status, headers: plain, bytes };
  } finally {
    clearTimeout(timer);
    told({ method, url: shown(url), status, ms: Math.round(performance.now() - start) });
  }
}

/** Without cookies: they are never sent back, and they are credentials. */
function joined(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'set-cookie') continue;
    plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
