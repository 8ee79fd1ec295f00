import { because, defineCheck, fail, pass } from '../../src/engine/check.ts';

export const deletionRecoverable = defineCheck({
  id: 'deletion-recoverable',
  subject: 'repository',
  severity: 'low',
  title: 'Deleted images can be brought back for some days, or cannot be deleted',
  why: 'Whoever steals a credential that may delete, or mistypes a command, otherwise removes what production restarts from, at once and for good.',
  checklist: [],
  topics: ['deletion-protection'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['recovery'],

  judge({ recovery }) {
    switch (recovery.mode) {
      case 'days':
        return recovery.days >= 1
          ? pass(`deleted images can be brought back for ${recovery.days} days`)
          : fail('deleted images are kept for less than a day');
      case 'blocked':
        return pass(`images cannot be deleted: ${recovery.by}`);
      case 'none':
        return fail(`a deleted image is gone at once${because(recovery)}`);
    }
  },
});
