import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { curl, guides } from './pages.ts';

export const tags = {
  'tags-immutable': {
    command: `${curl('POST')} -d '{"tagPattern":".*","tagPatternMatches":true}' https://<host>/api/v1/organization/<organization>/immutabilitypolicy/`,
    console: '(organization) > Settings > Immutability Policies',
    instead:
      'It takes release 3.17 with FEATURE_IMMUTABLE_TAGS: true. The pattern has to match the whole tag: ^v locks the tag v alone, v.* all that begin with it.',
    risk: 'Pipelines that move a tag fail. The policy locks tags that are there already, and takes away the end of those that have one.',
    undo: 'DELETE the policy; tags that it has locked stay locked until each is unlocked.',
    references: [guides.using],
  },
} satisfies Record<Failable['tags'], Fix>;
