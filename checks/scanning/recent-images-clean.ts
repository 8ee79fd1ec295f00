import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { staleScan } from '../../src/model/scan-currency.ts';

export const recentImagesClean = defineCheck({
  id: 'recent-images-clean',
  subject: 'repository',
  severity: 'high',
  title: 'The newest images have no known critical vulnerability',
  why: 'Attackers know published critical vulnerabilities too, and the newest images are deployed next.',
  checklist: ['C3'],
  topics: ['scanning-enforced-block-vulnerable'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  byDefault: false,
  needs: ['recentScans'],
  decidedBy: ['recentScans'],

  judge({ recentScans }, expected) {
    if (recentScans.length === 0) return pass('there is no image to check');
    let high = 0;
    const offenders: string[] = [];
    for (const { image, scan } of recentScans) {
      const stale = staleScan(scan, expected);
      switch (scan.mode) {
        case 'missing':
          offenders.push(`${image} (no scan)`);
          break;
        case 'finished':
          if (scan.critical > 0) offenders.push(`${image} (critical: ${scan.critical})`);
          else if (stale !== null) offenders.push(`${image} (${stale})`);
          high += scan.high;
          break;
      }
    }
    if (offenders.length > 0)
      return fail(
        `newest images with a critical vulnerability or without a current scan: ${enumerate(offenders)}`,
      );
    return pass(
      `newest images without a critical vulnerability: ${recentScans.length} (high: ${high})`,
    );
  },
});
