import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const signingConfigured = defineCheck({
  id: 'signing-configured',
  subject: 'repository',
  severity: 'medium',
  title: 'The platform signs pushed images, or is set up for signed images',
  why: 'Without a signature nobody can tell an image that the pipeline built from one that an attacker pushed under the same name.',
  checklist: ['C4', 'F4', 'M2'],
  topics: ['image-signing-configured'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['signing'],

  judge({ signing }) {
    switch (signing.mode) {
      case 'on':
        return pass(`images are signed by ${signing.by}`);
      case 'broken':
        return fail(`signing by ${signing.by} is configured but does not work: ${signing.why}`);
      case 'off':
        return fail(
          `the platform does not sign images: ${signing.why}; recent-images-signed checks signatures made by clients`,
        );
    }
  },
});
