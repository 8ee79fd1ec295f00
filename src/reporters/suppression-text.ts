import type { Finding, Suppression } from '../model/finding.ts';
import { exemptionOf } from '../model/scan-summary.ts';

/**
 * Formats a suppression as a clause, such as `waived until 2027-01-31 by platform (OPS-7): migration under
 * way`; '' without one. The text is not escaped: reason and owner come from the configuration.
 */
export function suppressionText(suppression: Suppression | null): string {
  if (suppression === null) return '';
  if (suppression.kind === 'baseline') return 'in the baseline';
  const owner = suppression.owner === null ? '' : ` by ${suppression.owner}`;
  const ticket = suppression.ticket === null ? '' : ` (${suppression.ticket})`;
  const word = exemptionOf[suppression.kind];
  return `${word} until ${suppression.until}${owner}${ticket}: ${suppression.reason}`;
}

/** Whether a finding affects the exit code: it is not suppressed. */
export function isActive({ suppression }: Pick<Finding, 'suppression'>): boolean {
  return suppression === null;
}
