import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const webhooksUseTls = defineCheck({
  id: 'webhooks-use-tls',
  subject: 'repository',
  severity: 'medium',
  title: 'Every webhook goes to a verified HTTPS address',
  why: 'Webhooks carry secrets and trigger deployments: whoever can read or answer them can do both.',
  answers: ['C2'],
  topics: ['tls'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/52/r2/final',
    'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/configure-webhooks/',
  ],
  fix: {
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"name":"<name>","enabled":true,"event_types":["PUSH_ARTIFACT"],"targets":[{"type":"http","address":"https://<address>","skip_cert_verify":false}]}\' https://<host>/api/v2.0/projects/<project>/webhook/policies/<policy id>',
      terraform: 'harbor_project_webhook: address = "https://…", skip_cert_verify = false',
      console:
        'Projects > (project) > Webhooks > (webhook) > Edit: Endpoint URL and Verify Remote Certificate',
    },
    'docker-hub': {
      risk: 'Calls are lost while there is no webhook.',
      undo: 'Create the old one again.',
      console:
        'Docker Hub > My Hub > Repositories > (repository) > Webhooks: delete it and create one whose URL begins with https://',
    },
    acr: {
      command:
        'az acr webhook update --registry <registry> --name <webhook> --uri https://<address>',
      terraform: 'azurerm_container_registry_webhook: service_uri = "https://..."',
      console: 'Container registries > <registry> > Webhooks > <webhook> > Configure',
    },
  },
  needs: ['webhooks'],

  judge({ webhooks }) {
    const weak = webhooks.flatMap(({ host, transport }) =>
      transport === 'verified-tls' ? [] : [`${host} (${weaknesses[transport]})`],
    );
    if (weak.length > 0) return fail(`webhooks go to ${enumerate(weak)}`);
    if (webhooks.length === 0) return pass('there is no webhook');
    return pass(`webhooks go over verified TLS to ${enumerate(webhooks.map(({ host }) => host))}`);
  },
});

const weaknesses = {
  'unverified-tls': 'certificate not verified',
  'plain-http': 'plain HTTP',
} as const;
