import { cases } from '../../src/engine/cases.ts';
import { recentImagesAttested } from './recent-images-attested.ts';

export default cases(recentImagesAttested, {
  'provenance is attached': [
    {
      recentProvenance: [
        { image: 'v1@sha256:aa', attestedBy: ['SLSA provenance'], refused: null, candidates: [] },
      ],
    },
    'pass',
  ],
  'an SBOM is attached': [
    {
      recentProvenance: [
        { image: 'v1@sha256:aa', attestedBy: ['CycloneDX'], refused: null, candidates: [] },
      ],
    },
    'pass',
  ],
  'there are no images': [{ recentProvenance: [] }, 'pass'],
  'nothing is attached': [
    {
      recentProvenance: [{ image: 'v1@sha256:aa', attestedBy: [], refused: null, candidates: [] }],
    },
    'fail',
  ],
  'one image among attested ones has no attestation': [
    {
      recentProvenance: [
        {
          image: 'v2@sha256:bb',
          attestedBy: ['SPDX', 'SLSA provenance'],
          refused: null,
          candidates: [],
        },
        { image: 'v1@sha256:aa', attestedBy: [], refused: null, candidates: [] },
      ],
    },
    'fail',
  ],
  'a signature alone is not an attestation': [
    {
      recentProvenance: [
        { image: 'v1-signed@sha256:aa', attestedBy: [], refused: null, candidates: [] },
      ],
    },
    'fail',
  ],
  'provenance is by a declared builder': [
    {
      recentProvenance: [
        {
          image: 'v1@sha256:aa',
          attestedBy: ['provenance by release pipeline'],
          refused: null,
          candidates: [],
        },
      ],
    },
    'pass',
  ],
  'provenance is by somebody who is not declared': [
    {
      recentProvenance: [
        {
          image: 'v1@sha256:aa',
          attestedBy: [],
          refused: 'it is signed by a key that is not in expect.builders',
          candidates: [],
        },
      ],
    },
    'fail',
  ],
});
