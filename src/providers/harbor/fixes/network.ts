import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'tls-only': {
    instead:
      'Set hostname, https.certificate and https.private_key in harbor.yml, or expose.tls.enabled: true and externalURL: https://… of the Helm chart, and install again. Disable TLS 1.0 and 1.1 and plain HTTP at the ingress or load balancer in front of it.',
    risk: 'Installation restarts Harbor, and clients that support only plain HTTP or TLS 1.0 and 1.1 can no longer connect.',
    undo: 'Restore the previous harbor.yml or chart values and install again.',
    references: ['https://goharbor.io/docs/2.13.0/install-config/configure-https/'],
  },
  'webhooks-use-tls': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"name":"<name>","enabled":true,"event_types":["PUSH_ARTIFACT"],"targets":[{"type":"http","address":"https://<address>","skip_cert_verify":false}]}\' https://<host>/api/v2.0/projects/<project>/webhook/policies/<policy id>',
    terraform: 'harbor_project_webhook: address = "https://…", skip_cert_verify = false',
    console:
      'Projects > (project) > Webhooks > (webhook) > Edit: Endpoint URL and Verify Remote Certificate',
    risk: 'Replaces the whole webhook, including its events and other targets; calls fail while Harbor does not trust the certificate of the receiver.',
    undo: 'PUT the webhook saved with GET of the same URL before the change.',
    references: [
      'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/configure-webhooks/',
    ],
  },
} satisfies Record<Failable['network'], Fix>;
