import { setTimeout as sleep } from 'node:timers/promises';
import { aborted } from './abort.ts';
import { decodeText } from './body.ts';
import type { WireAnswer } from './exchange.ts';
import { failureOf } from './failure.ts';
import {
  type HttpAnswer,
  type HttpClient,
  HttpError,
  type HttpRequest,
  type HttpSettings,
} from './http.ts';
import { httpErrors } from './http-errors.ts';
import { boundJson, jsonOf } from './json.ts';
import { redactedBody } from './redacted-body.ts';
import { type Redaction, redaction } from './redaction.ts';
import { isSameServer } from './redirect.ts';
import { nextTry } from './retry.ts';
import type { Secret } from './secret.ts';
import { secretsIn } from './secret-fields.ts';
import { formatUrl } from './target.ts';
import { wireOf } from './wire.ts';

/** The client of one registry; see `HttpSettings` and `HttpClient` for the contract. */
export function httpClient(settings: HttpSettings): HttpClient {
  const { signal, authorize, onCall = ignore } = settings;
  const secrets = settings.redaction ?? redaction();
  const { remember, redacted, redactedJson } = secrets;
  const wire = wireOf(settings, redacted);
  const sendWithRetries = withRetries(settings, wire.attempt, redacted);
  const home = new URL(settings.base);
  let calls = 0;

  const answerTo = (request: HttpRequest, credential: Secret | null): Promise<WireAnswer> => {
    if (credential !== null) remember(credential);
    return sendWithRetries(request, credential);
  };

  const sendOnce = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (signal.aborted) throw aborted(signal);
    calls += 1;
    onCall(request.operation);
    const given = secretsIn(request);
    for (const value of given) remember(value);
    let answer = await answerTo(request, (await authorize?.(request, false)) ?? null);
    // A 401 of a redirect target must not change the credential for this registry.
    if (answer.status === 401 && authorize !== undefined && isSameServer(home, answer.url)) {
      const challenge = answer.headers['www-authenticate'];
      const renewed = await authorize(
        request,
        true,
        challenge === undefined ? undefined : redacted(challenge),
      );
      if (renewed !== null) answer = await answerTo(request, renewed);
    }
    if (!accepted(answer.status, request))
      throw refusalOf(answer, secrets, isSameServer(home, answer.url));
    const { url, status, headers, bytes } = answer;
    // A callback that returns a secret may return the same one again.
    const clean = given.length > 0 ? (value: unknown) => value : redactedJson;
    return {
      url: `${url.origin}${url.pathname}`,
      status,
      // A server can repeat a secret in a link or a challenge, where an error message would quote it.
      headers: redactedHeaders(headers, redacted),
      bytes,
      // Decoded on demand, so that a long response is not in memory twice.
      get text() {
        return redacted(decodeText(bytes));
      },
      json: () => clean(jsonOf(decodeText(bytes))),
    };
  };

  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { smaller, ...whole } = request;
    if (smaller === undefined) return sendOnce(request);
    try {
      const answer = await sendOnce(whole);
      boundJson(decodeText(answer.bytes));
      return answer;
    } catch (error) {
      if (httpErrors.codeOf(error) !== 'too-large') throw error;
      return sendOnce({ ...whole, query: { ...whole.query, ...smaller } });
    }
  };

  return {
    send,
    json: async (request) => (await send(request)).json(),
    calls: () => calls,
    close: async () => {
      await Promise.all([wire.close(), authorize?.close?.()]);
    },
  };
}

type Attempt = (request: HttpRequest, credential: Secret | null) => Promise<WireAnswer>;

/** Sends with retries as `nextTry` decides. Out: the last response; rejects with `HttpError` if there was none. */
function withRetries(
  { signal, retryPolicy, onThrottled = ignore }: HttpSettings,
  attempt: Attempt,
  redacted: (text: string) => string,
): Attempt {
  let quietUntil = 0;
  return async (request, credential) => {
    const { operation, method = 'GET', expected = [] } = request;
    for (let tries = 1; ; tries += 1) {
      await pause(quietUntil - Date.now(), signal);
      const ended = await attempt(request, credential).catch(failureOf);
      if ('status' in ended && expected.includes(ended.status)) return ended;
      const next = nextTry(ended, method, tries, retryPolicy, Date.now());
      if (!next.again) {
        if ('status' in ended) return ended;
        throw signal.aborted ? aborted(signal) : new HttpError(ended.code, redacted(ended.says));
      }
      if (next.throttled) onThrottled(operation);
      if (!retryPolicy.waits) continue;
      // When throttled, other requests would be rejected too.
      if (next.throttled) quietUntil = Math.max(quietUntil, Date.now() + next.wait);
      else await pause(next.wait, signal);
    }
  };
}

function ignore(): void {
  // The rejection is handled elsewhere.
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await sleep(ms, undefined, { signal }).catch(() => {
    throw aborted(signal);
  });
}

function accepted(status: number, { expected = [] }: HttpRequest): boolean {
  return (status >= 200 && status < 300) || expected.includes(status);
}

/** Maximum characters of an error body that an error keeps. */
const longestExcerpt = 4096;

/** `own`: whether the registry itself responded; the body of another host is not repeated. */
function refusalOf(answer: WireAnswer, secrets: Redaction, own: boolean): HttpError {
  const { status, headers, url, bytes } = answer;
  const { redacted } = secrets;
  const code = status >= 500 ? '5xx' : String(status);
  const clean = Object.entries(redactedHeaders(headers, redacted));
  return new HttpError(code, redacted(`HTTP ${status} from ${formatUrl(url)}`), {
    status,
    headers: own ? Object.fromEntries(clean) : {},
    // Truncated after the search: half of a secret would not be found.
    body: own ? redactedBody(decodeText(bytes), secrets).slice(0, longestExcerpt) : '',
  });
}

function redactedHeaders(
  headers: HttpAnswer['headers'],
  redacted: (text: string) => string,
): HttpAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, redacted(value)]),
  );
}
