import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const pullsLogged = defineCheck({
  id: 'pulls-logged',
  subject: 'registry',
  severity: 'low',
  title: 'Pulls are logged',
  why: 'After a bad image or a leaked credential the first question is who pulled what. Only this log answers it.',
  checklist: ['B6'],
  topics: ['audit-logging'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['auditLog'],

  judge({ auditLog }) {
    switch (auditLog.mode) {
      case 'on':
        return auditLog.pull
          ? pass(`${since(auditLog.newestPull)} logged by ${enumerate(auditLog.by)}`)
          : fail(`pulls are not logged${because(auditLog.gaps)}`);
      case 'off':
        return fail(`nothing is logged: ${auditLog.why}`);
    }
  },
});

function since(newestPull: string | undefined): string {
  return newestPull === undefined ? 'pulls are' : `pulls up to ${newestPull} were`;
}

function because(gaps: readonly string[] = []): string {
  return gaps.length === 0 ? '' : `, or not all of them: ${enumerate([...gaps])}`;
}
