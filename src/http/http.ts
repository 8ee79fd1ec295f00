import type { Limit } from './limit.ts';
import type { Redaction } from './redaction.ts';
import type { Secret } from './secret.ts';

/*
 * The HTTP contract of all REST adapters. `httpClient` (client.ts) implements it, one client per registry:
 * the only place with timeouts, retries, redirects, size limits and redaction.
 */

export interface HttpSettings {
  /** `https://harbor.example.org`, optionally with a path prefix; the only origin that gets credentials. */
  readonly base: string;
  /** Maximum concurrent requests to that host. */
  readonly concurrency: number;
  /** Admits each request besides, where several clients have a limit in common. */
  readonly gate?: Limit | undefined;
  readonly signal: AbortSignal;
  /** Attempts per request (including the first), first delay in ms, and whether to wait at all. */
  readonly retryPolicy: {
    readonly maxAttempts: number;
    readonly baseDelay: number;
    readonly waits: boolean;
    /** Epoch ms until which a server that asks for more than `longestWait` is waited for; absent: it is not. */
    readonly waitsUntil?: number;
  };
  /** For proxies: HTTPS_PROXY, HTTP_PROXY, NO_PROXY and ALL_PROXY, upper or lower case. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A PEM file of certificates to trust besides the system's. */
  readonly caFile?: string | undefined;
  /** PEM files of a client certificate and its key. */
  readonly clientCertificate?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** Shared by several clients, so that each removes secrets that another one sent; else the client's own. */
  readonly redaction?: Redaction;
  /** Maximum bytes of a response after decompression. Default `largestBody`. */
  readonly largestBody?: number | undefined;
  /**
   * Returns the `authorization` value for a request; null: none. After a 401 it is called once more, with
   * `renewed` true and the `www-authenticate` of that response.
   */
  readonly authorize?: Authorize;
  /** Whether an IP address may be connected to; absent: any. Not asked for what a proxy connects to. */
  readonly mayConnect?: ((address: string) => boolean) | undefined;
  /** Called after each exchange, for `-vv`; the URL has no query values, user or fragment. */
  readonly onExchange?: (exchange: Exchange) => void;
  readonly onCall?: (operation: string) => void;
  readonly onThrottled?: (operation: string) => void;
}

export interface Authorize {
  (request: HttpRequest, renewed: boolean, challenge?: string): Promise<Secret | null>;
  /** Called when the client is closed: closes its own connections. */
  readonly close?: () => Promise<void>;
}

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  readonly firstByte: number;
  readonly whole: number;
}
export const standardTimeouts: Timeouts = { connect: 10_000, firstByte: 60_000, whole: 120_000 };

export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** 0: no response. */
  readonly status: number;
  readonly ms: number;
}

export interface HttpRequest {
  /** The operation of the adapter, for progress and errors. */
  readonly operation: string;
  readonly method?: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  /** A path that begins with `/` and is appended to `base`, segments encoded by the caller; or an absolute URL of the same origin. */
  readonly path: string;
  /** Undefined values are omitted. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Sent as JSON; only for reads that vendors offer as POST. A POST is retried after 429, 503 or if the
   * server was not reached, not after a broken response. Secrets in its fields are revealed only on the
   * wire.
   */
  readonly json?: unknown;
  /** Sent as a form. Secrets in it are revealed only on the wire. */
  readonly form?: Readonly<Record<string, string | Secret>>;
  /** Overrides of `query` for one retry if the response is too large: a smaller page. */
  readonly smaller?: Readonly<Record<string, number>>;
  /** Statuses besides 2xx that are not errors, such as 404 of a lookup. */
  readonly expected?: readonly number[];
  /**
   * False: redirects to other origins are followed without credentials, as vendors document for blobs.
   * Otherwise they are rejected (`redirect`): the content of another origin is not trusted.
   */
  readonly sameOrigin?: boolean;
  /** Maximum bytes of this response, if lower than the client's. */
  readonly largestBody?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** The final URL after redirects, without query: the base of relative links. */
  readonly url: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The decompressed body. */
  readonly bytes: Uint8Array;
  readonly text: string;
  /** The body as JSON; null for an empty body. Throws `DecodeError`, also for deep nesting and `__proto__` keys. */
  readonly json: () => unknown;
}

export interface HttpClient {
  /** Rejects with `HttpError` for an error status or a failure after all retries. */
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Sends and returns the JSON. */
  readonly json: (request: HttpRequest) => Promise<unknown>;
  /** The number of requests without retries. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/**
 * A request with an error status or without a response. `code` is a key of `Operation.means`: `401`, `403`,
 * `404`, `412`, `429`, `5xx`, other statuses by number; `unreachable`, `timeout`, `tls`, `redirect`,
 * `too-large`, `undecodable`; `aborted` if the scan was interrupted, `credentials` if no credential could be
 * obtained.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: string;
  /** 0: no response. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The first 4 KiB of the body, redacted. */
  readonly body: string;

  constructor(
    code: string,
    message: string,
    answer: { status: number; headers: Readonly<Record<string, string>>; body: string } = {
      status: 0,
      headers: {},
      body: '',
    },
  ) {
    super(message);
    this.code = code;
    this.status = answer.status;
    this.headers = answer.headers;
    this.body = answer.body;
  }
}
