import type { Expectations } from '../model/expectations.ts';
import type { AnyFact, Source, Unknown } from '../model/fact.ts';
import type { Blocked, Verdict, VerdictEvidence } from '../model/finding.ts';
import type { AnyCheck } from './check.ts';

type Facts = Readonly<Record<string, AnyFact>>;

const notCollected: Unknown = {
  state: 'unknown',
  why: 'not-collected',
  from: { operation: 'none', detail: 'this reading does not hold the fact' },
};

/**
 * The one place where a fact becomes a value. Unknown beats not-applicable beats the judgment:
 * with any needed fact missing, `judge` is not asked. A judgment that throws, or answers with
 * anything but a pass or a fail, is unknown (`crashed`); `onCrash` hears of it.
 */
export function evaluate(
  check: AnyCheck,
  facts: Facts,
  expected: Expectations,
  onCrash: (check: string, error: unknown) => void = () => undefined,
): Verdict {
  const blocked: Blocked[] = [];
  const notes = new Set<string>();
  const evidence: VerdictEvidence[] = [];
  const known: Record<string, unknown> = {};
  for (const name of check.needs) {
    const fact = facts[name] ?? notCollected;
    switch (fact.state) {
      case 'unknown':
        blocked.push(block(name, fact));
        break;
      case 'unsupported':
        notes.add(fact.note);
        break;
      case 'known':
        known[name] = fact.value;
        evidence.push({ fact: name, value: fact.value, from: fact.from });
        break;
      default:
        blocked.push(block(name, notCollected));
    }
  }
  if (check.needs.length === 0) blocked.push(block(check.id, notCollected));
  if (blocked.length > 0) return { verdict: 'unknown', blocked };
  if (notes.size > 0) return { verdict: 'not-applicable', notes: [...notes] };
  for (const name of check.mitigatedBy) {
    const fact = facts[name];
    if (fact?.state !== 'known') continue;
    known[name] = fact.value;
    evidence.push({ fact: name, value: fact.value, from: fact.from });
  }
  return judged(check, known, evidence, expected, onCrash);
}

function judged(
  check: AnyCheck,
  known: Record<string, unknown>,
  evidence: readonly VerdictEvidence[],
  expected: Expectations,
  onCrash: (check: string, error: unknown) => void,
): Verdict {
  try {
    const answer = check.judge(known as never, expected);
    if (answer.verdict === 'pass' || answer.verdict === 'fail') {
      return { verdict: answer.verdict, says: answer.says, evidence };
    }
    throw new Error(`${check.id} answered neither pass nor fail`);
  } catch (error) {
    onCrash(check.id, error);
    const from: Source = { operation: 'judge', detail: `the check ${check.id} crashed` };
    return {
      verdict: 'unknown',
      blocked: [block(check.id, { state: 'unknown', why: 'crashed', from })],
    };
  }
}

function block(fact: string, { why, from }: Unknown): Blocked {
  return {
    fact,
    why,
    operation: from.operation,
    permission: from.permission ?? null,
    detail: from.detail ?? null,
  };
}
