import { DecodeError } from '../decode/fields.ts';
import type { HttpAnswer, HttpClient, HttpRequest, HttpSettings } from '../http/http.ts';
import { httpErrors } from '../http/http-errors.ts';
import { linkedPages } from '../http/links.ts';
import { redaction } from '../http/redaction.ts';
import type { Operation, ScanContext } from './contract.ts';
import { asksOf, type ErrorReader, type Learnt, type Pages } from './facts.ts';

/** A read that a REST API offers. */
export interface HttpOperation extends Operation {
  /** Below the base of the API. `{name}` stands for one segment, `{name+}` for several. */
  readonly path: string;
  /**
   * The vendor documents status 200 with `content-length: 0` as "not configured". Every other empty body
   * is an error, and so is the JSON `null`.
   */
  readonly emptyBody?: 'absent';
  /** Bytes of the largest answer that the vendor documents or that was recorded; four times as many are read. */
  readonly largestPage?: number;
}

/** What a call says besides its operation. */
export interface HttpCall extends Pick<HttpRequest, 'query' | 'headers' | 'json'> {
  /** What fills the path; encoded here. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Another path at which the vendor offers the same operation. */
  readonly path?: string;
}

/** Turns single calls of a REST API into facts. `O`: its operations. */
export interface HttpCalls<O extends string> {
  /** One call; `decode` gets null when the operation says "not configured". */
  readonly one: <T>(name: O, decode: (raw: unknown) => T, call?: HttpCall) => Promise<Learnt<T>>;
}

/** And its listings. `E`: an entry of them. */
export interface HttpApi<O extends string, E = unknown> extends HttpCalls<O> {
  /** Every page of a listing, as one list of entries. */
  readonly all: <T>(
    name: O,
    decode: (entries: readonly E[]) => T,
    call?: HttpCall,
  ) => Promise<Learnt<T>>;
  /** Page by page; ends after the first that is not known. */
  readonly pages: <T>(
    name: O,
    decode: (entries: readonly E[]) => readonly T[],
    call?: HttpCall,
  ) => AsyncGenerator<Learnt<readonly T[]>>;
}

export interface HttpCallsOptions<Op extends HttpOperation, O extends string> {
  readonly client: Pick<HttpClient, 'send'>;
  readonly operations: Readonly<Record<O, Op>>;
  readonly errors?: ErrorReader;
}

export interface HttpApiOptions<Op extends HttpOperation, O extends string, E>
  extends HttpCallsOptions<Op, O> {
  /** Follows a listing from its first request; see `pages` and `linkedPages`. */
  readonly paging: (
    client: Pick<HttpClient, 'send'>,
    request: HttpRequest,
    operation: Op,
  ) => Pages<E>;
}

export function httpCalls<Op extends HttpOperation, const O extends string>({
  client,
  operations,
  errors = httpErrors,
}: HttpCallsOptions<Op, O>): HttpCalls<O> {
  const { one } = asksOf(operations, errors);
  const body = async (name: O, call: HttpCall | undefined) =>
    bodyOf(await client.send(requestOf(name, operations[name], call)), operations[name]);
  return { one: (name, decode, call) => one(name, () => body(name, call), decode) };
}

export function httpApi<Op extends HttpOperation, const O extends string, E>(
  options: HttpApiOptions<Op, O, E>,
): HttpApi<O, E> {
  const { client, operations, paging, errors = httpErrors } = options;
  const { all, pages } = asksOf(operations, errors);
  const pagesOf = async function* (name: O, call: HttpCall | undefined) {
    return yield* paging(client, requestOf(name, operations[name], call), operations[name]);
  };
  return {
    ...httpCalls(options),
    all: (name, decode, call) => all(name, () => pagesOf(name, call), decode),
    pages: (name, decode, call) => pages(name, () => pagesOf(name, call), decode),
  };
}

/** The paging of listings whose pages are JSON arrays and name the next one in a `link` header (RFC 8288). */
export function linkedArrays(client: Pick<HttpClient, 'send'>, request: HttpRequest): Pages {
  return linkedPages(client, request, (response): readonly unknown[] => {
    const entries = response.json();
    if (Array.isArray(entries)) return entries;
    throw new DecodeError('the response is not a list');
  });
}

function bodyOf(answer: HttpAnswer, { emptyBody }: HttpOperation): unknown {
  const body = answer.json();
  if (body !== null) return body;
  // To decoders null means "not configured", which silence is only where the vendor says so. A body that
  // is cut off after the headers looks empty too, but for its length.
  const whole = answer.status === 200 && answer.headers['content-length'] === '0';
  if (emptyBody === 'absent' && whole) return null;
  throw new DecodeError('the answer is empty');
}

function requestOf(
  name: string,
  operation: HttpOperation,
  { params = {}, path = operation.path, ...rest }: HttpCall = {},
): HttpRequest {
  const filled = path.replace(/\{(\w+)(\+?)\}/g, (_, key: string, several: string) => {
    const value = String(params[key] ?? '');
    const parts = several === '' ? [value] : value.split('/');
    return parts.map((part) => segmentOf(key, part)).join('/');
  });
  const method = rest.json === undefined ? 'GET' : 'POST';
  const largest =
    operation.largestPage === undefined ? {} : { largestBody: 4 * operation.largestPage };
  return { operation: name, method, path: filled, ...largest, ...rest };
}

/** Names come from answers; one of dots alone would lead to another path. Throws `AnswerError`. */
function segmentOf(key: string, text: string): string {
  if (/^\.*$/.test(text)) throw new DecodeError(`the ${key} has no usable name`);
  return encodeURIComponent(text);
}

export type HttpContext = Pick<
  ScanContext,
  | 'concurrency'
  | 'gateOf'
  | 'signal'
  | 'retryPolicy'
  | 'environment'
  | 'caFile'
  | 'clientCertificate'
  | 'progress'
>;

/** The part of `HttpSettings` that a scan decides and not an adapter. */
export function httpSettingsFor(
  context: HttpContext,
  registry: string,
  base: string,
): HttpSettings {
  const { concurrency, signal, retryPolicy, environment, caFile, clientCertificate, progress } =
    context;
  return {
    base,
    concurrency,
    gate: context.gateOf?.(registry, signal),
    signal,
    retryPolicy,
    environment,
    caFile,
    clientCertificate,
    onExchange: (exchange) => progress({ kind: 'exchange', registry, ...exchange }),
    onCall: (operation) => progress({ kind: 'call', registry, operation }),
    onThrottled: (operation) => progress({ kind: 'throttled', registry, operation }),
  };
}

/** For a registry with several clients: the settings of each, and the calls of all together. */
export function countedSettings(context: HttpContext, registry: string) {
  let calls = 0;
  const secrets = redaction();
  return {
    settingsFor: (base: string): HttpSettings => {
      const settings = httpSettingsFor(context, registry, base);
      const onCall = (operation: string) => {
        calls += 1;
        settings.onCall?.(operation);
      };
      return { ...settings, onCall, redaction: secrets };
    },
    calls: () => calls,
  };
}
