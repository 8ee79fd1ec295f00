import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const recentImagesScanned = defineCheck({
  id: 'recent-images-scanned',
  subject: 'repository',
  severity: 'high',
  title: 'The newest images have a finished, current scan',
  why: 'A scanning rule says what should happen. Images pushed before it, of an unsupported kind or refused by the scanner have no result all the same, and no result is easily taken for no findings.',
  checklist: ['C3', 'F3'],
  topics: ['vulnerability-scan-on-push'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['recentScans'],
  decidedBy: ['recentScans'],

  judge({ recentScans }) {
    if (recentScans.length === 0) return pass('there is no image to judge');
    const unscanned = recentScans.filter(({ scan }) => scan.mode === 'missing');
    const all = recentScans.length;
    if (unscanned.length === 0) return pass(`newest images with a finished scan: ${all} of ${all}`);
    const images = enumerate(unscanned.map(({ image }) => image));
    return fail(`newest images without a scan: ${images} (${unscanned.length} of ${all})`);
  },
});
