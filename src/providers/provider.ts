import type { Commands } from '../model/commands.ts';
import type {
  AnyFact,
  Fact,
  Known,
  Source,
  Unknown,
  Unsupported,
  ValueOf,
  Why,
} from '../model/fact.ts';
import type { Fixes } from '../model/fix.ts';
import type { Plan } from '../model/plan.ts';
import type { Reading } from '../model/snapshot.ts';
import type { Subject, Subjects } from '../model/subjects.ts';

/** One API call an adapter may make. What is not declared here cannot be called. */
export interface Operation {
  /** What must be granted to make the call, in the provider's words; empty: nothing. */
  readonly permission: string;
  /** What an error code of this call means. A code that is not listed is never "absent". */
  readonly means: Readonly<Record<string, Why | 'absent'>>;
  /** The vendor's page on the call. */
  readonly doc: string;
}

/** A fact that is read: from which operations, and which field of their answers decides. */
export interface Reads<O extends string> {
  readonly state: 'read';
  readonly field: string;
  readonly operations: readonly [O, ...O[]];
}

/** Where a fact comes from: operations, a constant the vendor documents, or nowhere. */
export type Provided<O extends string, T> = Reads<O> | Known<T> | Unsupported;

export type Provides<O extends string> = {
  readonly [S in Subject]: {
    readonly [F in keyof Subjects[S]]: Provided<O, ValueOf<Subjects[S][F]>>;
  };
};

/** One thing to audit, as named on the command line or in the configuration. */
export interface Target {
  readonly provider: string;
  /** What stands behind `provider://`; empty when only the provider was named. */
  readonly address: string;
  /** Further keys of the entry in the configuration; checked by the adapter's `options` schema. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the command line gives every adapter. */
export interface ScanContext {
  readonly plan: Plan;
  /** Most calls in flight, per registry. */
  readonly concurrency: number;
  /**
   * Of the target: aborted when its time is over, and at the latest when its registries have been read. What
   * is still open then is closed, and what is under way is unknown.
   */
  readonly signal: AbortSignal;
  /** Of the scan as a whole: one and the same for all its targets, so that what they share can hang on it. */
  readonly scan: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A file of PEM certificates to trust besides the system's (`--ca-file`). */
  readonly caFile: string | undefined;
  /** Whether a repository is asked for (`--include`, `--exclude`). */
  readonly wanted: (repository: string) => boolean;
  /** Which images stand for a repository: so many of the newest, and those with matching tags. */
  readonly images: { readonly newest: number; readonly tags: readonly string[] };
  readonly now: () => Date;
  /** How long a call is tried again; `standardPatience` unless a test is in a hurry. */
  readonly patience: Patience;
  readonly progress: (step: Progress) => void;
}

export interface Patience {
  /** Tries of a throttled call, the first included. */
  readonly attempts: number;
  /** Milliseconds before the second try; grows exponentially, with jitter. */
  readonly baseDelay: number;
  /** False: tries again at once and at any rate, for a server of our own that has no limits. */
  readonly waits: boolean;
}
export const standardPatience: Patience = { attempts: 8, baseDelay: 100, waits: true };

export type Progress =
  | { readonly kind: 'call'; readonly registry: string; readonly operation: string }
  | { readonly kind: 'throttled'; readonly registry: string; readonly operation: string }
  | { readonly kind: 'repositories'; readonly registry: string; readonly known: number }
  /** One exchange on the wire; the URL carries no query values and no credentials. Status 0: no answer. */
  | {
      readonly kind: 'exchange';
      readonly registry: string;
      readonly method: string;
      readonly url: string;
      readonly status: number;
      readonly ms: number;
    };

/** An independent unit of a scan: one registry. */
export interface Registry {
  /** `ecr://123456789012/eu-west-1` */
  readonly id: string;
  /**
   * Reads it, and closes what was opened for it alone. `signal`: aborted when the time of this registry is
   * over; what is not known by then comes as unknown, and soon.
   */
  readonly read: (signal: AbortSignal) => AsyncIterable<Reading>;
  /** Why nothing of it can be read; absent: it can be. */
  readonly unreachable?: Unknown;
}

/** What an adapter is to the rest of the program. */
export interface Provider<O extends string = string> {
  readonly id: string;
  /** The product's name as its vendor writes it. */
  readonly title: string;
  /** Forms of address, for help texts: `ecr://ACCOUNT/REGION`. */
  readonly addresses: readonly string[];
  readonly operations: Readonly<Record<O, Operation>>;
  readonly provides: Provides<O>;
  /** The operations that come before any fact of a plan: sign-in, and the lists of repositories. */
  readonly listing: (plan: Plan) => readonly O[];
  /** The least-privilege document for these operations, ready to paste. */
  leastPrivilege(operations: readonly O[]): string;
  /** The file of the adapter's folder that this document for all checks is written to. */
  readonly permissionFile: 'least-privilege.json' | 'least-privilege.yaml';
  /** How to put right each check that can fail here. */
  readonly fixes: Fixes;
  /** How the commands of its fixes become ready to run; else people fill them in. */
  readonly commands?: Commands;
  /** JSON Schema of the further keys a configuration entry may have. */
  readonly options: object;
  /**
   * Names the registries a target stands for. Rejects with `UsageError` when it cannot mean any, before a
   * call is made; calls are made as the registries are asked for.
   */
  readonly open: (target: Target, context: ScanContext) => Promise<AsyncIterable<Registry>>;
}

/** A fact that is read from `field` in the answer of one or several operations. */
export function reads<const O extends string>(
  field: string,
  ...operations: readonly [O, ...O[]]
): Reads<O> {
  return { state: 'read', field, operations };
}

/** Declares an adapter: identity, but with every fact of the model answered or it does not compile. */
export function defineProvider<const O extends string>(provider: Provider<O>): Provider<O> {
  return provider;
}

/** A value the vendor documents as always so, on every plan. `doc`: the page that says it. */
export function always<const T>(value: T, doc: string): Known<T> {
  return { state: 'known', value, from: { operation: 'platform', detail: doc } };
}

/** The platform cannot have this control. `note`: one clause that says so. */
export function unsupported(note: string): Unsupported {
  return { state: 'unsupported', note };
}

/** Thrown by a decoder when the vendor's answer is understood and says that it is not known. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
}

/** How an adapter reads the errors of its client: the code to look up in `means`, and a sentence. */
export interface ErrorReader {
  readonly codeOf: (error: unknown) => string;
  readonly detailOf: (error: unknown) => string;
}

/**
 * The only road from a call to a fact. `decode` gets null when the API says "not configured" and
 * throws on what it does not recognise; `Inconclusive` when the vendor itself does not know.
 */
export async function ask<T>(
  name: string,
  operation: Operation,
  errors: ErrorReader,
  call: () => Promise<unknown>,
  decode: (raw: unknown) => T,
): Promise<Fact<T>> {
  const from = sourceOf(name, operation);
  let raw: unknown = null;
  try {
    raw = await call();
  } catch (error) {
    const why = operation.means[errors.codeOf(error)] ?? 'unreachable';
    if (why !== 'absent') {
      return { state: 'unknown', why, from: { ...from, detail: errors.detailOf(error) } };
    }
  }
  return settle(
    () => from,
    () => decode(raw),
  );
}

/** A fact out of an answer that is there already: what `ask` does after its call. */
export function known<T>(operation: string, permission: string, decode: () => T): Fact<T> {
  return settle(() => withPermission(operation, permission), decode);
}

/** Joins facts into one. Unknown if any is unknown; else unsupported if any is; else `value`'s answer. */
export function join<const F extends readonly AnyFact[], T>(
  facts: F,
  value: (...values: { [K in keyof F]: ValueOf<F[K]> }) => T,
): Fact<T> {
  for (const fact of facts) if (fact.state === 'unknown') return fact;
  for (const fact of facts) if (fact.state === 'unsupported') return fact;
  const known = facts as readonly Known<unknown>[];
  return settle(
    () => joinedSource(known),
    () => value(...(known.map((fact) => fact.value) as never)),
  );
}

const joined = new Map<string, Source>();

/** One source for the same operations: a scan joins the same few facts for every repository. */
function joinedSource(facts: readonly Known<unknown>[]): Source {
  const [first] = facts;
  if (facts.length === 1 && first !== undefined) return first.from;
  const key = facts.map(({ from }) => from.operation).join(' + ');
  let source = joined.get(key);
  if (source === undefined) {
    source = { operation: [...new Set(key.split(' + '))].join(' + ') };
    joined.set(key, source);
  }
  return source;
}

function settle<T>(from: () => Source, value: () => T): Fact<T> {
  try {
    return { state: 'known', value: value(), from: from() };
  } catch (error) {
    const why = error instanceof Inconclusive ? 'inconclusive' : 'undecodable';
    const detail = error instanceof Error ? error.message : String(error);
    return { state: 'unknown', why, from: { ...from(), detail } };
  }
}

const sources = new WeakMap<Operation, Source>();

/** The source of what an operation answers; one object per operation. */
function sourceOf(name: string, operation: Operation): Source {
  let source = sources.get(operation);
  if (source === undefined) {
    source = withPermission(name, operation.permission);
    sources.set(operation, source);
  }
  return source;
}

function withPermission(operation: string, permission: string): Source {
  return permission === '' ? { operation } : { operation, permission };
}

/** A fact nobody asked for, or whose asking was cut short. */
export function unknown(why: Why, operation: string, detail: string): Unknown {
  return { state: 'unknown', why, from: { operation, detail } };
}

/** How to learn each fact of a subject; a fact without a way that is not a constant is not collected. */
export type Ways<S extends Subject> = {
  readonly [F in keyof Subjects[S]]?: () => Promise<Subjects[S][F]>;
};

/**
 * Collects the wanted facts of one subject. A constant is taken from `provides`, the rest by its way;
 * a known fact is stamped with the operations and the field that `provides` names.
 */
export async function collectFacts<S extends Subject>(
  provides: Provides<string>[S],
  wanted: ReadonlySet<string>,
  ways: Ways<S>,
): Promise<Record<string, AnyFact>> {
  const table = provides as Readonly<Record<string, Provided<string, unknown>>>;
  const named = ways as Readonly<Record<string, () => Promise<AnyFact>>>;
  const facts: Record<string, AnyFact> = {};
  const collect = async (name: string) => {
    const provided = table[name];
    if (provided === undefined) facts[name] = notCollected;
    else
      facts[name] = provided.state === 'read' ? stamped(await named[name]?.(), provided) : provided;
  };
  await Promise.all([...wanted].map(collect));
  return facts;
}

/** The facts that `provides` answers by itself: constants, and what the platform cannot have. */
export function constants(
  provides: Readonly<Record<string, Provided<string, unknown>>>,
): Record<string, AnyFact> {
  const facts: Record<string, AnyFact> = {};
  for (const [name, provided] of Object.entries(provides)) {
    if (provided.state !== 'read') facts[name] = provided;
  }
  return facts;
}

/**
 * A registry that could not be signed in to or read: every fact of it is unknown for this reason, but for
 * those of repositories that are the same for each of them.
 */
export function unreachableRegistry(
  { id, provider, provides }: { id: string; provider: string; provides: Provides<string> },
  why: Unknown,
  { now }: Pick<ScanContext, 'now'>,
): Registry {
  return {
    id,
    unreachable: why,
    read: async function* () {
      yield {
        kind: 'registry',
        registry: id,
        provider,
        unreachable: why,
        takenAt: now().toISOString(),
        facts: {},
        everywhere: constants(provides.repository),
      };
      yield { kind: 'end', registry: id, listing: why, calls: 0 };
    },
  };
}

const notCollected = unknown('not-collected', 'none', 'this adapter does not collect it');
const stamps = new WeakMap<Reads<string>, Source>();

function stamped(fact: AnyFact | undefined, provided: Reads<string>): AnyFact {
  if (fact === undefined) return notCollected;
  if (fact.state !== 'known') return fact;
  let from = stamps.get(provided);
  if (from === undefined) {
    from = { operation: provided.operations.join(' + '), field: provided.field };
    stamps.set(provided, from);
  }
  return { state: 'known', value: fact.value, from };
}
