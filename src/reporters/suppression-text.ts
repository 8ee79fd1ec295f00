import type { Finding, Standing } from '../model/finding.ts';

/**
 * In: what the policy says of a finding. Out: the same as a clause, such as `waived until 2027-01-31 by
 * platform (OPS-7): migration under way`; nothing for a finding that stands as it is. Not made safe:
 * reason and owner are text of the configuration.
 */
export function standingText(standing: Standing): string {
  switch (standing.mode) {
    case 'active':
      return '';
    case 'baselined':
      return 'in the baseline';
    case 'waived':
    case 'accepted': {
      const owner = standing.owner === null ? '' : ` by ${standing.owner}`;
      const ticket = standing.ticket === null ? '' : ` (${standing.ticket})`;
      return `${standing.mode} until ${standing.until}${owner}${ticket}: ${standing.reason}`;
    }
  }
}

/** Whether somebody has to act: a failure or unknown that nobody answers for. */
export function isActive({ standing }: Pick<Finding, 'standing'>): boolean {
  return standing.mode === 'active';
}
