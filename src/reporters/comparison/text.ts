import type { Offer, OfferedCheck, SwitchedOn } from '../../model/comparison.ts';

/** The words for offers. */
export const offerWords: Readonly<Record<Offer, string>> = {
  judged: 'evaluated',
  holds: 'by design',
  never: 'never',
  'by-hand': 'by hand',
  'not-offered': 'not offered',
};

export const legend =
  'evaluated: regaudit reads the setting. by design: the platform always passes. never: the platform always fails. by hand: no API exposes the setting. not offered: the platform has no such feature. Numbers: how many checks of the row are evaluated or pass by design.';

/** The offer of a row with one check; otherwise how many of its checks are evaluated or pass by design. */
export function offersText(checks: readonly OfferedCheck[]): string {
  const [only, ...more] = checks;
  if (only === undefined) return 'no check';
  if (more.length === 0) return offerWords[only.offer];
  const offered = checks.filter(({ offer }) => offer === 'judged' || offer === 'holds');
  return `${offered.length} of ${checks.length}`;
}

export type Verdicts = SwitchedOn['rows'][number]['cells'][number];

type Words = Readonly<Record<'fail' | 'unknown' | 'pass', string>>;

/** Formats counts as `3 fail, 1 unknown, 12 pass`, without zeros; if all are zero, the reason. */
export function verdictsText(counts: Verdicts, words: Words, between: string): string {
  const parts = (['fail', 'unknown', 'pass'] as const).flatMap((verdict) =>
    counts[verdict] > 0 ? [`${counts[verdict]}${words[verdict]}`] : [],
  );
  if (parts.length > 0) return parts.join(between);
  return counts['not-applicable'] > 0 ? 'not applicable' : 'not run';
}
