import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const scanning = {
  'scan-gate-on': {
    console:
      'Repository > Repositories > (proxy) > Firewall: Quarantine; Administration > Repository Firewall: without fail-open mode',
    instead:
      'Needs a licence of Repository Firewall and an IQ Server; audit and PCCS do not hold back anything. What is pushed is never held back: let the pipeline or the cluster refuse it.',
    risk: 'Components that violate a policy can no longer be fetched, and none while IQ Server does not respond.',
    undo: 'Set the mode back to Audit or Disabled in the same place.',
    references: ['https://help.sonatype.com/en/sonatype-repository-firewall.html'],
  },
} satisfies Record<Failable['scanning'], Fix>;
