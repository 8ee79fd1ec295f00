import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const auditLogKept = defineCheck({
  id: 'audit-log-kept',
  subject: 'registry',
  severity: 'low',
  title: 'The audit log is kept as long as required and cannot be switched off unseen',
  why: 'Break-ins are found after months, and the first thing that is switched off is the log.',
  checklist: ['B6'],
  topics: ['audit-logging'],
  references: ['https://csrc.nist.gov/pubs/sp/800/92/final'],
  needs: ['auditRetention'],

  judge({ auditRetention }, { logDays }) {
    const loose = !noticed[auditRetention.switchOff];
    const off = loose ? ', and can be switched off or deleted unseen' : '';
    switch (auditRetention.mode) {
      case 'days': {
        const says = `kept for ${auditRetention.days} days, expect.logDays being ${logDays}${off}`;
        return auditRetention.days < logDays || loose ? fail(says) : pass(says);
      }
      case 'forever':
        return loose ? fail(`kept for ever${off}`) : pass('kept for ever');
    }
  },
});

/** Whether nobody can switch the log off unseen. */
const noticed = { prevented: true, evident: true, possible: false } as const;
