import type { Secret } from './secret.ts';

/*
 * What every REST adapter speaks through. `httpClient` (client.ts) makes one of these per registry; the
 * policy on time, retries, redirects, sizes and secrets is in it and nowhere else.
 */

export interface HttpSettings {
  /** `https://harbor.example.org` or with a path prefix; the only origin that ever gets credentials. */
  readonly base: string;
  /** Most requests in flight at once to that host. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Tries of one request (the first included), first delay in ms, and whether to wait at all. */
  readonly retryPolicy: {
    readonly maxAttempts: number;
    readonly baseDelay: number;
    readonly waits: boolean;
  };
  /** For proxies: HTTPS_PROXY, HTTP_PROXY, NO_PROXY and ALL_PROXY in either case. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A file of PEM certificates to trust besides the system's. */
  readonly caFile?: string | undefined;
  /** Files of a PEM certificate and its key, shown to a server that asks for one. */
  readonly clientCertificate?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** Most bytes of one answer, after decompression. Default `largestBody`. */
  readonly largestBody?: number | undefined;
  /**
   * The credential for a request, sent as it stands in `authorization`; null: none. When the server
   * answers 401 it is asked for once more, with `renewed` true and the `www-authenticate` of that answer.
   */
  readonly authorize?: Authorize;
  /** Whether an IP address may be connected to; absent: any. Not asked for what a proxy connects to. */
  readonly mayConnect?: ((address: string) => boolean) | undefined;
  /** Each exchange as it ended, for `-vv`: the URL has no query values, no user and no fragment. */
  readonly onExchange?: (exchange: Exchange) => void;
  readonly onCall?: (operation: string) => void;
  readonly onThrottled?: (operation: string) => void;
}

export interface Authorize {
  (request: HttpRequest, renewed: boolean, challenge?: string): Promise<Secret | null>;
  /** Called when the client is closed: ends connections of its own. */
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
  /** 0: no answer came. */
  readonly status: number;
  readonly ms: number;
}

export interface HttpRequest {
  /** The adapter's operation, for progress and errors. */
  readonly operation: string;
  readonly method?: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  /** Begins with `/` and is appended to `base`; segments are encoded by the caller. Or an absolute URL of the same origin. */
  readonly path: string;
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Sent as JSON. Only for the few reads that vendors offer as POST. A POST is sent again when the
   * server turned it away (429, 503) or was never reached, not when its answer broke off. A secret that
   * is a field of it is revealed on the wire alone.
   */
  readonly json?: unknown;
  /** Sent as a form. A secret in it is revealed on the wire alone. */
  readonly form?: Readonly<Record<string, string | Secret>>;
  /** What `query` has instead, once, where the answer is larger than is read: a smaller page. */
  readonly smaller?: Readonly<Record<string, number>>;
  /** Statuses besides 2xx that are an answer and not an error, such as 404 of a lookup. */
  readonly expected?: readonly number[];
  /**
   * False: redirects to other origins are followed, without credentials, as the vendor documents for
   * blobs. Otherwise they are refused (`redirect`): what a stranger says there decides nothing.
   */
  readonly sameOrigin?: boolean;
  /** Most bytes of this answer, where the client allows more. */
  readonly largestBody?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Who answered, after redirects, without the query: what a relative link is relative to. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, decompressed. */
  readonly bytes: Uint8Array;
  readonly text: string;
  /** The body as JSON, depth and `__proto__` keys bounded; null for an empty body. Throws `DecodeError`. */
  readonly json: () => unknown;
}

export interface HttpClient {
  /** Rejects with `HttpError` for a refusal or a failure that remained after the retries. */
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  /** `send` and its JSON. */
  readonly json: (request: HttpRequest) => Promise<unknown>;
  /** How many requests have been made, retries not counted. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/**
 * A request that got no answer, or a refusal. `code` is what `Operation.means` is keyed by: `401`, `403`,
 * `404`, `412`, `429`, `5xx`, other statuses by number; `unreachable`, `timeout`, `tls`, `redirect`,
 * `too-large`, `undecodable`; `aborted` when the scan was cut short, `credentials` when the credential
 * could not be had.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: string;
  /** 0: no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The first 4 KiB of the body, secrets replaced. */
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
