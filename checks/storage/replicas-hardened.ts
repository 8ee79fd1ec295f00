import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { isAsStrict, type TagLock } from '../../src/model/tag-lock.ts';

export const replicasHardened = defineCheck({
  id: 'replicas-hardened',
  subject: 'repository',
  severity: 'medium',
  title: 'Replicas have tag immutability and encryption as strict as the source',
  why: 'Replication copies images, not settings. A replica with default settings has mutable tags and another key, and deployments from it lose what protects the source.',
  checklist: ['F6', 'M3'],
  topics: ['replication-backup', 'tag-immutability', 'encryption-at-rest-cmk'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['replicaSettings', 'tagLock', 'encryption'],

  judge({ replicaSettings, tagLock, encryption }) {
    switch (replicaSettings.mode) {
      case 'no-replicas':
        return pass('there are no replicas');
      case 'copies': {
        const laxer = replicaSettings.places.flatMap((copy) => [
          ...(isAsStrict(lockOf(copy.tagLock), tagLock)
            ? []
            : [`tags are mutable in ${copy.place}`]),
          ...(copy.encryption === 'platform-key' && encryption.mode === 'own-key'
            ? [`${copy.place} encrypts with a platform-managed key`]
            : []),
        ]);
        if (laxer.length > 0)
          return fail(`replicas are less strict than the source: ${enumerate(laxer)}`);
        const places = enumerate(replicaSettings.places.map(({ place }) => place));
        return pass(`replicas are as strict as the source: ${places}`);
      }
    }
  },
});

type CopiedLock = { readonly mode: 'set'; readonly lock: TagLock } | { readonly mode: 'default' };

/** The default settings of the place count as no lock. */
function lockOf(copied: CopiedLock): TagLock {
  switch (copied.mode) {
    case 'set':
      return copied.lock;
    case 'default':
      return { mode: 'none' };
  }
}
