import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { staleScan } from '../../src/model/scan-currency.ts';

export const recentImagesScanned = defineCheck({
  id: 'recent-images-scanned',
  subject: 'repository',
  severity: 'high',
  title: 'The newest images have a finished, current scan',
  why: 'A scanning rule does not cover images pushed before it, unsupported image types and failed scans, and a missing result is easily mistaken for no vulnerabilities.',
  checklist: ['C3', 'F3'],
  topics: ['vulnerability-scan-on-push'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['recentScans'],
  decidedBy: ['recentScans'],

  judge({ recentScans }, expected) {
    if (recentScans.length === 0) return pass('there is no image to check');
    const all = recentScans.length;
    const unscanned = recentScans.flatMap(({ image, scan }) => {
      if (scan.mode === 'missing') return [image];
      const stale = staleScan(scan, expected);
      return stale === null ? [] : [`${image} (${stale})`];
    });
    if (unscanned.length === 0) return pass(`newest images with a current scan: ${all} of ${all}`);
    const limit = `expect.scanAge allows ${expected.scanAge} days`;
    return fail(
      `newest images without a current scan: ${enumerate(unscanned)} (${unscanned.length} of ${all}); ${limit}`,
    );
  },
});
