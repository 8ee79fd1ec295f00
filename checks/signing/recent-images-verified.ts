import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const recentImagesVerified = defineCheck({
  id: 'recent-images-verified',
  subject: 'repository',
  severity: 'high',
  title: 'The newest images carry a good signature by a declared signer',
  why: 'A signature that exists proves nothing: anyone who can push can file one, copied from another image or made with a key of their own. Only a good signature by a declared signer tells a released image from an injected one.',
  checklist: ['C4', 'F4'],
  topics: ['image-signing-configured'],
  references: [
    'https://slsa.dev/spec/v1.0/verifying-artifacts',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  needs: ['recentVerified'],
  decidedBy: ['recentVerified'],

  judge({ recentVerified }) {
    if (recentVerified.length === 0) return pass('there is no image to check');
    const all = recentVerified.length;
    const refused = recentVerified.filter(({ signer }) => signer === null);
    if (refused.length > 0) {
      const images = enumerate(refused.map(({ image, says }) => `${image}: ${says}`));
      return fail(
        `newest images without a good signature by a declared signer: ${refused.length} of ${all} (${images})`,
      );
    }
    const signers = new Set(
      recentVerified.map(({ signer, says }) => (signer === says ? says : `${signer} (${says})`)),
    );
    return pass(`${all} of ${all} newest images are signed by ${enumerate([...signers])}`);
  },
});
