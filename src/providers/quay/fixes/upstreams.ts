import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { curl, guides } from './pages.ts';

const cache = {
  command: `${curl('DELETE')} https://<host>/api/v1/organization/<organization>/proxycache # and POST it anew with upstream_registry <host>/<namespace> and insecure false`,
  console: '(organization) > Settings > Proxy Cache; (repository) > Mirroring',
  risk: 'Whatever pulls through the organization gets nothing until it is set up again.',
  undo: 'POST the former settings.',
  references: [guides.using],
} satisfies Fix;

export const upstreams = {
  'upstream-scope-narrow': cache,
  'upstreams-approved': {
    ...cache,
    instead:
      'For a mirror: PUT its settings with verify_tls true, or an address of an approved host.',
  },
} satisfies Record<Failable['upstreams'], Fix>;
