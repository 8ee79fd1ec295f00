import type { Why } from '../model/fact.ts';
import type { Coverage } from '../model/report.ts';
import type { Tally } from '../model/tally.ts';

/**
 * How many of these checks could be judged. A check of which anything is unknown is not among them,
 * whatever else it decided: a line of counts must not look better than the scan was.
 */
export function coverageOf(
  checks: readonly string[],
  { checks: tallies, whys }: Pick<Tally, 'checks' | 'whys'>,
): Coverage {
  const kinds = checks.map((id) => {
    const why = mostFrequent(whys.get(id) ?? new Map());
    if (why !== null) return why;
    const tally = tallies.get(id);
    if (tally !== undefined && tally.byHand > 0) return 'by hand';
    return tally !== undefined && tally.pass + tally.fail > 0 ? 'judged' : 'not applicable';
  });
  const count = (kind: (typeof kinds)[number]) => kinds.filter((one) => one === kind).length;
  const known: ReadonlySet<string> = new Set(['by hand', 'judged', 'not applicable']);
  const reasons = [...new Set(kinds)].filter((kind): kind is Why => !known.has(kind));
  return {
    checks: checks.length,
    judged: count('judged'),
    byHand: count('by hand'),
    notApplicable: count('not applicable'),
    unknown: reasons
      .map((why) => ({ why, checks: count(why) }))
      .sort((a, b) => b.checks - a.checks || (a.why < b.why ? -1 : 1)),
  };
}

function mostFrequent(whys: ReadonlyMap<Why, number>): Why | null {
  const sorted = [...whys].sort(([a, some], [b, more]) => more - some || (a < b ? -1 : 1));
  return sorted[0]?.[0] ?? null;
}
