import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const anonymousPushOff = defineCheck({
  id: 'anonymous-push-off',
  subject: 'registry',
  severity: 'critical',
  impact: 'exposure',
  title: 'Clients without login cannot push or start an upload',
  why: 'A registry that accepts images from anyone serves those images to everything that pulls from it.',
  checklist: ['C1', 'F1'],
  topics: ['authentication-required', 'no-anonymous-public-access'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['anonymousPush'],

  judge({ anonymousPush }) {
    switch (anonymousPush.mode) {
      case 'refused':
        return pass('clients without login cannot start an upload');
      case 'accepted':
        return fail(`clients without login can push (${anonymousPush.how})`);
    }
  },
});
