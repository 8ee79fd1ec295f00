import { defineCheck, fail, pass } from '../../src/engine/check.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const anonymousPullOff = defineCheck({
  id: 'anonymous-pull-off',
  subject: 'repository',
  severity: 'critical',
  title: 'Nobody can pull images without having been given access',
  why: 'Whoever can pull an image can read the code, the configuration and every forgotten secret in it.',
  checklist: ['C1', 'F1'],
  topics: ['no-anonymous-public-access', 'authentication-required'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['publicPull'],

  judge({ publicPull }, { publicRepositories, repository }) {
    const open = (who: string, how: string) =>
      matchesAny(publicRepositories, repository)
        ? pass(`${who} can pull (${how}), as expect.publicRepositories declares`)
        : fail(
            `${who} can pull (${how}); if that is meant, declare it in expect.publicRepositories`,
          );
    switch (publicPull.mode) {
      case 'nobody':
        return pass('nobody can pull without having been given access');
      case 'anyone':
        return open('anyone without login', publicPull.how);
      case 'any-account':
        return open('any account of the platform', publicPull.how);
    }
  },
});
