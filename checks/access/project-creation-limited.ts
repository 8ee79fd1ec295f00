import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const projectCreationLimited = defineCheck({
  id: 'project-creation-limited',
  subject: 'registry',
  severity: 'low',
  impact: 'write',
  title: 'Only authorized principals can create repositories or projects',
  why: 'Repositories that anyone can create have no owner: they are set up carelessly, forgotten, and can take names that others look for.',
  checklist: ['F2'],
  topics: ['least-privilege-and-push-restricted'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['projectCreation'],

  judge({ projectCreation }) {
    switch (projectCreation.mode) {
      case 'limited':
        return pass(`repositories can be created by ${projectCreation.to}`);
      case 'open':
        return fail(`repositories can be created by ${projectCreation.to}`);
    }
  },
});
