import type { Summary } from '../model/report.ts';

/** Formats counts as `12 fail, 3 unknown, 41 pass, 6 not applicable (2 waived, 1 accepted)`. */
export function countsText(summary: Summary): string {
  const { fail, unknown, pass, notApplicable } = summary;
  const counts = `${fail} fail, ${unknown} unknown, ${pass} pass, ${notApplicable} not applicable`;
  const labels = labelsText(summary);
  return labels === '' ? counts : `${counts} (${labels})`;
}

/** Formats suppressed and by-hand counts as `2 waived, 1 accepted`; '' without any. */
export function labelsText({ waived, baselined, accepted, byHand }: Summary): string {
  return Object.entries({ waived, baselined, accepted, 'to check by hand': byHand })
    .flatMap(([label, count]) => (count > 0 ? [`${count} ${label}`] : []))
    .join(', ');
}
