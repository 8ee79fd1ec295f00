import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { identityLabel } from '../../src/model/identity-label.ts';
import { isOpenEnded } from '../../src/model/open-ended-identity.ts';

export const deleteLimited = defineCheck({
  id: 'delete-limited',
  subject: 'repository',
  severity: 'medium',
  impact: 'write',
  title: 'Only named principals of your own account can delete images or tags',
  why: 'Workloads cannot restart from a deleted image, and a deleted tag can be pushed again with other content.',
  checklist: ['F2'],
  topics: ['least-privilege-and-push-restricted', 'deletion-protection'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['deleters'],
  decidedBy: ['deleters'],

  judge({ deleters }) {
    const tooWide = deleters.filter((identity) => identity.foreign || isOpenEnded(identity));
    if (tooWide.length > 0) return fail(`${enumerate(tooWide.map(identityLabel))} can delete`);
    if (deleters.length === 0) return pass('nobody can delete');
    return pass(`only ${enumerate(deleters.map(identityLabel))} can delete`);
  },
});
