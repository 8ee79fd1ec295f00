import { cases } from '../../src/engine/cases.ts';
import { signingConfigured } from './signing-configured.ts';

export default cases(signingConfigured, {
  'a signing rule covers the repository': [
    { signing: { mode: 'on', by: 'the signing profile release' } },
    'pass',
  ],
  'the platform is set up for signed images': [
    { signing: { mode: 'on', by: 'an attestor of the deployment policy' } },
    'pass',
  ],
  'the signing profile is revoked': [
    { signing: { mode: 'broken', by: 'the signing profile release', why: 'it is revoked' } },
    'fail',
  ],
  'the signing profile is cancelled': [
    { signing: { mode: 'broken', by: 'the signing profile old', why: 'it is cancelled' } },
    'fail',
  ],
  'no rule covers the repository': [
    { signing: { mode: 'off', why: 'no signing rule matches' } },
    'fail',
  ],
  'content trust of Notary v1 is retired': [
    { signing: { mode: 'off', why: 'content trust is retired and signs nothing' } },
    'fail',
  ],
});
