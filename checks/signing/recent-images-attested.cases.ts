import { cases } from '../../src/engine/cases.ts';
import { recentImagesAttested } from './recent-images-attested.ts';

export default cases(recentImagesAttested, {
  'provenance is attached': [
    { recentAttestations: [{ image: 'v1@sha256:aa', attestedBy: ['SLSA provenance'] }] },
    'pass',
  ],
  'an SBOM is attached': [
    { recentAttestations: [{ image: 'v1@sha256:aa', attestedBy: ['CycloneDX'] }] },
    'pass',
  ],
  'there are no images': [{ recentAttestations: [] }, 'pass'],
  'nothing is attached': [
    { recentAttestations: [{ image: 'v1@sha256:aa', attestedBy: [] }] },
    'fail',
  ],
  'one image among attested ones has no attestation': [
    {
      recentAttestations: [
        { image: 'v2@sha256:bb', attestedBy: ['SPDX', 'SLSA provenance'] },
        { image: 'v1@sha256:aa', attestedBy: [] },
      ],
    },
    'fail',
  ],
  'a signature alone is not an attestation': [
    { recentAttestations: [{ image: 'v1-signed@sha256:aa', attestedBy: [] }] },
    'fail',
  ],
});
