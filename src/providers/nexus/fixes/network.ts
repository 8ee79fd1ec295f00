import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'public-endpoint-closed': {
    instead:
      'Fill the IP allow list (releases that have it), then set its mode to ENFORCE: MONITOR blocks nothing. Older releases have none: close the network at the proxy or firewall before the server.',
    risk: 'Clients outside the list can no longer connect: put your own address on it first.',
    undo: 'Set the mode to MONITOR or DISABLED.',
    references: ['https://help.sonatype.com/en/rest-and-integration-api.html'],
  },
  'tls-only': {
    command:
      'curl -u <administrator> https://<host>/service/rest/v1/repositories/docker/hosted/<repository> > <file> # set "httpPort":null in docker, then PUT <file> to the same address',
    terraform: 'nexus_repository_docker_hosted: docker { https_port = 8443 } without http_port',
    console: 'Repository > Repositories > (repository) > Repository Connectors: HTTP',
    instead:
      'Serve the server itself with a certificate or behind a proxy that has one, and let the port of a connector be reached by that proxy alone.',
    risk: 'Clients that use the port of the connector have to use another address.',
    undo: 'PUT the repository back that GET of the same address showed before.',
    references: [
      'https://help.sonatype.com/en/ssl-and-repository-connector-configuration.html',
      'https://help.sonatype.com/en/configuring-ssl.html',
    ],
  },
  'webhooks-use-tls': {
    console: 'System > Capabilities > (webhook) > Settings > URL',
    risk: 'Calls fail while the server does not trust the certificate of the receiver.',
    undo: 'Put the former URL back in the same place.',
    references: ['https://help.sonatype.com/en/webhooks.html'],
  },
} satisfies Record<Failable['network'], Fix>;
