import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const upstreams = {
  'upstream-scope-narrow': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"proxy_cache_filter_pattern":"library/**"}}\' https://<host>/api/v2.0/projects/<project> # from release 2.16 on',
    console: 'Projects > (project) > Configuration > Proxy Cache: repository filter',
    instead:
      'Releases before 2.16 have no filter: allow only known repositories at a proxy in between, or cache your own upstream.',
    risk: 'Images that do not match the pattern can no longer be pulled through the project.',
    undo: 'Restore the previous pattern in the same place.',
    references: ['https://goharbor.io/docs/2.13.0/administration/configure-proxy-cache/'],
  },
  'upstreams-approved': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"url":"https://<upstream>","insecure":false}\' https://<host>/api/v2.0/registries/<registry id>',
    terraform: 'harbor_registry: endpoint_url = "https://…", insecure = false',
    console: 'Administration > Registries > (registry) > Edit: Endpoint URL and Verify Remote Cert',
    risk: 'Every proxy project and replication with this endpoint uses the new URL, and fails while Harbor does not trust its certificate.',
    undo: 'PUT the endpoint saved with GET of the same URL before the change.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/configuring-replication/create-replication-endpoints/',
      'https://goharbor.io/docs/2.13.0/administration/configure-proxy-cache/',
    ],
  },
} satisfies Record<Failable['upstreams'], Fix>;
