import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'tls-only': {
    instead:
      'Set hostname, https.certificate and https.private_key in harbor.yml, or expose.tls.enabled: true and externalURL: https://… of the Helm chart, and install again. TLS 1.0 and 1.1 and plain HTTP beside it are closed at the ingress or load balancer before it.',
    risk: 'Installing again restarts Harbor, and clients that know only plain HTTP or TLS 1.0 and 1.1 can no longer connect.',
    undo: 'Put the former harbor.yml or values of the chart back and install again.',
    references: ['https://goharbor.io/docs/2.13.0/install-config/configure-https/'],
  },
  'webhooks-use-tls': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"name":"<name>","enabled":true,"event_types":["PUSH_ARTIFACT"],"targets":[{"type":"http","address":"https://<address>","skip_cert_verify":false}]}\' https://<host>/api/v2.0/projects/<project>/webhook/policies/<policy id>',
    terraform: 'harbor_project_webhook: address = "https://…", skip_cert_verify = false',
    console:
      'Projects > (project) > Webhooks > (webhook) > Edit: Endpoint URL and Verify Remote Certificate',
    risk: 'Replaces the whole webhook, its events and other targets among it; calls fail while Harbor does not trust the certificate of the receiver.',
    undo: 'PUT the webhook back that GET of the same address showed before.',
    references: [
      'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/configure-webhooks/',
    ],
  },
} satisfies Record<Failable['network'], Fix>;
