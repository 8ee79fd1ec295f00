import { cases } from '../../src/engine/cases.ts';
import { signatureRequired } from './signature-required.ts';

export default cases(signatureRequired, {
  'the key of the release pipeline is verified': [
    { signatureGate: { mode: 'verifies', identity: 'the key release-2026' } },
    'pass',
  ],
  'a keyless identity is verified': [
    {
      signatureGate: {
        mode: 'verifies',
        identity: 'https://github.com/org/app/.github/workflows/release.yml@refs/heads/main',
      },
    },
    'pass',
  ],
  'an attestor of the deployment policy is required': [
    { signatureGate: { mode: 'verifies', identity: 'the attestor built-by-ci' } },
    'pass',
  ],
  'any signature is accepted': [{ signatureGate: { mode: 'existence-only' } }, 'fail'],
  'the policy does not apply to one of the clusters': [
    { signatureGate: { mode: 'incomplete', why: 'cluster test ignores the policy' } },
    'fail',
  ],
  'the policy only writes to a log': [{ signatureGate: { mode: 'audit-only' } }, 'fail'],
  'no policy requires a signature': [{ signatureGate: { mode: 'none' } }, 'fail'],
});
