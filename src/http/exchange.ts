import { type Dispatcher, request } from 'undici';
import { bytesOf } from './body.ts';
import type { Exchange, Timeouts } from './http.ts';
import { HttpError } from './http.ts';
import { formatUrl } from './target.ts';

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

/**
 * Sends one request and reads the whole response, without retries or redirects. Rejects with errors of
 * undici, or with `HttpError` (`undecodable`) for a header that cannot be sent.
 */
export async function exchange(
  { url, method, headers, body }: WireRequest,
  dispatcher: Dispatcher,
  { timeouts, largestBody }: WireLimits,
  report: (exchange: Exchange) => void,
): Promise<WireAnswer> {
  refuseUnsendable(headers);
  const start = performance.now();
  const cut = new AbortController();
  const late = () => cut.abort(new HttpError('timeout', 'the response was not complete in time'));
  const timer = setTimeout(late, timeouts.whole);
  let status = 0;
  try {
    const answer = await Promise.race([
      request(url, {
        dispatcher,
        method,
        headers,
        body,
        signal: cut.signal,
        headersTimeout: timeouts.firstByte,
        // One limit for the whole response; no separate limit for pauses.
        bodyTimeout: 0,
      }),
      // undici does not reject a request that waits in its queue.
      rejectionOf(cut.signal),
    ]);
    status = answer.statusCode;
    const plain = joined(answer.headers);
    // The headers of a HEAD response describe a body that is not sent.
    const bytes =
      method === 'HEAD' ? new Uint8Array() : await bytesOf(answer.body, plain, largestBody);
    if (method === 'HEAD') await answer.body.dump();
    return { url, status, headers: plain, bytes };
  } finally {
    clearTimeout(timer);
    report({ method, url: formatUrl(url), status, ms: Math.round(performance.now() - start) });
  }
}

/**
 * A token comes from a response and may hold any character. undici drops a request of this kind from its
 * queue without a result, so it must not get there.
 */
function refuseUnsendable(headers: WireRequest['headers']): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw new HttpError('undecodable', `the value for the ${name} header cannot be sent`);
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Joins headers; drops cookies, which are credentials and never sent back. */
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
