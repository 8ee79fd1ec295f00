import { because, defineCheck, fail, pass } from '../../src/engine/check.ts';

export const deletionRecoverable = defineCheck({
  id: 'deletion-recoverable',
  subject: 'repository',
  severity: 'low',
  title: 'Deleted images can be restored for some days, or cannot be deleted',
  why: 'Otherwise a stolen credential with delete permission, or a mistyped command, permanently removes the images that production restarts from.',
  checklist: [],
  topics: ['deletion-protection'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['recovery'],

  judge({ recovery }) {
    switch (recovery.mode) {
      case 'days':
        return recovery.days >= 1
          ? pass(`deleted images can be restored for ${recovery.days} days`)
          : fail('deleted images are kept for less than a day');
      case 'blocked':
        return pass(`images cannot be deleted: ${recovery.by}`);
      case 'none':
        return fail(`deleted images cannot be restored${because(recovery)}`);
    }
  },
});
