import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const recentImagesAttested = defineCheck({
  id: 'recent-images-attested',
  subject: 'repository',
  severity: 'low',
  title: 'The newest images have provenance or an SBOM',
  why: 'Provenance records the source and the pipeline of an image, an SBOM its contents. Without them nobody can answer "where do we run this library".',
  checklist: ['C4'],
  topics: ['sbom-provenance'],
  references: [
    'https://slsa.dev/spec/v1.0/provenance',
    'https://csrc.nist.gov/pubs/sp/800/204/d/final',
  ],
  needs: ['recentProvenance'],
  decidedBy: ['recentProvenance'],

  judge({ recentProvenance }) {
    if (recentProvenance.length === 0) return pass('there is no image to check');
    const all = recentProvenance.length;
    const refused = recentProvenance.filter((one) => one.refused !== null);
    if (refused.length > 0) {
      const images = enumerate(refused.map((one) => `${one.image} (${one.refused})`));
      return fail(
        `newest images without provenance by a declared builder: ${images} (${refused.length} of ${all})`,
      );
    }
    const bare = recentProvenance.filter(({ attestedBy }) => attestedBy.length === 0);
    if (bare.length > 0) {
      const images = enumerate(bare.map(({ image }) => image));
      return fail(`newest images without provenance or SBOM: ${images} (${bare.length} of ${all})`);
    }
    const kinds = new Set(recentProvenance.flatMap(({ attestedBy }) => attestedBy));
    return pass(`newest images with an attestation: ${all} of ${all} (${enumerate([...kinds])})`);
  },
});
