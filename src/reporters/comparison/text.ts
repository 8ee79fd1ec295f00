import type { Offer, OfferedCheck, SwitchedOn } from '../../model/comparison.ts';

/** How an offer is written. */
export const offerWords: Readonly<Record<Offer, string>> = {
  judged: 'judged',
  holds: 'by design',
  never: 'never',
  'by-hand': 'by hand',
  'not-offered': 'not offered',
};

export const legend =
  'judged: read and decided. by design: the platform is always so, which is as it should be. never: the platform is always otherwise. not offered: the platform cannot have it. Numbers: how many of the checks of a line are judged or hold by design.';

/** One word for a line of one check, else how many of its checks the registry offers. */
export function offersText(checks: readonly OfferedCheck[]): string {
  const [only, ...more] = checks;
  if (only === undefined) return 'no check';
  if (more.length === 0) return offerWords[only.offer];
  const offered = checks.filter(({ offer }) => offer === 'judged' || offer === 'holds');
  return `${offered.length} of ${checks.length}`;
}

export type Verdicts = SwitchedOn['rows'][number]['cells'][number];

type Words = Readonly<Record<'fail' | 'unknown' | 'pass', string>>;

/** `3 fail, 1 unknown, 12 pass`: what there is none of is left out; if that is all, one word says why. */
export function verdictsText(counts: Verdicts, words: Words, between: string): string {
  const parts = (['fail', 'unknown', 'pass'] as const).flatMap((verdict) =>
    counts[verdict] > 0 ? [`${counts[verdict]}${words[verdict]}`] : [],
  );
  if (parts.length > 0) return parts.join(between);
  return counts['not-applicable'] > 0 ? 'not applicable' : 'not judged';
}
