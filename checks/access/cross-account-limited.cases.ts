import { cases } from '../../src/engine/cases.ts';
import { crossAccountLimited } from './cross-account-limited.ts';

const account = {
  kind: 'account' as const,
  id: '111122223333',
  account: '111122223333',
  own: false,
  can: ['pull' as const],
  via: 'repository policy, statement 1',
};
const role = {
  ...account,
  kind: 'principal' as const,
  id: 'arn:aws:iam::111122223333:role/deploy',
};
const anyone = { ...account, kind: 'anyone' as const, id: '*', account: '' };
const everyone = { ...anyone, kind: 'everyone-signed-in' as const };
const service = { ...anyone, kind: 'service' as const, id: 'scanner.example.com' };
const everybody = { trustedAccounts: ['*'], trustedOrganizations: ['*'] };
const byDesign = { repository: 'public/base', publicRepositories: ['public/*'] };

export default cases(crossAccountLimited, {
  'no outside principal has access': [{ outsideAccess: [] }, 'pass'],
  'an account that is not declared': [{ outsideAccess: [account] }, 'fail'],
  'a role of a trusted account': [
    { outsideAccess: [account, role] },
    'pass',
    { trustedAccounts: ['111122223333'] },
  ],
  'one trusted account and one mistyped number': [
    { outsideAccess: [account, { ...account, id: '111122223334', account: '111122223334' }] },
    'fail',
    { trustedAccounts: ['111122223333'] },
  ],
  'all accounts of your own organisation': [
    { outsideAccess: [{ ...account, kind: 'organization', id: 'o-a1b2c3d4e5', own: true }] },
    'pass',
  ],
  'another organisation that is trusted': [
    { outsideAccess: [{ ...account, kind: 'organization', id: 'o-f6g7h8i9j0', account: '' }] },
    'pass',
    { trustedOrganizations: ['o-f6g7h8i9j0'] },
  ],
  'a tenant that is not declared': [
    { outsideAccess: [{ ...account, kind: 'tenant', id: 'contoso', account: 'contoso' }] },
    'fail',
    { trustedOrganizations: ['fabrikam'] },
  ],
  'anyone, although every account is declared trusted': [
    { outsideAccess: [anyone] },
    'fail',
    everybody,
  ],
  'everyone signed in, although the statement seems to have a condition': [
    {
      outsideAccess: [{ ...everyone, own: true, via: 'aws:PrincipalOrgID, StringEqualsIfExists' }],
    },
    'fail',
    everybody,
  ],
  'everyone signed in except one principal, as NotPrincipal grants it': [
    { outsideAccess: [{ ...everyone, via: 'NotPrincipal 111122223333' }] },
    'fail',
    everybody,
  ],
  'a service that acts for any account': [{ outsideAccess: [service] }, 'fail'],
  'a repository that is public by design': [{ outsideAccess: [anyone] }, 'pass', byDesign],
  'anyone can push to a repository that is public by design': [
    { outsideAccess: [{ ...everyone, can: ['pull', 'push'] }] },
    'fail',
    byDesign,
  ],
});
