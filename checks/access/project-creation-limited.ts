import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const projectCreationLimited = defineCheck({
  id: 'project-creation-limited',
  subject: 'registry',
  severity: 'low',
  title: 'Not everyone can create repositories or projects',
  why: 'What anyone can create nobody owns: it is set up carelessly, forgotten, and takes the names others will look for.',
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
