import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const upstreams = {
  'upstream-scope-narrow': {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"name":"<rule>","description":"","mode":"ALLOW","matchers":["^/v2/<path>/.*"]}\' https://<host>/service/rest/v1/routing-rules # then set routingRuleName of the proxy',
    terraform: 'nexus_routing_rule: mode = "ALLOW"; nexus_repository_docker_proxy: routing_rule',
    console:
      'Repository > Routing Rules > Create, then Repository > Repositories > (proxy) > Routing Rule',
    risk: 'What does not match can no longer be fetched through the proxy.',
    undo: 'Take the rule off the proxy.',
    references: ['https://help.sonatype.com/en/routing-rules.html'],
  },
  'upstreams-approved': {
    command:
      'curl -u <administrator> https://<host>/service/rest/v1/repositories/docker/proxy/<repository> > <file> # set remoteUrl of proxy, then PUT <file> to the same address',
    terraform: 'nexus_repository_docker_proxy: proxy { remote_url = "https://…" }',
    console: 'Repository > Repositories > (proxy) > Remote storage',
    risk: 'The proxy fetches from the new address, and what it has cached from the former one stays.',
    undo: 'PUT the repository back that GET of the same address showed before.',
    references: ['https://help.sonatype.com/en/proxy-repository-for-docker.html'],
  },
} satisfies Record<Failable['upstreams'], Fix>;
