import { defineCheck, fail, pass } from '../../src/engine/check.ts';

/** Images are usually rebuilt monthly; a shorter period ends while the image still runs. */
const leastDays = 30;

export const rescanOn = defineCheck({
  id: 'rescan-on',
  subject: 'repository',
  severity: 'medium',
  title: 'Images are rescanned for new vulnerabilities for at least 30 days',
  why: 'Most vulnerabilities of an image become known after the push. A scan on push alone never shows them, and rescans that stop within a month stop while the image still runs.',
  checklist: ['C3', 'F3'],
  topics: ['vulnerability-scan-on-push'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['rescan'],

  judge({ rescan }) {
    switch (rescan.mode) {
      case 'on':
        if (rescan.days === null) return pass(`images are rescanned by ${rescan.how}`);
        return rescan.days >= leastDays
          ? pass(`images are rescanned by ${rescan.how} for ${rescan.days} days`)
          : fail(`images are rescanned by ${rescan.how}, but only for ${rescan.days} days`);
      case 'off':
        return fail(`images are not rescanned: ${rescan.why}`);
    }
  },
});
