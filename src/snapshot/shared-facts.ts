import type { AnyFact } from '../model/fact.ts';

export type SubjectWord = 'registry' | 'repository';

/**
 * How many facts of one name a snapshot may share. Settings have few values in common; what differs
 * from repository to repository (digests, scan results) soon fills its share and is written in place.
 */
export const mostShared = 1000;
const mostCharacters = 32 * 1024 * 1024;

/** Numbers shared facts while a snapshot is written. */
export interface SharedFacts {
  /** The number of the fact, or null to write it in place. `added`: it is new and needs its line. */
  readonly number: (
    subject: SubjectWord,
    name: string,
    fact: AnyFact,
  ) => { readonly number: number; readonly added: boolean } | null;
}

/** Creates a table of facts, bounded in entries and size. Equal facts share a number. */
export function sharedFacts(): SharedFacts {
  const byName = new Map<string, { json: Map<string, number>; seen: WeakMap<AnyFact, number> }>();
  let next = 0;
  let characters = 0;
  return {
    number(subject, name, fact) {
      const key = `${subject} ${name}`;
      const known = byName.get(key) ?? { json: new Map(), seen: new WeakMap() };
      byName.set(key, known);
      const seen = known.seen.get(fact);
      if (seen !== undefined) return { number: seen, added: false };
      const json = JSON.stringify(fact);
      const equal = known.json.get(json);
      if (equal !== undefined) {
        known.seen.set(fact, equal);
        return { number: equal, added: false };
      }
      if (known.json.size >= mostShared || characters + json.length > mostCharacters) return null;
      const number = next;
      next += 1;
      characters += json.length;
      known.json.set(json, number);
      known.seen.set(fact, number);
      return { number, added: true };
    },
  };
}
