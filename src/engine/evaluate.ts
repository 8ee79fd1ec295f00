import type { Expectations } from '../model/expectations.ts';
import {
  type AnyFact,
  type Known,
  type PartlyKnown,
  type Reason,
  reasonsOf,
  type Unknown,
} from '../model/fact.ts';
import type { Blocked, ByHand, Verdict, VerdictEvidence } from '../model/finding.ts';
import { NotAnInstant } from '../model/instant.ts';
import type { AnyCheck } from './check.ts';

type Facts = Readonly<Record<string, AnyFact>>;
type Named<F> = readonly [name: string, fact: F];

const notCollected: Unknown = {
  state: 'unknown',
  why: 'not-collected',
  from: { operation: 'none', detail: 'the fact was not collected' },
};

/**
 * Evaluates a check for one subject; the only place where a fact becomes a value. In order: an unsupported
 * fact makes the verdict not applicable; an unknown needed fact makes it unknown, without calling `judge`;
 * a partly known list counts only if it is in `decidedBy`, and only for a fail. If `judge` throws or
 * returns neither pass nor fail, the verdict is unknown (`crashed`) and `onCrash` is called.
 */
export function evaluate(
  check: AnyCheck,
  facts: Facts,
  expected: Expectations,
  onCrash: (check: string, error: unknown) => void = () => undefined,
): Verdict {
  if (check.needs.length === 0) return unknown([[check.id, notCollected]]);
  // One pass without lists in between: a large estate is evaluated some millions of times.
  const never = new Set<string>();
  const missing: Named<Unknown>[] = [];
  const valued: Named<Known<unknown> | PartlyKnown<unknown>>[] = [];
  let decided = true;
  for (const name of check.needs) {
    const fact = factOrNotCollected(facts[name]);
    if (fact.state === 'unsupported') never.add(fact.note);
    else if (fact.state === 'known') valued.push([name, fact]);
    else if (fact.state === 'unknown') missing.push([name, fact]);
    else {
      valued.push([name, fact]);
      for (const one of fact.missing) missing.push([name, one]);
      decided &&= check.decidedBy.includes(name);
    }
  }
  if (never.size > 0) return { verdict: 'not-applicable', notes: [...never] };
  if (valued.length < check.needs.length || !decided) return unknown(missing);
  const used = [...valued];
  for (const name of check.mitigatedBy) {
    const fact = facts[name];
    if (fact?.state === 'known') used.push([name, fact]);
  }
  const crashed = missing.length > 0 ? () => undefined : onCrash;
  const verdict = runCheck(check, used, expected, crashed);
  if (missing.length === 0)
    return verdict.verdict === 'fail' ? (atCeiling(valued) ?? verdict) : verdict;
  return verdict.verdict === 'fail'
    ? { ...verdict, missing: blockedBy(missing) }
    : unknown(missing);
}

function factOrNotCollected(fact: AnyFact | undefined): AnyFact {
  switch (fact?.state) {
    case 'known':
    case 'partial':
    case 'unsupported':
    case 'unknown':
      return fact;
    default:
      return notCollected;
  }
}

function runCheck(
  check: AnyCheck,
  facts: readonly Named<Known<unknown> | PartlyKnown<unknown>>[],
  expected: Expectations,
  onCrash: (check: string, error: unknown) => void,
): Verdict {
  const known: Record<string, unknown> = {};
  const evidence: VerdictEvidence[] = [];
  for (const [fact, { value, from }] of facts) {
    known[fact] = value;
    evidence.push({ fact, value, from });
  }
  try {
    const result = check.judge(known as never, expected);
    if (result.verdict === 'pass' || result.verdict === 'fail') {
      return { verdict: result.verdict, says: result.says, evidence };
    }
    // Of a check in code that is async: nobody waits for it, and its rejection would end the process.
    Promise.resolve<unknown>(result).catch(() => undefined);
    throw new Error(`${check.id} returned neither pass nor fail`);
  } catch (error) {
    if (error instanceof NotAnInstant) {
      const from = { operation: 'judge', detail: error.message };
      return unknown([[check.id, { state: 'unknown', why: 'undecodable', from }]]);
    }
    onCrash(check.id, error);
    const from = { operation: 'judge', detail: `the check ${check.id} crashed` };
    return unknown([[check.id, { state: 'unknown', why: 'crashed', from }]]);
  }
}

/** A fail on the best setting that the vendor offers cannot be fixed: not applicable, with a step by hand. */
function atCeiling(facts: readonly Named<Known<unknown> | PartlyKnown<unknown>>[]): Verdict | null {
  const byHand = facts.flatMap(([fact, one]): ByHand[] =>
    one.state === 'known' && one.ceiling !== undefined
      ? [{ fact, note: one.ceiling.note, step: one.ceiling.step, page: null }]
      : [],
  );
  if (byHand.length < facts.length) return null;
  return { verdict: 'not-applicable', notes: byHand.map(({ note }) => note), byHand };
}

function unknown(missing: readonly Named<Unknown>[]): Verdict {
  const blocked = blockedBy(missing);
  const byHand = missing.flatMap(([fact, { why, from }]): ByHand[] =>
    why === 'not-exposed'
      ? [{ fact, note: from.detail ?? '', step: from.step ?? '', page: from.page ?? null }]
      : [],
  );
  const all = blocked.every(({ why }) => why === 'not-exposed');
  return all ? { verdict: 'unknown', blocked, byHand } : { verdict: 'unknown', blocked };
}

/** Every reason; `not-exposed` comes last. */
function blockedBy(missing: readonly Named<Unknown>[]): Blocked[] {
  const names = [...new Set(missing.map(([name]) => name))];
  const all = names.flatMap((name) =>
    reasonsOf(missing.flatMap(([of, fact]) => (of === name ? [fact] : []))).map((reason) =>
      block(name, reason),
    ),
  );
  const rank = ({ why }: Blocked) => (why === 'not-exposed' ? 1 : 0);
  return all.sort((a, b) => rank(a) - rank(b));
}

/** Converts a reason to the form in findings. `fact`: the blocked fact. */
export function block(fact: string, { why, from }: Reason): Blocked {
  return {
    fact,
    why,
    operation: from.operation,
    permission: from.permission ?? null,
    detail: from.detail ?? null,
    cure: from.cure ?? null,
    input: from.input ?? null,
  };
}
