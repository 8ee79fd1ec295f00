import { isDeepStrictEqual } from 'node:util';
import type { AnyFact, NotExposed, Reason, Unknown } from '../model/fact.ts';
import { unknownFor } from '../model/fact.ts';
import { ceilingOf } from '../providers/collectors.ts';
import type { Provided, Provides } from '../providers/contract.ts';
import { provides } from '../providers/index.ts';
import type { Believe } from '../snapshot/fact-reader.ts';

/**
 * In: where every fact comes from, by adapter. Out: what of a snapshot's facts this build's adapters say
 * too. That no API tells a fact, and that a value is the best that the vendor can do, would otherwise be an
 * easy way past the gate.
 */
export function believing(provides: Readonly<Record<string, Provides<string>>>): Believe {
  return (fact, { provider, subject, name }) => {
    const own = Object.hasOwn(provides, provider) ? provides[provider] : undefined;
    const table: Readonly<Record<string, Provided<string, unknown>>> = own?.[subject] ?? {};
    return believed(fact, Object.hasOwn(table, name) ? table[name] : undefined);
  };
}

/** The tables of every adapter there is. */
export async function allProvides(): Promise<Readonly<Record<string, Provides<string>>>> {
  const read = Object.entries(provides).map(async ([id, load]) => [id, await load()] as const);
  return Object.fromEntries(await Promise.all(read));
}

function believed(fact: AnyFact, own: Provided<string, unknown> | undefined): AnyFact {
  const hidden = hiddenOf(own);
  const believe = (one: Unknown) => believedUnknown(one, hidden);
  switch (fact.state) {
    case 'known': {
      const { ceiling, ...plain } = fact;
      if (ceiling === undefined) return fact;
      const said = own === undefined ? null : ceilingOf(own, fact.value);
      return isDeepStrictEqual(said, { ...ceiling }) ? fact : plain;
    }
    case 'partial': {
      const [first, ...more] = fact.missing;
      return { ...fact, missing: [believe(first), ...more.map(believe)] };
    }
    case 'unsupported':
      return fact;
    case 'unknown':
      return believe(fact);
  }
}

function hiddenOf(own: Provided<string, unknown> | undefined): readonly NotExposed[] {
  if (own === undefined) return [];
  if (own.state === 'unknown') return [own];
  return 'evidence' in own ? own.evidence : [];
}

function believedUnknown(fact: Unknown, hidden: readonly NotExposed[]): Unknown {
  const reasons: readonly Reason[] = [fact, ...(fact.also ?? [])];
  const unknowns = reasons.map(({ why, from }): Unknown => {
    const same = hidden.some((one) => isDeepStrictEqual(one.from, { ...from }));
    if (why !== 'not-exposed' || same) return { state: 'unknown', why, from };
    return { state: 'unknown', why: 'not-collected', from: doubted };
  });
  return unknownFor(unknowns) ?? fact;
}

const doubted = {
  operation: 'none',
  detail: 'the snapshot marks it as not exposed by an API, and this release does not',
} as const;
