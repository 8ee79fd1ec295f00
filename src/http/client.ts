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
import { shown } from './target.ts';
import { wireOf } from './wire.ts';

/** The client of one registry; see `HttpSettings` and `HttpClient` for the contract. */
export function httpClient(settings: HttpSettings): HttpClient {
  const { signal, authorize, onCall = ignore } = settings;
  const secrets = settings.redaction ?? redaction();
  const { remember, redacted, redactedJson } = secrets;
  const wire = wireOf(settings, redacted);
  const persistently = patiently(settings, wire.attempt, redacted);
  const home = new URL(settings.base);
  let calls = 0;

  const answerTo = (request: HttpRequest, credential: Secret | null): Promise<WireAnswer> => {
    if (credential !== null) remember(credential);
    return persistently(request, credential);
  };

  const sendOnce = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (signal.aborted) throw aborted(signal);
    calls += 1;
    onCall(request.operation);
    const given = secretsIn(request);
    for (const value of given) remember(value);
    let answer = await answerTo(request, (await authorize?.(request, false)) ?? null);
    // A host that was only redirected to has no say in what credential this one gets.
    if (answer.status === 401 && authorize !== undefined && isSameServer(home, answer.url)) {
      const renewed = await authorize(request, true, answer.headers['www-authenticate']);
      if (renewed !== null) answer = await answerTo(request, renewed);
    }
    if (!accepted(answer.status, request))
      throw refusalOf(answer, secrets, isSameServer(home, answer.url));
    const { url, status, headers, bytes } = answer;
    // Who gives a secret gets one, which may well be that of last time.
    const clean = given.length > 0 ? (value: unknown) => value : redactedJson;
    return {
      url: `${url.origin}${url.pathname}`,
      status,
      headers,
      bytes,
      // Decoded when asked for: a long answer is not kept twice.
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

/** Tries again as `nextTry` says. Out: the answer of the last try; `HttpError` when there was none. */
function patiently(
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
      // When throttled, every other request would only be turned away as well.
      if (next.throttled) quietUntil = Math.max(quietUntil, Date.now() + next.wait);
      else await pause(next.wait, signal);
    }
  };
}

function ignore(): void {
  // Nobody wants to be told.
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

/** Most characters of a refusal's body that an error keeps, and that are searched for secrets. */
const longestExcerpt = 4096;
const longestSearched = 1024 * 1024;

/** `own`: whether the registry itself answered; what another host says is not repeated. */
function refusalOf(answer: WireAnswer, secrets: Redaction, own: boolean): HttpError {
  const { status, headers, url, bytes } = answer;
  const { redacted } = secrets;
  const code = status >= 500 ? '5xx' : String(status);
  const clean = Object.entries(headers).map(([name, value]) => [name, redacted(value)] as const);
  const searched = own && bytes.length <= longestSearched;
  return new HttpError(code, redacted(`HTTP ${status} from ${shown(url)}`), {
    status,
    headers: own ? Object.fromEntries(clean) : {},
    // Cut after the search: the half of a secret would not be found.
    body: searched ? redactedBody(decodeText(bytes), secrets).slice(0, longestExcerpt) : '',
  });
}
