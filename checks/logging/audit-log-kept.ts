import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const auditLogKept = defineCheck({
  id: 'audit-log-kept',
  subject: 'registry',
  severity: 'low',
  title: 'The audit log is kept as long as required and cannot be disabled unnoticed',
  why: 'Intrusions are often found after months, and attackers disable the log first.',
  checklist: ['B6'],
  topics: ['audit-logging'],
  references: ['https://csrc.nist.gov/pubs/sp/800/92/final'],
  needs: ['auditRetention'],

  judge({ auditRetention }, { logDays }) {
    const loose = !noticed[auditRetention.switchOff];
    const off = loose ? ', and can be disabled or deleted unnoticed' : '';
    switch (auditRetention.mode) {
      case 'days': {
        const says = `kept for ${auditRetention.days} days (expect.logDays: ${logDays})${off}`;
        return auditRetention.days < logDays || loose ? fail(says) : pass(says);
      }
      case 'forever':
        return loose ? fail(`kept indefinitely${off}`) : pass('kept indefinitely');
    }
  },
});

/** False: the log can be disabled unnoticed. */
const noticed = { prevented: true, evident: true, possible: false } as const;
