import type { Finding, VerdictWord } from '../model/finding.ts';

const ranks: Readonly<Record<VerdictWord, number>> = {
  fail: 0,
  unknown: 1,
  pass: 2,
  'not-applicable': 2,
};

/**
 * The findings in three parts: failures, unknowns, the rest; each in the order of the report. Goes through them
 * three times instead of holding them.
 */
export function* worstFirst(findings: Iterable<Finding>): Generator<Finding> {
  for (const rank of [0, 1, 2])
    for (const finding of findings) if (ranks[finding.verdict] === rank) yield finding;
}
