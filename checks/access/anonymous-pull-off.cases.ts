import { cases } from '../../src/engine/cases.ts';
import { anonymousPullOff } from './anonymous-pull-off.ts';

const anyone = { publicPull: { mode: 'anyone', how: 'visibility public' } } as const;
const anyAccount = {
  publicPull: { mode: 'any-account', how: 'repository policy: Principal *' },
} as const;

export default cases(anonymousPullOff, {
  'only principals with access can pull': [{ publicPull: { mode: 'nobody' } }, 'pass'],
  'anyone can pull without login': [anyone, 'fail', { repository: 'team/app' }],
  'any customer of the platform can pull: a principal * is not anonymous, but public nevertheless':
    [anyAccount, 'fail', { repository: 'team/app' }],
  'a repository that is public by design': [
    anyone,
    'pass',
    { repository: 'public/base', publicRepositories: ['public/*'] },
  ],
  'open to any account by design': [
    anyAccount,
    'pass',
    { repository: 'public/base', publicRepositories: ['public/base'] },
  ],
  'another repository is public by design': [
    anyone,
    'fail',
    { repository: 'team/public/app', publicRepositories: ['public/*'] },
  ],
});
