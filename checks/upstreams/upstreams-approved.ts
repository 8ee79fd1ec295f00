import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { hostOf } from '../../src/model/host.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const upstreamsApproved = defineCheck({
  id: 'upstreams-approved',
  subject: 'registry',
  severity: 'medium',
  title: 'Images are cached from approved upstreams alone, over verified TLS',
  why: 'What an upstream serves runs as if it were built here, so every upstream is a supplier and needs to be chosen like one.',
  answers: [],
  topics: ['proxy-cache-upstream-control'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html',
  ],
  fix: {
    ecr: {
      risk: 'Pulls through the prefix fail for images that are not in the cache yet.',
      undo: 'Create the rule again as aws ecr describe-pull-through-cache-rules showed it before.',
      command: 'aws ecr delete-pull-through-cache-rule --ecr-repository-prefix <prefix>',
      terraform: 'remove the aws_ecr_pull_through_cache_rule of the upstream',
      console:
        'Amazon ECR > Private registry > Features & Settings > Pull through cache > Delete rule',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories create <repository> --location=<location> --repository-format=docker --mode=remote-repository --remote-docker-repo=https://<host>',
      terraform:
        'google_artifact_registry_repository: remote_repository_config { docker_repository { custom_repository { uri = "https://<host>" } } }',
      console:
        'Google Cloud console > Artifact Registry > Repositories > Create repository > Mode: Remote',
      instead: 'the upstream of a remote repository cannot be changed: create another one',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"url":"https://<upstream>","insecure":false}\' https://<host>/api/v2.0/registries/<registry id>',
      terraform: 'harbor_registry: endpoint_url = "https://…", insecure = false',
      console:
        'Administration > Registries > (registry) > Edit: Endpoint URL and Verify Remote Cert',
    },
    acr: {
      risk: 'What is not cached yet can no longer be pulled through the rule.',
      undo: 'az acr cache create --registry <registry> --name <rule> --source-repo <source> --target-repo <target>',
      command: 'az acr cache delete --registry <registry> --name <rule>',
      terraform: 'remove azurerm_container_registry_cache_rule',
      console: 'Container registries > <registry> > Cache',
    },
  },
  needs: ['upstreams'],

  judge({ upstreams }, { approvedUpstreams }) {
    const hosts = upstreams.map(({ url, transport }) => ({ host: hostOf(url), transport }));
    const faults = hosts.flatMap(({ host, transport }) => {
      const name = host ?? 'an upstream without readable host';
      const unapproved = host === null || !isApproved(host, approvedUpstreams);
      return [
        ...(unapproved ? [`${name} is not approved`] : []),
        ...(transport === 'verified-tls' ? [] : [`${name} is reached ${ways[transport]}`]),
      ];
    });
    if (faults.length > 0) return fail(enumerate(faults));
    if (upstreams.length === 0) return pass('nothing is cached from elsewhere');
    const sharper =
      approvedUpstreams.length === 0 ? '; expect.approvedUpstreams would tell which are meant' : '';
    return pass(`cached from ${enumerate(hosts.map(({ host }) => `${host}`))}${sharper}`);
  },
});

const ways = {
  'unverified-tls': 'without verifying its certificate',
  'plain-http': 'over plain HTTP',
} as const;

/** Where nothing is declared, every upstream that can be named is approved. */
function isApproved(host: string, approved: readonly string[]): boolean {
  return (
    approved.length === 0 ||
    matchesAny(
      approved.map((pattern) => pattern.toLowerCase()),
      host,
    )
  );
}
