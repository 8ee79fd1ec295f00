import { cases } from '../../src/engine/cases.ts';
import { recentImagesSigned } from './recent-images-signed.ts';

export default cases(recentImagesSigned, {
  'a signature is listed as a referrer': [
    { recentSignatures: [{ image: 'v1@sha256:aa', signedBy: ['notation'] }] },
    'pass',
  ],
  'a bundle is found in the fallback index': [
    { recentSignatures: [{ image: 'v1@sha256:aa', signedBy: ['sigstore bundle'] }] },
    'pass',
  ],
  'a signature is found under a cosign tag': [
    { recentSignatures: [{ image: 'v1@sha256:aa', signedBy: ['cosign tag'] }] },
    'pass',
  ],
  'there are no images': [{ recentSignatures: [] }, 'pass'],
  'the newest image is not signed': [
    {
      recentSignatures: [
        { image: 'v2@sha256:bb', signedBy: [] },
        { image: 'v1@sha256:aa', signedBy: ['cosign tag'] },
      ],
    },
    'fail',
  ],
  'provenance alone is not an image signature, even if it is signed': [
    { recentSignatures: [{ image: 'v1-with-sbom@sha256:aa', signedBy: [] }] },
    'fail',
  ],
});
