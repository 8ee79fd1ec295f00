import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const auditLogOn = defineCheck({
  id: 'audit-log-on',
  subject: 'registry',
  severity: 'high',
  title: 'Administrative changes and pushes are logged',
  why: 'Without a log nobody can tell which image was replaced, when and by whom.',
  checklist: ['B6', 'C6'],
  topics: ['audit-logging'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['auditLog'],

  judge({ auditLog }) {
    switch (auditLog.mode) {
      case 'on': {
        const missing = [
          ...(auditLog.administration ? [] : ['administrative changes']),
          ...(auditLog.push ? [] : ['pushes']),
        ];
        return missing.length === 0
          ? pass(
              `administrative changes and pushes are logged by ${enumerate(auditLog.by)}${without(auditLog.unrecorded)}`,
            )
          : fail(`${missing.join(' and ')} are not logged${because(auditLog.gaps)}`);
      }
      case 'off':
        return fail(`nothing is logged: ${auditLog.why}`);
    }
  },
});

function without(unrecorded: readonly string[] = []): string {
  return unrecorded.length === 0 ? '' : `, except ${enumerate([...unrecorded])}`;
}

function because(gaps: readonly string[] = []): string {
  return gaps.length === 0 ? '' : `, or not all of them: ${enumerate([...gaps])}`;
}
