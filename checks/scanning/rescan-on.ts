import { defineCheck, fail, pass } from '../../src/engine/check.ts';

/** Shorter than the monthly cycle on which images are usually rebuilt, a rescan ends before its image does. */
const leastDays = 30;

export const rescanOn = defineCheck({
  id: 'rescan-on',
  subject: 'repository',
  severity: 'medium',
  title: 'Images are scanned again for at least 30 days as new vulnerabilities come out',
  why: 'Most vulnerabilities of an image become known after it was pushed. A scan at the push alone never shows them, and one that ends within a month ends while the image still runs.',
  checklist: ['C3', 'F3'],
  topics: ['vulnerability-scan-on-push'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['rescan'],

  judge({ rescan }) {
    switch (rescan.mode) {
      case 'on':
        if (rescan.days === null) return pass(`images are scanned again by ${rescan.how}`);
        return rescan.days >= leastDays
          ? pass(`images are scanned again by ${rescan.how} for ${rescan.days} days`)
          : fail(`images are scanned again by ${rescan.how}, but for ${rescan.days} days only`);
      case 'off':
        return fail(`images are not scanned again: ${rescan.why}`);
    }
  },
});
