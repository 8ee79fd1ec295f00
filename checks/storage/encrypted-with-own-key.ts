import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const encryptedWithOwnKey = defineCheck({
  id: 'encrypted-with-own-key',
  subject: 'repository',
  severity: 'low',
  title: 'Images are encrypted with a key of your own that works',
  why: 'Only a key of your own can be withdrawn, and only its use is logged for you. A key that is disabled or about to be deleted makes the images unreadable.',
  checklist: [],
  topics: ['encryption-at-rest-cmk'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['encryption'],

  judge({ encryption }) {
    switch (encryption.mode) {
      case 'own-key':
        return encryption.usable.mode === 'yes'
          ? pass(`encrypted with ${encryption.key}`)
          : fail(`encrypted with ${encryption.key}, which is not usable: ${encryption.usable.why}`);
      case 'platform-key':
        return fail(`encrypted with a key of the platform: ${encryption.detail}`);
    }
  },
});
