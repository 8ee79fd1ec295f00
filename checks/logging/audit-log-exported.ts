import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RegistryFacts } from '../../src/model/registry.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const auditLogExported = defineCheck({
  id: 'audit-log-exported',
  subject: 'registry',
  severity: 'high',
  title: 'The audit log is sent to a SIEM or log store',
  why: 'A log that stays with the registry can be deleted by whoever takes the registry over, and nobody watches it.',
  checklist: ['C6'],
  topics: ['audit-logs-exported-to-siem', 'audit-logging'],
  references: ['https://csrc.nist.gov/pubs/sp/800/92/final'],
  needs: ['auditExport'],

  judge({ auditExport }, { siemDestinations }) {
    const declared = siemDestinations.length > 0;
    const wanted = auditExport.filter(
      ({ destination }) => !declared || names(siemDestinations, destination),
    );
    const arriving = wanted.filter(({ delivers }) => delivers.mode === 'yes');
    if (arriving.length > 0) {
      return pass(
        `sent to ${enumerate(arriving.map(label))}${declared ? '' : '; expect.siemDestinations would tell whether that is the SIEM'}`,
      );
    }
    if (auditExport.length === 0) return fail('the audit log is sent nowhere');
    return wanted.length === 0
      ? fail(`sent to ${enumerate(auditExport.map(label))} alone, not to expect.siemDestinations`)
      : fail(`nothing arrives: ${enumerate(wanted.map(trouble))}`);
  },
});

type Export = ValueOf<RegistryFacts['auditExport']>[number];

/** People declare the name of a bucket; a platform may give its address. */
function names(siemDestinations: readonly string[], destination: string): boolean {
  const name = destination.replace(/^[a-z0-9]+:\/\//, '');
  return matchesAny(siemDestinations, destination) || matchesAny(siemDestinations, name);
}

function label({ kind, destination }: Export): string {
  return `${kind} ${destination}`;
}

function trouble(log: Export): string {
  switch (log.delivers.mode) {
    case 'yes':
      return label(log);
    case 'no':
      return `${label(log)} (${log.delivers.why})`;
  }
}
