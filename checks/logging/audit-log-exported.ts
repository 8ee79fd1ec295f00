import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RegistryFacts } from '../../src/model/registry.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const auditLogExported = defineCheck({
  id: 'audit-log-exported',
  subject: 'registry',
  severity: 'high',
  title: 'The audit log is exported to a SIEM or log store',
  why: 'An attacker who takes over the registry can delete a log that stays there, and nobody monitors it.',
  checklist: ['C6'],
  topics: ['audit-logs-exported-to-siem', 'audit-logging'],
  references: ['https://csrc.nist.gov/pubs/sp/800/92/final'],
  needs: ['auditExport'],

  judge({ auditExport }, { siemDestinations }) {
    const declared = siemDestinations.length > 0;
    const expected = auditExport.filter(
      ({ destination }) => !declared || names(siemDestinations, destination),
    );
    const arriving = expected.filter(({ delivers }) => delivers.mode === 'yes');
    if (arriving.length > 0) {
      return pass(
        `exported to ${enumerate(arriving.map(label))}${declared ? '' : '; declare the SIEM in expect.siemDestinations'}`,
      );
    }
    if (auditExport.length === 0) return fail('the audit log is not exported');
    return expected.length === 0
      ? fail(
          `exported only to ${enumerate(auditExport.map(label))}, not to expect.siemDestinations`,
        )
      : fail(`no log entries arrive: ${enumerate(expected.map(trouble))}`);
  },
});

type Export = ValueOf<RegistryFacts['auditExport']>[number];

/** A user declares the name of a bucket; a platform may report its URL. */
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
