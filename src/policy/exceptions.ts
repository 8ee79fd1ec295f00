import { type Day, dayOf } from '../model/day.ts';
import type { PlacedException } from '../model/exception.ts';
import { matches } from '../model/wildcard.ts';
import { holds, literalSubject, type Place, subjectOf } from './scope.ts';

/** How often a scan used an exception. */
export interface Used {
  readonly exception: PlacedException;
  /** Matching findings. */
  covered: number;
  /** Matching findings after the exception had expired. */
  lapsed: number;
  /** Whether a matching subject is unknown. */
  unjudged: boolean;
}

/** Waivers or accepted unknowns. */
export interface Exceptions {
  /** The exception that applies to a subject at an instant (ISO 8601); null: none. */
  readonly cover: (check: string, place: Place, now: string) => PlacedException | null;
  /** Records that a subject is unknown: an exception for it does not count as unused. */
  readonly unjudged: (check: string, place: Place) => void;
  readonly used: readonly Used[];
}

/** The exceptions of one check: `named` by literal subject, `open` with wildcards. */
interface OfCheck {
  readonly named: Map<string, Used[]>;
  readonly open: Used[];
}

/** In: exceptions in the order of their files, and the checks that run. */
export function exceptions(
  list: readonly PlacedException[],
  checks: readonly string[],
): Exceptions {
  const used = list.map(
    (exception): Used => ({ exception, covered: 0, lapsed: 0, unjudged: false }),
  );
  const byCheck = new Map<string, OfCheck>();
  for (const one of used) {
    for (const check of checks) if (matches(one.exception.check, check)) file(byCheck, check, one);
  }
  const fitting = (check: string, place: Place): readonly Used[] => {
    const own = byCheck.get(check);
    if (own === undefined) return [];
    const named = own.named.get(subjectOf(place)) ?? [];
    return [...named, ...own.open.filter(({ exception }) => holds(exception, place))];
  };
  const today = memoizeLast(dayOf);
  return {
    used,
    cover(check, place, now) {
      let holding: PlacedException | null = null;
      for (const one of fitting(check, place)) {
        const valid = !hasExpired(one.exception, today(now));
        if (valid) one.covered += 1;
        else one.lapsed += 1;
        if (valid && holding === null) holding = one.exception;
      }
      return holding;
    },
    unjudged(check, place) {
      for (const one of fitting(check, place)) one.unjudged = true;
    },
  };
}

/** An exception applies to the end of its last day. */
export function hasExpired({ expires }: PlacedException, today: Day): boolean {
  return expires < today;
}

function file(byCheck: Map<string, OfCheck>, check: string, one: Used): void {
  const own: OfCheck = byCheck.get(check) ?? { named: new Map(), open: [] };
  byCheck.set(check, own);
  const subject = literalSubject(one.exception);
  if (subject === null) own.open.push(one);
  else own.named.set(subject, [...(own.named.get(subject) ?? []), one]);
}

/** Memoizes the last key: all subjects of a registry have the same instant. */
function memoizeLast<T>(make: (key: string) => T): (key: string) => T {
  let last: { readonly key: string; readonly value: T } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}
