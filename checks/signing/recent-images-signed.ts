import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const recentImagesSigned = defineCheck({
  id: 'recent-images-signed',
  subject: 'repository',
  severity: 'medium',
  title: 'A signature is filed for each of the newest images',
  why: 'A signing rule alone proves nothing. Only a signature stored with the image can be verified at deployment, and one unsigned image is enough to keep enforcement disabled.',
  checklist: ['C4', 'F4'],
  topics: ['image-signing-configured'],
  references: [
    'https://opencontainers.org/posts/blog/2024-03-13-image-and-distribution-1-1/',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  needs: ['recentSignatures'],
  decidedBy: ['recentSignatures'],

  judge({ recentSignatures }) {
    if (recentSignatures.length === 0) return pass('there is no image to check');
    const all = recentSignatures.length;
    const unsigned = recentSignatures.filter(({ signedBy }) => signedBy.length === 0);
    if (unsigned.length > 0) {
      const images = enumerate(unsigned.map(({ image }) => image));
      return fail(
        `newest images without a signature: ${images} (${unsigned.length} of ${all}); provenance and SBOMs, signed or not, do not count`,
      );
    }
    const kinds = new Set(recentSignatures.flatMap(({ signedBy }) => signedBy));
    return pass(
      `a signature is filed for ${all} of ${all} newest images (${enumerate([...kinds])}); whose it is has not been examined here: recent-images-verified does, by expect.signers`,
    );
  },
});
