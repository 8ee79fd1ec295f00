import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const legacyStoragePrivate = defineCheck({
  id: 'legacy-storage-private',
  subject: 'registry',
  severity: 'high',
  impact: 'exposure',
  title: 'Storage of a retired registry service is not public',
  why: 'Old images remain in storage that nobody checks any more, with the permissions of that time.',
  checklist: ['C1'],
  topics: ['no-anonymous-public-access'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['legacyStorage'],
  decidedBy: ['legacyStorage'],

  judge({ legacyStorage }) {
    const open = legacyStorage.flatMap(({ name, access }) =>
      access.mode === 'public' ? [`${name} is public: ${access.how}`] : [],
    );
    if (open.length > 0) return fail(enumerate(open));
    return pass(
      legacyStorage.length === 0 ? 'there is no legacy storage' : 'no legacy storage is public',
    );
  },
});
