import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { identityLabel } from '../../src/model/identity-label.ts';
import { isOpenEnded } from '../../src/model/open-ended-identity.ts';

export const adminsFew = defineCheck({
  id: 'admins-few',
  subject: 'registry',
  severity: 'medium',
  impact: 'write',
  title: 'The registry has no more administrators than allowed',
  why: 'Every administrator can undo every other safeguard, and each additional one is another phishing target.',
  checklist: ['F2'],
  topics: ['least-privilege-and-push-restricted'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['administrators'],
  decidedBy: ['administrators'],

  judge({ administrators }, { mostAdministrators }) {
    const distinct = [...new Map(administrators.map((one) => [identityLabel(one), one])).values()];
    const openEnded = distinct.filter(isOpenEnded);
    if (openEnded.length > 0) {
      return fail(
        `the number of administrators has no limit: ${enumerate(openEnded.map(identityLabel))}`,
      );
    }
    const allowed = `expect.mostAdministrators allows ${mostAdministrators}`;
    return distinct.length > mostAdministrators
      ? fail(
          `administrators: ${distinct.length} (${enumerate(distinct.map(identityLabel))}); ${allowed}`,
        )
      : pass(`administrators: ${distinct.length}, a group counts as one; ${allowed}`);
  },
});
