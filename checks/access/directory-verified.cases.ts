import { cases } from '../../src/engine/cases.ts';
import { directoryVerified } from './directory-verified.ts';

export default cases(directoryVerified, {
  'the registry has only local accounts': [{ directory: { mode: 'none' } }, 'pass'],
  'an OIDC provider with a verified certificate': [
    { directory: { mode: 'verified', through: 'OIDC provider https://id.example.org' } },
    'pass',
  ],
  'LDAP without TLS': [
    { directory: { mode: 'unverified', through: 'LDAP', why: 'its address begins with ldap://' } },
    'fail',
  ],
  'the certificate is not verified': [
    {
      directory: { mode: 'unverified', through: 'OIDC', why: 'its certificate is not verified' },
    },
    'fail',
  ],
});
