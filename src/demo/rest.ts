import type { Fault } from './fault.ts';
import type { RefusalKind } from './fault-effects.ts';
import { type FaultsAtWork, faultsAtWork } from './faults-at-work.ts';
import type { WireAnswer, WireRequest } from './wire-server.ts';

/** A parsed call of a REST operation. */
export interface RestCall {
  /** The requested path without the query. */
  readonly path: string;
  /** The value of `{name}` in the path, percent-decoded once. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body; '': none. */
  readonly body: string;
}

/** A vendor's response. `json` is sent as JSON, `text` unchanged; with neither the body is empty. */
export interface RestReply {
  /** 200 when absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

/** One operation of a demo REST API. */
export interface Route {
  /** The operation name of the adapter. */
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  /** `/v2/orgs/{org}/members`; `{name+}` matches several segments. */
  readonly path: string;
  /** For operations that share a path: whether a request belongs to this operation. */
  readonly only?: (request: Pick<RestCall, 'query' | 'body' | 'headers'>) => boolean;
  readonly answer: (call: RestCall) => RestReply;
}

export interface RestApi {
  readonly routes: readonly Route[];
  /** The vendor's wording of injected refusals. */
  readonly refusals: Readonly<
    Record<RefusalKind, (operation: string, call: RestCall) => RestReply>
  >;
  readonly faults?: readonly Fault[] | undefined;
  /** The response to a request without a route. */
  readonly unknownPath: (request: WireRequest) => RestReply;
}

/** Answers requests for an estate and records them. */
export interface RestAnswers {
  readonly answer: (request: WireRequest) => WireAnswer;
  /** Calls per operation, including retries. */
  readonly calls: ReadonlyMap<string, number>;
  /** Requests without a route, as `METHOD path`. */
  readonly strays: readonly string[];
  /** Faults without effect so far. */
  readonly unmetFaults: () => readonly Fault[];
}

/** Thrown by a route for an error of the vendor. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reply: RestReply;

  constructor(reply: RestReply) {
    super(`refused with ${reply.status ?? 200}`);
    this.reply = reply;
  }
}

/** Responds to requests of a REST API like its vendor, including faults. */
export function restAnswers(api: RestApi): RestAnswers {
  const calls = new Map<string, number>();
  const strays: string[] = [];
  const faults = faultsAtWork(api.faults);
  const routes = api.routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return {
    calls,
    strays,
    unmetFaults: faults.unmet,
    answer: (request) => {
      for (const { route, pattern } of routes) {
        const params = route.method === request.method ? pattern(request.path) : null;
        if (params === null || route.only?.(request) === false) continue;
        const { path, query, headers, body } = request;
        const call: RestCall = { path, params, query, headers, body };
        calls.set(route.name, (calls.get(route.name) ?? 0) + 1);
        const met = faults.meet({
          name: route.name,
          input: { ...Object.fromEntries(query), ...params },
          subject: Object.values(params),
        });
        const refused = met.refusal();
        if (refused !== null) return met.spoil(wire(api.refusals[refused](route.name, call)));
        return met.spoil(wire(altered(answered(route, call), met)));
      }
      strays.push(`${request.method} ${request.path}`);
      return wire(api.unknownPath(request));
    },
  };
}

function answered(route: Route, call: RestCall): RestReply {
  try {
    return route.answer(call);
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    throw error;
  }
}

/** In the path of a fault, `[].field` is a field of each entry of a top-level list. */
function altered(
  reply: RestReply,
  met: Pick<ReturnType<FaultsAtWork['meet']>, 'alter' | 'alterRefusal'>,
): RestReply {
  const { status = 200, json } = reply;
  const alter = status >= 300 ? met.alterRefusal : met.alter;
  if (Array.isArray(json)) {
    const changed = alter({ '': json });
    return { ...reply, json: '' in changed ? changed[''] : changed };
  }
  if (typeof json !== 'object' || json === null) return reply;
  return { ...reply, json: alter(Object.fromEntries(Object.entries(json))) };
}

function wire({ status = 200, headers = {}, json, text }: RestReply): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: json === undefined ? (text ?? '') : JSON.stringify(json),
  };
}

/** Compiles a path with placeholders to a matcher that returns the parameters, or null. */
function patternOf(path: string): (asked: string) => Readonly<Record<string, string>> | null {
  const names: string[] = [];
  const source = path.replace(/\{([a-zA-Z]+)(\+?)\}|[.*+?^${}()|[\]\\]/g, (all, name, several) => {
    if (name === undefined) return `\\${all}`;
    names.push(name);
    return several === '+' ? '(.+?)' : '([^/]+)';
  });
  const pattern = new RegExp(`^${source}$`);
  return (asked) => {
    const found = pattern.exec(asked);
    if (found === null) return null;
    return Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]),
    );
  };
}
