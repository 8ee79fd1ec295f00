import { cases } from '../../src/engine/cases.ts';
import { recentImagesVerified } from './recent-images-verified.ts';

const good = {
  image: 'v1@sha256:aa',
  signer: 'release key',
  says: 'release key',
  candidates: [],
};

export default cases(recentImagesVerified, {
  'the release key signed the image': [{ recentVerified: [good] }, 'pass'],
  'the release pipeline signed the image': [
    {
      recentVerified: [
        {
          ...good,
          signer: 'release pipeline',
          says: 'https://ci.example/acme/app/release.yml@refs/tags/v1',
        },
      ],
    },
    'pass',
  ],
  'there are no images': [{ recentVerified: [] }, 'pass'],
  'nothing is filed for the image': [
    { recentVerified: [{ ...good, signer: null, says: 'no signature beside the image' }] },
    'fail',
  ],
  'the signature is by a key that nobody declared': [
    {
      recentVerified: [
        { ...good, signer: null, says: 'it is signed by a key that is not in expect.signers' },
      ],
    },
    'fail',
  ],
  'one of two images has a copied signature': [
    {
      recentVerified: [
        good,
        {
          ...good,
          image: 'v2@sha256:bb',
          signer: null,
          says: 'the signature filed here is of sha256:aa',
        },
      ],
    },
    'fail',
  ],
});
