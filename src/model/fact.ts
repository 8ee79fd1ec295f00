/** The state of one setting. There is no default. Only a list can be known in part. */
export type Fact<T> = Whole<T> | (T extends readonly unknown[] ? PartlyKnown<T> : never);
/** A fact that is known completely or not at all. */
export type Whole<T> = Known<T> | Unsupported | Unknown;

export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly from: Source;
  /** Set if the value is the best that the vendor offers; only `provides` of the adapter declares it. */
  readonly ceiling?: Ceiling;
}

/** Lists only: entries that certainly exist, and every reason why the rest is unknown. Proves a fail, never a pass. */
export interface PartlyKnown<T> {
  readonly state: 'partial';
  readonly value: T;
  readonly from: Source;
  readonly missing: readonly [Unknown, ...Unknown[]];
}

/** The platform has no such control, on any plan. Never a pass. */
export interface Unsupported {
  readonly state: 'unsupported';
  readonly note: string;
}

/** The fact could not be read, or was not collected. Never a pass, never a fail. */
export interface Unknown extends Reason {
  readonly state: 'unknown';
  /** Further reasons, if several inputs of the fact are unknown. */
  readonly also?: readonly Reason[];
}

/** One reason of an unknown, and the operation that should have read the fact. */
export interface Reason {
  readonly why: Why;
  readonly from: Source;
}

/** No API exposes the fact to anyone: constant per adapter and fact. */
export interface NotExposed extends Unknown {
  readonly why: 'not-exposed';
}

/** The best that a vendor offers, and what remains to be done elsewhere. */
export interface Ceiling {
  /** One clause: the limit of the vendor. */
  readonly note: string;
  /** The step by hand. */
  readonly step: string;
}

/**
 * Why a fact is unknown. `pending`: a scan, job or deletion is in progress; `inconclusive`: the input was
 * read completely but does not decide the fact (such as a condition on request context); `not-exposed`: no
 * API exposes the fact to anyone.
 */
export const whys = [
  'denied',
  'denied-or-absent',
  'plan-gated',
  'throttled',
  'unreachable',
  'undecodable',
  'pending',
  'inconclusive',
  'not-exposed',
  'not-collected',
  'crashed',
] as const;
export type Why = (typeof whys)[number];
/** The reasons that a response can give. */
export type ResponseWhy = Exclude<Why, 'not-exposed'>;

/** Where a fact comes from: the API operation, the field, and the permission it needs. */
export interface Source {
  readonly operation: string;
  readonly field?: string;
  readonly permission?: string;
  readonly detail?: string;
  /** What helps if granting the permission does not. */
  readonly cure?: string;
  /** For `not-exposed`: the step by hand. */
  readonly step?: string;
  /** For `not-exposed`: the vendor's page which shows that no API exposes the fact. */
  readonly page?: string;
  /** For `inconclusive`: a hash of the input in hexadecimal digits. */
  readonly input?: string;
}

export type ValueOf<F> = F extends Known<infer T> ? T : never;
export type AnyFact = Whole<unknown> | PartlyKnown<unknown>;

/** Every reason of the unknowns, once each; `not-exposed` comes last, because every other reason outranks it. */
export function reasonsOf(unknowns: readonly Unknown[]): readonly Reason[] {
  const all = unknowns.flatMap(({ why, from, also = [] }) => [{ why, from }, ...also]);
  const once = new Map(all.map((reason) => [JSON.stringify(reason), reason]));
  const rank = ({ why }: Reason) => (why === 'not-exposed' ? 1 : 0);
  return [...once.values()].sort((a, b) => rank(a) - rank(b));
}

/** Joins unknowns into one with all their reasons; null: the list is empty. */
export function unknownFor(unknowns: readonly Unknown[]): Unknown | null {
  const [first] = unknowns;
  if (first === undefined || unknowns.length === 1) return first ?? null;
  const [reason = first, ...also] = reasonsOf(unknowns);
  return {
    state: 'unknown',
    why: reason.why,
    from: reason.from,
    ...(also.length === 0 ? {} : { also }),
  };
}
