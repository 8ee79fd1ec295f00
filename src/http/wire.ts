import { aborted } from './abort.ts';
import { encodings } from './body.ts';
import { largestBody } from './body-cap.ts';
import { dispatchers } from './dispatcher.ts';
import { exchange, type WireAnswer } from './exchange.ts';
import {
  type Exchange,
  HttpError,
  type HttpRequest,
  type HttpSettings,
  standardTimeouts,
} from './http.ts';
import { type Limit, limit } from './limit.ts';
import { isRedirect, isSameServer, nextHop } from './redirect.ts';
import { isSecret, reveal, type Secret } from './secret.ts';
import { revealed } from './secret-fields.ts';
import { targetOf } from './target.ts';

/** The transport of one client: concurrency, redirects, and which hosts get credentials. */
export interface Wire {
  /** One attempt, following redirects. Rejects with errors of undici or `HttpError`. */
  readonly attempt: (request: HttpRequest, credential: Secret | null) => Promise<WireAnswer>;
  readonly close: () => Promise<void>;
}

/** In: the settings of the client, and the redaction for URLs. */
export function wireOf(settings: HttpSettings, redacted: (text: string) => string): Wire {
  const { base, signal, concurrency } = settings;
  const timeouts = { ...standardTimeouts, ...settings.timeouts };
  const largest = settings.largestBody ?? largestBody;
  const own = limit(Math.max(1, concurrency));
  const { gate } = settings;
  const admit: Limit = gate === undefined ? own : (task) => own(() => gate(task));
  const connections = dispatchers(settings, timeouts);
  const report = (exchanged: Exchange) =>
    settings.onExchange?.({ ...exchanged, url: redacted(exchanged.url) });
  // Destroying the sockets ends all calls at once; a listener per call would be expensive.
  const cut = () => void connections.destroy(aborted(signal));
  signal.addEventListener('abort', cut, { once: true });

  const attempt = async (request: HttpRequest, credential: Secret | null) => {
    const { method = 'GET', expected = [] } = request;
    const limits = { timeouts, largestBody: Math.min(request.largestBody ?? largest, largest) };
    const body = bodyOf(request);
    let url = targetOf(base, request);
    let home = true;
    for (let hop = 0; ; hop += 1) {
      // Credentials are sent only while no hop has left the server.
      const headers = home ? headersOf(request, credential, body?.type) : anonymous(request);
      const sent = { url, method, headers, body: body?.text ?? null };
      const answer = await admit(async () => {
        if (signal.aborted) throw aborted(signal);
        return exchange(sent, connections.for(url), limits, report);
      });
      if (!isRedirect(answer.status) || expected.includes(answer.status)) return answer;
      const next = nextHop(url, method, hop, answer.headers['location']);
      home = home && isSameServer(url, next);
      // The content of another origin would count as the registry's.
      if (!home && request.sameOrigin !== false)
        throw new HttpError('redirect', `${url.origin} redirects to another origin`);
      url = next;
    }
  };

  const close = () => {
    signal.removeEventListener('abort', cut);
    return connections.destroy(new HttpError('aborted', 'the client was closed'));
  };
  return { attempt, close };
}

function bodyOf({ json, form }: HttpRequest): { type: string; text: string } | null {
  if (json !== undefined) return { type: 'application/json', text: JSON.stringify(revealed(json)) };
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

/** The headers for another origin: none of the adapter, which may hold a credential. */
function anonymous({ headers = {} }: HttpRequest): Record<string, string> {
  return { ...ours, accept: headers['accept'] ?? 'application/json' };
}
