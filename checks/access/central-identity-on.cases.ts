import { cases } from '../../src/engine/cases.ts';
import { centralIdentityOn } from './central-identity-on.ts';

export default cases(centralIdentityOn, {
  'single sign-on': [{ signIn: { mode: 'central', through: 'OIDC' } }, 'pass'],
  'an LDAP directory': [{ signIn: { mode: 'central', through: 'LDAP' } }, 'pass'],
  'local accounts that must use a second factor': [
    { signIn: { mode: 'mfa-required', through: 'two-factor requirement of the organisation' } },
    'pass',
  ],
  'one user needs only a password': [{ signIn: { mode: 'local', withoutMfa: ['alice'] } }, 'fail'],
  'passwords are enough and the platform reports no user names': [
    { signIn: { mode: 'local', withoutMfa: [] } },
    'fail',
  ],
});
