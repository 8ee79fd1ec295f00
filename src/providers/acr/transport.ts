import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { capped } from '../../http/body-cap.ts';
import type { ScanContext } from '../provider.ts';
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
  readonly context: Pick<ScanContext, 'patience' | 'progress' | 'signal'>;
}

/**
 * The end of the Azure pipeline: one exchange on the wire. Refuses every other origin (the SDK follows
 * any link an answer names, token in hand), bounds the answer, and speaks plain HTTP where the origin
 * is on this machine (the pipeline itself would send no token to an http: address).
 */
export async function transport(options: TransportOptions): Promise<HttpClient> {
  const { createDefaultHttpClient, createHttpHeaders } = await import('@azure/core-rest-pipeline');
  const { origin, registry, context } = options;
  const wire = createDefaultHttpClient();
  const secure = secured(origin);
  return {
    sendRequest: async (request) => {
      const url = new URL(request.url);
      if (url.origin !== secure) {
        throw new ForeignHost(
          `the answer leads to ${url.host}, which is not ${new URL(origin).host}`,
        );
      }
      const started = Date.now();
      const operation = request.headers.get(operationHeader) ?? 'sign-in';
      const headers = createHttpHeaders(request.headers.toJSON({ preserveCase: true }));
      headers.delete(operationHeader);
      const tell = (status: number) =>
        context.progress({
          kind: 'exchange',
          registry,
          method: request.method,
          url: `${origin}${url.pathname}`,
          status,
          ms: Date.now() - started,
        });
      const response = await wire
        .sendRequest({ ...ready(request, url, origin, context.signal), headers })
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
      return { ...(await whole(patient(response, context.patience.waits))), request };
    },
  };
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
    timeout: longestExchange,
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

async function whole(response: PipelineResponse): Promise<PipelineResponse> {
  const { readableStreamBody, ...rest } = response;
  if (readableStreamBody === undefined) return response;
  const body = capped(readableStreamBody, undefined) as NodeJS.ReadableStream;
  return { ...rest, bodyAsText: await text(body) };
}

/** The system's certificates and those of `--ca-file`; undefined: the system's alone. */
export function trustedCertificates(caFile: string | undefined): { ca: string[] } | undefined {
  return caFile === undefined
    ? undefined
    : { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] };
}
