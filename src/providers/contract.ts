import type { Commands } from '../model/commands.ts';
import type {
  Ceiling,
  Known,
  NotExposed,
  ResponseWhy,
  Unknown,
  Unsupported,
  ValueOf,
} from '../model/fact.ts';
import type { Fixes } from '../model/fix.ts';
import type { ImageChoice } from '../model/image-choice.ts';
import type { Plan } from '../model/plan.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import type { Collected, Subject } from '../model/subjects.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** One API call an adapter may make. What is not declared here cannot be called. */
export interface Operation {
  /** What must be granted to make the call, in the provider's words; empty: nothing. */
  readonly permission: string;
  /** What an error code of this call means. A code that is not listed is never "absent". */
  readonly means: Readonly<Record<string, ResponseWhy | 'absent' | Cause>>;
  /** The vendor's page on the call. */
  readonly doc: string;
  /** Made only where `images.mayPull` allows signatures to be read; least privilege leaves it out otherwise. */
  readonly withPulls?: true;
}

/** An error that has a cure of its own, because granting the permission does not help. */
export interface Cause {
  readonly why: ResponseWhy;
  /** What helps, in the vendor's words: one clause without a full stop. */
  readonly cure: string;
}

/** A fact that is read: from which operations, and which field of their answers decides. */
export interface Reads<O extends string> {
  readonly state: 'read';
  readonly field: string;
  readonly operations: readonly [O, ...O[]];
}

/** A fact that is read, of which the vendor can do no better than `best`. */
export interface Capped<O extends string, T> extends Reads<O> {
  readonly ceiling: Ceiling & { readonly best: T };
}

/** A fact that is read, of which no API tells the rest, or anything, for some accounts or releases. */
export interface Partly<O extends string> extends Reads<O> {
  readonly evidence: readonly NotExposed[];
}

/** Where a fact comes from: operations, a constant the vendor documents, or nowhere. */
export type Provided<O extends string, T> =
  | Reads<O>
  | Capped<O, T>
  | Partly<O>
  | Known<T>
  | Unsupported
  | NotExposed;

export type Provides<O extends string> = {
  readonly [S in Subject]: {
    readonly [F in keyof Collected[S]]: Provided<O, ValueOf<Collected[S][F]>>;
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
  /** Admits each call of a registry, so that all of a scan together have a limit; absent: there is none. */
  readonly gateOf?: (
    registry: string,
    signal: AbortSignal,
  ) => <T>(task: () => Promise<T>) => Promise<T>;
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
  /** Files of a PEM certificate and its key, shown to registries that ask for one (`--client-cert`). */
  readonly clientCertificate?: ClientCertificate | undefined;
  /** Whether a repository is asked for (`--include`, `--exclude`). */
  readonly wanted: (repository: string) => boolean;
  readonly images: ImageChoice;
  readonly now: () => Date;
  /** How long a call is tried again; `standardPatience` unless a test is in a hurry. */
  readonly retryPolicy: RetryPolicy;
  readonly progress: (step: Progress) => void;
}

export interface ClientCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

export type Progress =
  | { readonly kind: 'call'; readonly registry: string; readonly operation: string }
  | { readonly kind: 'throttled'; readonly registry: string; readonly operation: string }
  | { readonly kind: 'repositories'; readonly registry: string; readonly known: number }
  /** Whom the credentials belong to, as the vendor names them. */
  | { readonly kind: 'signed-in'; readonly registry: string; readonly as: string }
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
  readonly read: (signal: AbortSignal) => AsyncIterable<SnapshotLine>;
  /** Why nothing of it can be read; absent: it can be. */
  readonly unreachable?: Unknown;
  /** Base of the distribution API, where opening it has told; `outside.base` is not asked then. */
  readonly endpoint?: string;
}

/** The hosts that may get a provider's credentials without somebody naming them. */
export interface CredentialHosts {
  /** Domains of the vendor, their subdomains included; a product that people host themselves has none. */
  readonly vendor: readonly string[];
  /**
   * Labels below those domains that customers have hosts under: such a host is somebody's, not the
   * vendor's own.
   */
  readonly rented?: readonly string[];
  /** The environment variable with the address of the product. */
  readonly variable?: string;
  /** Whether the address of a target is, or begins with, a host that gets credentials. */
  readonly addressIsHost: boolean;
  /** Whether stored credentials are looked up by the address, whatever `url` says. */
  readonly byAddress?: true;
}

/** How a client without an account finds the registries of an adapter, and images there. */
export interface OutsideAddress {
  /** Base of the distribution API, `https://host[:port]`; null: not known. `registry`: its id. */
  readonly base: (registry: string, options: Target['options']) => string | null;
  /** Where an image stands, as facts name it (`1.2 (sha256:…)`); null: cannot be told. */
  readonly image: (registry: string, repository: string, image: string) => OutsideImage | null;
  /** Hosts besides the registry's own that issue its tokens. */
  readonly realms: (registry: string) => readonly string[];
  /**
   * What the names of its repositories begin with, on a host that it shares with the registries of others;
   * absent: the host is its own.
   */
  readonly prefix?: (registry: string) => string;
}

export interface OutsideImage {
  /** The name as it is pulled, without host. */
  readonly repository: string;
  readonly tag: string;
  /** Path below the base, of a repository that has a distribution API of its own: `/repository/shop`. */
  readonly below?: string;
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
  /** Calls in flight for one registry where nobody says how many; absent: ten. */
  readonly concurrency?: number;
  /** Which hosts the credentials of this provider belong to. */
  readonly credentialHosts: CredentialHosts;
  /** Where `--probe` looks; absent: nowhere. */
  readonly outside?: OutsideAddress;
  /**
   * Prefixes of the environment variables that an entry may name as credentials (`usernameEnv`,
   * `passwordEnv`, `tokenEnv`); else its id in capitals: `HARBOR_`. `REGAUDIT_` may begin one everywhere.
   */
  readonly credentialVariables?: readonly string[];
  /** JSON Schema of the further keys a configuration entry may have. */
  readonly options: object;
  /**
   * Names the registries a target stands for. Rejects with `UsageError` when it cannot mean any, before a
   * call is made; calls are made as the registries are asked for.
   */
  readonly open: (target: Target, context: ScanContext) => Promise<AsyncIterable<Registry>>;
  /**
   * The targets that a target stands for, where there may be thousands with credentials of their own, such as the
   * accounts of an organisation; null: it stands for itself. Makes calls for such a target alone. Rejects with
   * `UsageError`, before a call is made, when it cannot mean any.
   */
  readonly expand?: (target: Target, context: ScanContext) => Promise<Expansion | null>;
}

/** What a target stands for. */
export interface Expansion {
  readonly targets: readonly Target[];
  /** Why there may be more than these; null: there are no more. */
  readonly missing: Unknown | null;
  /** What was left out on purpose, in words. */
  readonly notes: readonly string[];
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

/**
 * No API tells this, whoever asks. `note`: one clause that says so; `page`: the vendor's page that shows
 * it; `step`: what to check by hand, an imperative sentence without a full stop.
 */
export function notExposed(note: string, page: string, step: string): NotExposed {
  return {
    state: 'unknown',
    why: 'not-exposed',
    from: { operation: 'platform', detail: note, page, step },
  };
}

/**
 * A list of which some entries are in no API, or a fact that is in no API for some accounts or releases.
 * `evidence`: what may be missing. A collector names the one that holds, and no other, by a setting or a
 * release that it has read (`withRest`).
 */
export function partly<const O extends string>(
  fact: Reads<O>,
  ...evidence: readonly [NotExposed, ...NotExposed[]]
): Partly<O> {
  return { ...fact, evidence };
}

/**
 * `best`: what the vendor can do at best. A check that fails on it is not applicable, with `note` (what
 * the vendor cannot do) and `step` (what to check by hand).
 */
export function ceiling<const O extends string, const T>(
  fact: Reads<O>,
  best: T,
  note: string,
  step: string,
): Capped<O, T> {
  return { ...fact, ceiling: { best, note, step } };
}
