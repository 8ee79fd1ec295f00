import { setTimeout as sleep } from 'node:timers/promises';
import { encodings } from './body.ts';
import { largestBody } from './body-cap.ts';
import { dispatchers } from './dispatcher.ts';
import { exchange, type WireAnswer } from './exchange.ts';
import { failureOf } from './failure.ts';
import {
  type HttpAnswer,
  type HttpClient,
  HttpError,
  type HttpRequest,
  type HttpSettings,
  standardTimeouts,
} from './http.ts';
import { jsonOf } from './json.ts';
import { limit } from './limit.ts';
import { redaction } from './redaction.ts';
import { isRedirect, nextHop } from './redirect.ts';
import { type Ending, nextTry } from './retry.ts';
import { isSecret, reveal, type Secret } from './secret.ts';
import { shown, targetOf } from './target.ts';

/** The client of one registry; see `HttpSettings` and `HttpClient` for the contract. */
export function httpClient(settings: HttpSettings): HttpClient {
  const { signal, patience, authorize, onCall = ignore, onThrottled = ignore } = settings;
  const timeouts = { ...standardTimeouts, ...settings.timeouts };
  const limits = { timeouts, largestBody: settings.largestBody ?? largestBody };
  const admit = limit(Math.max(1, settings.concurrency));
  const wires = dispatchers(settings, timeouts);
  const { remember, redacted } = redaction();
  const told = (exchanged: Parameters<NonNullable<HttpSettings['onExchange']>>[0]) =>
    settings.onExchange?.({ ...exchanged, url: redacted(exchanged.url) });
  // Cutting the sockets ends all calls at once; a listener for each of thousands of calls is dear.
  const cut = () => void wires.destroy(aborted());
  signal.addEventListener('abort', cut, { once: true });
  let calls = 0;
  let quietUntil = 0;

  /** Follows redirects. Credentials go along while no hop has left the base's origin. */
  const followed = async (request: HttpRequest, credential: Secret | null): Promise<WireAnswer> => {
    const { method = 'GET', expected = [] } = request;
    const body = bodyOf(request);
    let url = targetOf(settings.base, request);
    let home = true;
    for (let hop = 0; ; hop += 1) {
      const headers = home ? headersOf(request, credential, body?.type) : anonymous(request);
      const wire = { url, method, headers, body: body?.text ?? null };
      const answer = await admit(async () => {
        if (signal.aborted) throw aborted();
        return exchange(wire, wires.for(url), limits, told);
      });
      if (!isRedirect(answer.status) || expected.includes(answer.status)) return answer;
      const next = nextHop(url, method, hop, answer.headers['location']);
      home = home && next.origin === url.origin;
      url = next;
    }
  };

  /** Out: the answer of the last try. Throws `HttpError` when there was none. */
  const persistently = async (
    request: HttpRequest,
    credential: Secret | null,
  ): Promise<WireAnswer> => {
    const { operation, method = 'GET', expected = [] } = request;
    if (credential !== null) remember(credential);
    for (let tries = 1; ; tries += 1) {
      await pause(quietUntil - Date.now(), signal);
      const ended = await followed(request, credential).catch(failureOf);
      if ('status' in ended && expected.includes(ended.status)) return ended;
      const next = nextTry(ended satisfies Ending, method, tries, patience, Date.now());
      if (!next.again) {
        if ('status' in ended) return ended;
        throw signal.aborted ? aborted() : new HttpError(ended.code, redacted(ended.says));
      }
      if (next.throttled) {
        onThrottled(operation);
        // Every other request would only be turned away as well.
        if (patience.waits) quietUntil = Math.max(quietUntil, Date.now() + next.wait);
      } else if (patience.waits) await pause(next.wait, signal);
    }
  };

  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (signal.aborted) throw aborted();
    calls += 1;
    onCall(request.operation);
    for (const value of Object.values(request.form ?? {})) if (isSecret(value)) remember(value);
    const credential = (await authorize?.(request, false)) ?? null;
    let answer = await persistently(request, credential);
    if (answer.status === 401 && authorize !== undefined) {
      const renewed = await authorize(request, true, answer.headers['www-authenticate']);
      if (renewed !== null) answer = await persistently(request, renewed);
    }
    if (!accepted(answer.status, request)) throw refusalOf(answer, redacted);
    const { url, status, headers, text } = answer;
    return { url: `${url.origin}${url.pathname}`, status, headers, text, json: () => jsonOf(text) };
  };

  return {
    send,
    json: async (request) => (await send(request)).json(),
    calls: () => calls,
    close: () => {
      signal.removeEventListener('abort', cut);
      return wires.destroy(new HttpError('aborted', 'the client was closed'));
    },
  };
}

function ignore(): void {
  // Nobody wants to be told.
}

function aborted(): HttpError {
  return new HttpError('aborted', 'the scan was cut short');
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await sleep(ms, undefined, { signal }).catch(() => {
    throw aborted();
  });
}

function accepted(status: number, { expected = [] }: HttpRequest): boolean {
  return (status >= 200 && status < 300) || expected.includes(status);
}

/** Most characters of a refusal's body that an error keeps, and that are searched for secrets. */
const longestExcerpt = 4096;
const longestSearched = 1024 * 1024;

function refusalOf(answer: WireAnswer, redacted: (text: string) => string): HttpError {
  const { status, headers, url, text } = answer;
  const code = status >= 500 ? '5xx' : String(status);
  const clean = Object.entries(headers).map(([name, value]) => [name, redacted(value)] as const);
  return new HttpError(code, redacted(`HTTP ${status} from ${shown(url)}`), {
    status,
    headers: Object.fromEntries(clean),
    // Cut after the search: the half of a secret would not be found.
    body: text.length > longestSearched ? '' : redacted(text).slice(0, longestExcerpt),
  });
}

function bodyOf({ json, form }: HttpRequest): { type: string; text: string } | null {
  if (json !== undefined) return { type: 'application/json', text: JSON.stringify(json) };
  if (form === undefined) return null;
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    fields.append(name, isSecret(value) ? reveal(value) : value);
  }
  return { type: 'application/x-www-form-urlencoded', text: fields.toString() };
}

const ours = { 'user-agent': 'regaudit', 'accept-encoding': encodings };

function headersOf(
  request: HttpRequest,
  credential: Secret | null,
  type: string | undefined,
): Record<string, string> {
  return {
    ...anonymous(request),
    ...request.headers,
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(credential === null ? {} : { authorization: reveal(credential) }),
  };
}

/** What a foreign host is told: nothing that an adapter added, which may be a credential too. */
function anonymous({ headers = {} }: HttpRequest): Record<string, string> {
  return { ...ours, accept: headers['accept'] ?? 'application/json' };
}
