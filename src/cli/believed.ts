import { isDeepStrictEqual } from 'node:util';
import type { AnyFact, NotExposed, Reason, Unknown } from '../model/fact.ts';
import { unknownFor } from '../model/fact.ts';
import { ceilingOf } from '../providers/collectors.ts';
import type { Provided, Provides } from '../providers/contract.ts';

type Table = Readonly<Record<string, Provided<string, unknown>>>;

/**
 * The fact of a snapshot as far as this build's adapter says the same: that no API tells it and that a
 * value is the best that the vendor can do would otherwise be an easy way past the gate. In: the adapter's
 * table; undefined: there is none here. Out: the same fact, or a stricter one.
 */
export function believed(name: string, fact: AnyFact, table: Table | undefined): AnyFact {
  const own = table?.[name];
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

/** The table of one subject of an adapter. */
export function tableOf(
  provides: Provides<string> | undefined,
  subject: 'registry' | 'repository',
): Table | undefined {
  return provides?.[subject];
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
  detail: 'the snapshot says that no API tells it, and this release does not',
} as const;
