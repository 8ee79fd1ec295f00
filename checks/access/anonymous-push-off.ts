import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const anonymousPushOff = defineCheck({
  id: 'anonymous-push-off',
  subject: 'registry',
  severity: 'critical',
  title: 'Nobody can push or start an upload without login',
  why: 'A registry that takes images from strangers hands those images to everything that pulls from it.',
  checklist: ['C1', 'F1'],
  topics: ['authentication-required', 'no-anonymous-public-access'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['anonymousPush'],

  judge({ anonymousPush }) {
    switch (anonymousPush.mode) {
      case 'refused':
        return pass('a client without login can start no upload');
      case 'accepted':
        return fail(`a client without login can push (${anonymousPush.how})`);
    }
  },
});
