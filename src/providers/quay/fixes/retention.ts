import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { curl, guides, setting } from './pages.ts';

const policy = `${curl('POST')} -d '{"method":"creation_date","value":"90d","tagPattern":"^dev-","tagPatternMatches":true}' https://<host>/api/v1/organization/<organization>/autoprunepolicy/`;

export const retention = {
  'deletion-recoverable': {
    command: `${curl('PUT')} -d '{"tag_expiration_s":1209600}' https://<host>/api/v1/organization/<organization>`,
    console: '(organization) > Settings > Time Machine',
    instead:
      'PERMANENTLY_DELETE_TAGS: true in config.yaml lets whoever may push skip it: leave it off.',
    risk: 'What is deleted takes storage until the time is over.',
    undo: 'The same command with the former time.',
    references: [guides.using],
  },
  'retention-configured': {
    command: policy,
    console: '(organization) > Settings > Auto-Prune Policies',
    instead: 'It takes FEATURE_AUTO_PRUNE: true in config.yaml.',
    risk: 'Tags that match are deleted, from the next run on; there is no trial run.',
    undo: 'DELETE the policy; deleted tags can be brought back while the time machine keeps them.',
    references: [guides.managing],
  },
  'retention-spares-production': {
    command: `${curl('DELETE')} https://<host>/api/v1/organization/<organization>/autoprunepolicy/<policy uuid> # then make it anew with a pattern that leaves production out`,
    console: '(organization) > Settings > Auto-Prune Policies',
    instead: 'Tags that are immutable are never pruned.',
    risk: 'Nothing is pruned until the new policy is there.',
    undo: 'Make the former policy anew.',
    references: [guides.managing],
  },
  'untagged-expire': {
    ...setting('FEATURE_GARBAGE_COLLECTION: true'),
    risk: 'Images without a tag are removed for good when the time machine lets them go.',
    references: [guides.configuring],
  },
} satisfies Record<Failable['retention'], Fix>;
