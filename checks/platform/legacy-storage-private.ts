import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const legacyStoragePrivate = defineCheck({
  id: 'legacy-storage-private',
  subject: 'registry',
  severity: 'high',
  title: 'Nothing left of a retired registry service is open to strangers',
  why: 'Images of years past lie in storage that nobody looks at any more, under the grants of that time.',
  checklist: ['C1'],
  topics: ['no-anonymous-public-access'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['legacyStorage'],
  decidedBy: ['legacyStorage'],

  judge({ legacyStorage }) {
    const open = legacyStorage.flatMap(({ name, access }) =>
      access.mode === 'public' ? [`${name} is open: ${access.how}`] : [],
    );
    if (open.length > 0) return fail(enumerate(open));
    return pass(
      legacyStorage.length === 0 ? 'nothing is left of one' : 'what is left is closed to strangers',
    );
  },
});
