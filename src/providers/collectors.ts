import { isDeepStrictEqual } from 'node:util';
import type { AnyFact, Ceiling, Source } from '../model/fact.ts';
import type { Collected, Subject } from '../model/subjects.ts';
import type { Capped, Provided, Provides, Reads } from './contract.ts';
import { unknown } from './facts.ts';

/** How to learn each fact of a subject; one that is neither a constant nor has a collector is not collected. */
export type Collectors<S extends Subject> = {
  readonly [F in keyof Collected[S]]?: () => Promise<Collected[S][F]>;
};

/**
 * Collects the wanted facts of one subject. A constant is taken from `provides`, the rest by its collector;
 * a known fact is stamped with the operations and the field that `provides` names.
 */
export async function collectFacts<S extends Subject>(
  provides: Provides<string>[S],
  wanted: ReadonlySet<string>,
  collectors: Collectors<S>,
): Promise<Record<string, AnyFact>> {
  const table = provides as Readonly<Record<string, Provided<string, unknown>>>;
  const named = collectors as Readonly<Record<string, () => Promise<AnyFact>>>;
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

const notCollected = unknown('not-collected', 'none', 'this adapter does not collect it');
const stamps = new WeakMap<Reads<string>, Source>();

function stamped(
  fact: AnyFact | undefined,
  provided: Reads<string> | Capped<string, unknown>,
): AnyFact {
  if (fact === undefined) return notCollected;
  if (fact.state !== 'known' && fact.state !== 'partial') return fact;
  let from = stamps.get(provided);
  if (from === undefined) {
    from = { operation: provided.operations.join(' + '), field: provided.field };
    stamps.set(provided, from);
  }
  return fact.state === 'partial' ? { ...fact, from } : capped(fact.value, from, provided);
}

function capped(value: unknown, from: Source, provided: object): AnyFact {
  const ceiling = ceilingOf(provided, value);
  return { state: 'known', value, from, ...(ceiling === null ? {} : { ceiling }) };
}

/** What `provides` says of a value that is the best that the vendor can do; null: it is not. */
export function ceilingOf(provided: object, value: unknown): Ceiling | null {
  if (!('ceiling' in provided)) return null;
  const { best, note, step } = (provided as Capped<string, unknown>).ceiling;
  return isDeepStrictEqual(best, value) ? { note, step } : null;
}
