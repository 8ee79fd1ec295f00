import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const encryptedWithOwnKey = defineCheck({
  id: 'encrypted-with-own-key',
  subject: 'repository',
  severity: 'low',
  title: 'Images are encrypted with a usable customer-managed key',
  why: 'Only a customer-managed key can be revoked by you, and only its use appears in your logs. A key that is disabled or scheduled for deletion makes the images unreadable.',
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
        return fail(`encrypted with a platform-managed key: ${encryption.detail}`);
    }
  },
});
