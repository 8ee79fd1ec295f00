import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { isAsStrict, type TagLock } from '../../src/model/tag-lock.ts';

export const replicasHardened = defineCheck({
  id: 'replicas-hardened',
  subject: 'repository',
  severity: 'medium',
  title: 'Copies of the repository are locked and encrypted as strictly as the source',
  why: 'Replication copies images, not settings. A copy that starts with the defaults of its place has movable tags and another key, and whoever deploys from there gets none of what protects the source.',
  checklist: ['F6', 'M3'],
  topics: ['replication-backup', 'tag-immutability', 'encryption-at-rest-cmk'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['replicaSettings', 'tagLock', 'encryption'],

  judge({ replicaSettings, tagLock, encryption }) {
    switch (replicaSettings.mode) {
      case 'no-replicas':
        return pass('there are no copies');
      case 'copies': {
        const laxer = replicaSettings.places.flatMap((copy) => [
          ...(isAsStrict(lockOf(copy.tagLock), tagLock)
            ? []
            : [`tags can be moved in ${copy.place}`]),
          ...(copy.encryption === 'platform-key' && encryption.mode === 'own-key'
            ? [`${copy.place} encrypts with a key of the platform`]
            : []),
        ]);
        if (laxer.length > 0) return fail(`copies are laxer than the source: ${enumerate(laxer)}`);
        const places = enumerate(replicaSettings.places.map(({ place }) => place));
        return pass(`copies are as strict as the source: ${places}`);
      }
    }
  },
});

type CopiedLock = { readonly mode: 'set'; readonly lock: TagLock } | { readonly mode: 'default' };

/** What the place gives by default is taken as no lock. */
function lockOf(copied: CopiedLock): TagLock {
  switch (copied.mode) {
    case 'set':
      return copied.lock;
    case 'default':
      return { mode: 'none' };
  }
}
