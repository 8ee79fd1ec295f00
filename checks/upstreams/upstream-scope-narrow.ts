import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { hostOf } from '../../src/model/host.ts';
import { covers } from '../../src/model/wildcard.ts';

export const upstreamScopeNarrow = defineCheck({
  id: 'upstream-scope-narrow',
  subject: 'registry',
  severity: 'medium',
  title: 'A cached upstream neither claims every name nor is open as a whole',
  why: 'Where a cache answers for every name, a typing error or an unclaimed name fetches an image that a stranger put there.',
  answers: [],
  topics: ['proxy-cache-upstream-control'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html',
  ],
  fix: {
    ecr: {
      risk: 'Pulls through the old prefix fail for images that are not in the cache yet.',
      undo: 'Create the rule again as aws ecr describe-pull-through-cache-rules showed it before.',
      command: [
        'aws ecr delete-pull-through-cache-rule --ecr-repository-prefix <prefix>',
        'aws ecr create-pull-through-cache-rule --ecr-repository-prefix <prefix> --upstream-registry-url <host> --upstream-repository-prefix <upstream prefix>',
      ].join('\n'),
      terraform:
        'aws_ecr_pull_through_cache_rule: ecr_repository_prefix other than "ROOT", and upstream_repository_prefix',
      console:
        'Amazon ECR > Private registry > Features & Settings > Pull through cache > Add rule',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories update <virtual repository> --location=<location> --upstream-policy-file=policies.json # own repositories with a greater priority than remote ones',
      terraform:
        'google_artifact_registry_repository: virtual_repository_config { upstream_policies { priority } }; remote_repository_config { docker_repository { custom_repository { uri = "https://<host>/<path>" } } }',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (virtual repository) > Edit repository > Virtual repository policies',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"proxy_cache_filter_pattern":"library/**"}}\' https://<host>/api/v2.0/projects/<project> # from release 2.16 on',
      console: 'Projects > (project) > Configuration > Proxy Cache: repository filter',
      instead:
        'Releases before 2.16 have no filter: let only known repositories through at a proxy between, or cache an upstream of your own.',
    },
    acr: {
      risk: 'What is not cached yet can no longer be pulled through the wide rule.',
      undo: 'az acr cache create --registry <registry> --name <wide rule> --source-repo <source> --target-repo <target>',
      command: [
        'az acr cache create --registry <registry> --name <rule> --source-repo <host>/<repository> --target-repo <prefix>/<repository>',
        'az acr cache delete --registry <registry> --name <wide rule>',
      ].join('\n'),
      terraform:
        'azurerm_container_registry_cache_rule: source_repo and target_repo without a wildcard for a whole upstream',
      console: 'Container registries > <registry> > Cache',
    },
  },
  needs: ['upstreams'],

  judge({ upstreams }) {
    const faults = upstreams.flatMap(({ prefix, url, takes }) => {
      const host = hostOf(url) ?? 'an upstream without readable host';
      return [
        ...(isEverything(prefix) ? [`every name is claimed for ${host}`] : []),
        ...(takes.mode === 'everything' || isEverything(takes.prefix)
          ? [`all of ${host} is open under ${prefix}`]
          : []),
      ];
    });
    if (faults.length > 0) return fail(enumerate(faults));
    return upstreams.length === 0
      ? pass('nothing is cached from elsewhere')
      : pass('every upstream has its own prefix and opens only a part');
  },
});

/** An empty prefix limits as little as a star. */
function isEverything(prefix: string): boolean {
  return prefix === '' || covers(prefix, '*');
}
