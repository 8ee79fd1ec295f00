import type { HttpSettings } from './http.ts';

/**
 * Longest wait before a retry, in ms. A server that asks for more counts as throttled at once, unless the time
 * limit of the scan leaves room for it (`waitsUntil`).
 */
export const longestWait = 60_000;
/** Throttled calls are retried longest; server errors and lost connections three times. */
const mostFailures = 3;

type Headers = Readonly<Record<string, string>>;

/**
 * The wait that the server asks for, in ms; null: none. `retry-after` holds seconds or an HTTP date (RFC
 * 9110, 10.2.3). Docker Hub sends epoch seconds in `x-retry-after`, as documented, or in `retry-after`
 * (docker/hub-feedback#2459). GitHub names the end of an exhausted limit in `x-ratelimit-reset`, in epoch
 * seconds. Points in time are relative to the server's `date`, if present.
 */
export function adviceOf(headers: Headers, now: number): number | null {
  const here = headers['date'] === undefined ? Number.NaN : Date.parse(headers['date']);
  const clock = Number.isNaN(here) ? now : here;
  const epoch = numberOf(headers['x-retry-after']);
  if (epoch !== null) return Math.max(0, epoch * 1000 - clock);
  const seconds = numberOf(headers['retry-after']);
  if (seconds !== null && seconds >= leastEpoch) return Math.max(0, seconds * 1000 - clock);
  if (seconds !== null) return seconds * 1000;
  const reset = headers['x-ratelimit-remaining'] === '0' ? headers['x-ratelimit-reset'] : undefined;
  const until = numberOf(reset);
  if (until !== null) return Math.max(0, until * 1000 - clock);
  const date = httpDate.exec(headers['retry-after'] ?? '')?.[0];
  if (date === undefined || Number.isNaN(Date.parse(date))) return null;
  return Math.max(0, Date.parse(date) - clock);
}

/** Whether a refusal is one of a rate limit: GitHub answers 403 to it (docs, Rate limits for the REST API). */
export function isRateLimited(headers: Headers): boolean {
  return headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
}

/** A number from here on is epoch seconds: 2001-09-09. */
const leastEpoch = 1_000_000_000;

/** Strict, because Date.parse accepts "-3" as a year. */
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : null;
}

/** The result of one attempt: a response, or an error and whether the request may have arrived. */
export type Ending =
  | { readonly status: number; readonly headers: Headers }
  | { readonly code: string; readonly sent: boolean };

export type Next =
  | { readonly again: false }
  | { readonly again: true; readonly wait: number; readonly throttled: boolean };

/**
 * Whether a request is retried, and after how many ms. Reads are retried after 429, 5xx and lost
 * connections; a POST only after 429, 503 or if the server was not reached.
 */
export function nextTry(
  ending: Ending,
  method: string,
  tries: number,
  retryPolicy: HttpSettings['retryPolicy'],
  now: number,
): Next {
  const stop = { again: false } as const;
  const read = method !== 'POST';
  const backoff = Math.random() * Math.min(longestWait, retryPolicy.baseDelay * 2 ** tries);
  const failures = Math.min(mostFailures, retryPolicy.maxAttempts);
  if ('code' in ending) {
    const lost = ['unreachable', 'timeout'].includes(ending.code) && (read || !ending.sent);
    return lost && tries < failures ? { again: true, wait: backoff, throttled: false } : stop;
  }
  const advice = adviceOf(ending.headers, now);
  const throttled =
    ending.status === 429 ||
    (ending.status === 503 && advice !== null) ||
    (ending.status === 403 && isRateLimited(ending.headers));
  const failed = read ? isTransientStatus(ending.status) : ending.status === 503;
  if (!throttled && !failed) return stop;
  if (tries >= (throttled ? retryPolicy.maxAttempts : failures)) return stop;
  const { waitsUntil = 0 } = retryPolicy;
  if (advice !== null && advice > longestWait && now + advice >= waitsUntil) return stop;
  return { again: true, wait: Math.max(backoff, advice ?? 0), throttled };
}

/** Server errors that may be transient: all but 501 and 505. */
function isTransientStatus(status: number): boolean {
  return status >= 500 && status !== 501 && status !== 505;
}
