import { defineCheck, fail, pass } from '../../src/engine/check.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const anonymousPullOff = defineCheck({
  id: 'anonymous-pull-off',
  subject: 'repository',
  severity: 'critical',
  impact: 'exposure',
  title: 'Only principals with granted access can pull images',
  why: 'Anyone who can pull an image can read its code, its configuration and every secret left in it.',
  checklist: ['C1', 'F1'],
  topics: ['no-anonymous-public-access', 'authentication-required'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['publicPull'],

  judge({ publicPull }, { publicRepositories, repository }) {
    const open = (who: string, how: string) =>
      matchesAny(publicRepositories, repository)
        ? pass(`${who} can pull (${how}), as expect.publicRepositories declares`)
        : fail(
            `${who} can pull (${how}); if this is intended, declare the repository in expect.publicRepositories`,
          );
    switch (publicPull.mode) {
      case 'nobody':
        return pass('only principals with granted access can pull');
      case 'anyone':
        return open('anyone without login', publicPull.how);
      case 'any-account':
        return open('any account of the platform', publicPull.how);
    }
  },
});
