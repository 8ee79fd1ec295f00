import { Agent as HttpAgent } from 'node:http';
import { Readable } from 'node:stream';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { textOf } from '../../../http/body.ts';
import { largestBody } from '../../../http/body-cap.ts';
import { failureOf } from '../../../http/failure.ts';
import { HttpError } from '../../../http/http.ts';
import { boundJson } from '../../../http/json.ts';
import { redactedBody, redactedText } from '../../../http/redacted-body.ts';
import { type Redaction, redaction } from '../../../http/redaction.ts';
import { type Secret, secret } from '../../../http/secret.ts';
import type { TlsInput } from '../../../http/tls-material.ts';
import { tunnelAgent } from '../../../http/tunnel-agent.ts';
import type { ScanContext } from '../../contract.ts';
import { ForeignHost } from './errors.ts';

/** The longest a server may make us wait before a retry, in seconds. */
const longestWait = 60;

/** Milliseconds until an exchange is given up. */
const longestExchange = 60_000;

/** Says which operation a request is for; it is not sent. */
export const operationHeader = 'x-regaudit-operation';

export interface TransportOptions {
  /** The only origin that is spoken to; `http:` on loopback. */
  readonly origin: string;
  readonly registry: string;
  readonly context: Pick<ScanContext, 'retryPolicy' | 'progress' | 'signal'> & TlsInput;
  /** Milliseconds until an exchange is given up. */
  readonly longest?: number;
}

export interface Transport extends HttpClient {
  /** Ends its connections, and whatever is under way. The signal does so too. */
  readonly close: () => void;
}

/**
 * The end of the Azure pipeline: one exchange on the wire. Refuses every other origin (the SDK follows
 * any link an answer names, token in hand), bounds the answer, and speaks plain HTTP where the origin
 * is on this machine (the pipeline itself would send no token to an http: address).
 */
export async function transport(options: TransportOptions): Promise<Transport> {
  const { createDefaultHttpClient, createHttpHeaders } = await import('@azure/core-rest-pipeline');
  const { origin, registry, context, longest = longestExchange } = options;
  const wire = createDefaultHttpClient();
  const secrets = redaction();
  const secure = secured(origin);
  const connections = connectionsOf(context);
  const close = () => {
    context.signal.removeEventListener('abort', close);
    connections.destroy();
  };
  context.signal.addEventListener('abort', close, { once: true });
  return {
    close,
    sendRequest: async (request) => {
      const url = new URL(request.url);
      if (url.origin !== secure) {
        throw new ForeignHost(
          `the answer leads to ${url.host}, which is not ${new URL(origin).host}`,
        );
      }
      const sent = secretsSent(request);
      for (const one of sent) secrets.remember(one);
      const started = Date.now();
      const operation = request.headers.get(operationHeader) ?? 'sign-in';
      const headers = createHttpHeaders(request.headers.toJSON({ preserveCase: true }));
      headers.delete(operationHeader);
      // What the library unpacks it does not watch: an answer that breaks off would never end.
      headers.set('accept-encoding', 'br');
      const tell = (status: number) =>
        context.progress({
          kind: 'exchange',
          registry,
          method: request.method,
          url: secrets.redacted(`${origin}${url.pathname}`),
          status,
          ms: Date.now() - started,
        });
      const response = await wire
        .sendRequest({
          ...ready(request, url, origin, context.signal),
          timeout: longest,
          agent: connections.to(origin),
          headers,
        })
        .then(
          (answer) => answer,
          (error: unknown) => {
            tell(0);
            throw error;
          },
        );
      tell(response.status);
      if (response.status === 429) {
        context.progress({ kind: 'throttled', registry, operation });
      }
      const answer = await whole(patient(response, context.retryPolicy.waits), longest);
      // A sign-in is answered with a secret, which may well be that of last time.
      const gives = operation === 'sign-in' && response.status < 400;
      return { ...answer, ...(gives ? {} : withoutSecrets(answer, secrets)), request };
    },
  };
}

function withoutSecrets(
  { status, bodyAsText, headers }: PipelineResponse,
  secrets: Redaction,
): Pick<PipelineResponse, 'bodyAsText'> {
  for (const [name, value] of headers) headers.set(name, secrets.redacted(value));
  if (bodyAsText === undefined || bodyAsText === null) return {};
  const clean = status >= 400 ? redactedBody : redactedText;
  return { bodyAsText: clean(bodyAsText, secrets) };
}

/** The address by which the pipeline knows an origin: it sends tokens to https: alone. */
export function secured(origin: string): string {
  return origin.replace(/^http:/, 'https:');
}

/** A copy, because the pipeline may send the same request again. */
function ready(
  request: PipelineRequest,
  url: URL,
  origin: string,
  signal: AbortSignal,
): PipelineRequest {
  const here = origin.startsWith('http:');
  return {
    ...request,
    ...(here
      ? { url: `${origin}${url.pathname}${url.search}`, allowInsecureConnection: true }
      : {}),
    abortSignal: signal,
    streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
  };
}

/** A server may ask for patience, but not for more than a minute of it. */
function patient(response: PipelineResponse, waits: boolean): PipelineResponse {
  const asked = response.headers.get('retry-after');
  if (asked === undefined && response.status !== 429) return response;
  const seconds = asked !== undefined && /^\d{1,5}$/.test(asked) ? Number(asked) : 1;
  response.headers.set('retry-after', String(waits ? Math.min(seconds, longestWait) : 0));
  return response;
}

async function whole(response: PipelineResponse, longest: number): Promise<PipelineResponse> {
  const { readableStreamBody: body, ...rest } = response;
  if (!(body instanceof Readable)) return response;
  // The library keeps the time until an answer begins.
  const late = () => body.destroy(new HttpError('timeout', 'no whole answer in time'));
  const timer = setTimeout(late, longest);
  const bodyAsText = await textOf(body, rest.headers.toJSON(), largestBody)
    .then((text) => {
      boundJson(text);
      return text;
    })
    .catch((error: unknown) => {
      const { code, says } = failureOf(error);
      throw new HttpError(code, says);
    })
    .finally(() => clearTimeout(timer));
  return { ...rest, bodyAsText };
}

/**
 * What the credentials of Azure sign in with: bounded, verified, and through the proxy like every other
 * connection. The metadata service of a virtual machine speaks plain HTTP, which goes past any proxy.
 */
export async function signInWire(
  context: Pick<ScanContext, 'signal'> & TlsInput,
): Promise<HttpClient> {
  const { createDefaultHttpClient } = await import('@azure/core-rest-pipeline');
  const wire = createDefaultHttpClient();
  const connections = connectionsOf(context);
  context.signal.addEventListener('abort', connections.destroy, { once: true });
  return {
    sendRequest: async (request) => {
      request.headers.set('accept-encoding', 'br');
      const response = await wire.sendRequest({
        ...request,
        agent: connections.to(request.url),
        streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
      });
      return { ...(await whole(response, longestExchange)), request };
    },
  };
}

type Agent = NonNullable<PipelineRequest['agent']>;

/** Connections that can be ended; the library would keep its own for good, and verify them its own way. */
function connectionsOf(tls: TlsInput) {
  const agents = new Map<string, Agent>();
  return {
    to: (url: string): Agent => {
      const { protocol } = new URL(url);
      const agent =
        agents.get(protocol) ??
        (protocol === 'http:' ? new HttpAgent({ keepAlive: true }) : tunnelAgent({ tls }));
      agents.set(protocol, agent);
      return agent;
    },
    destroy: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/** What a request gives away: its token, and the secrets of a sign-in. */
function secretsSent({ headers, body }: PipelineRequest): readonly Secret[] {
  const token = headers.get('authorization');
  const form = typeof body === 'string' ? new URLSearchParams(body) : [];
  const given = [...form].flatMap(([name, value]) => (isSignIn.test(name) ? [value] : []));
  return [...(token === undefined ? [] : [token]), ...given].map(secret);
}

const isSignIn =
  /^(?:client_secret|client_assertion|assertion|refresh_token|access_token|password)$/;
