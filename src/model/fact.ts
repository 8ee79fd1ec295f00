/** What we learnt about one setting. There is no default. Only a list can be known in part. */
export type Fact<T> = Whole<T> | (T extends readonly unknown[] ? PartlyKnown<T> : never);
/** A fact that is known whole or not at all. */
export type Whole<T> = Known<T> | Unsupported | Unknown;

export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly from: Source;
  /** The value is the best that the vendor can do; `provides` of the adapter alone says so. */
  readonly ceiling?: Ceiling;
}

/**
 * Lists only: entries that are surely there, and every reason why the rest is not known. Can prove a
 * fail, never a pass.
 */
export interface PartlyKnown<T> {
  readonly state: 'partial';
  readonly value: T;
  readonly from: Source;
  readonly missing: readonly [Unknown, ...Unknown[]];
}

/** The platform cannot have this control, on any plan. Never a pass. */
export interface Unsupported {
  readonly state: 'unsupported';
  readonly note: string;
}

/** We asked and did not learn, or did not ask. Never a pass, never a fail. */
export interface Unknown extends Reason {
  readonly state: 'unknown';
  /** Further reasons, where several inputs of the fact are unknown. */
  readonly also?: readonly Reason[];
}

/** One cause of an unknown, and the operation that was to tell. */
export interface Reason {
  readonly why: Why;
  readonly from: Source;
}

/** No API tells, whoever asks: a constant of adapter and fact. */
export interface NotExposed extends Unknown {
  readonly why: 'not-exposed';
}

/** What a vendor can do at best, and what remains to be done elsewhere. */
export interface Ceiling {
  /** One clause: what the vendor cannot do. */
  readonly note: string;
  /** What to check by hand instead. */
  readonly step: string;
}

/**
 * Why a fact is unknown. `pending`: a scan, job or deletion that is under way; `inconclusive`: the input
 * was read whole and cannot be decided (a condition that only a live request can settle);
 * `not-exposed`: no API tells, whoever asks.
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
/** What a response can be the cause of: never that no API tells. */
export type ResponseWhy = Exclude<Why, 'not-exposed'>;

/** What a verdict rests on: the API operation, the field read, and what is needed to read it. */
export interface Source {
  readonly operation: string;
  readonly field?: string;
  readonly permission?: string;
  readonly detail?: string;
  /** What helps, where granting the permission does not. */
  readonly cure?: string;
  /** Of `not-exposed`: what to check by hand. */
  readonly step?: string;
  /** Of `not-exposed`: the vendor's page that shows that no API tells. */
  readonly page?: string;
  /** Of `inconclusive`: a hash of the input read, as hexadecimal digits. */
  readonly input?: string;
}

export type ValueOf<F> = F extends Known<infer T> ? T : never;
export type AnyFact = Whole<unknown> | PartlyKnown<unknown>;

/** Every reason of an unknown, once each. What no API tells comes last: every other reason outranks it. */
export function reasonsOf(unknowns: readonly Unknown[]): readonly Reason[] {
  const all = unknowns.flatMap(({ why, from, also = [] }) => [{ why, from }, ...also]);
  const once = new Map(all.map((reason) => [JSON.stringify(reason), reason]));
  const rank = ({ why }: Reason) => (why === 'not-exposed' ? 1 : 0);
  return [...once.values()].sort((a, b) => rank(a) - rank(b));
}

/** One unknown for several, with every reason of them; null: there is none. */
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
