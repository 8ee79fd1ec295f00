import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const upstreams = {
  'upstream-scope-narrow': {
    command: [
      'az acr cache create --registry <registry> --name <rule> --source-repo <host>/<repository> --target-repo <prefix>/<repository>',
      'az acr cache delete --registry <registry> --name <wide rule>',
    ].join('\n'),
    terraform:
      'azurerm_container_registry_cache_rule: source_repo and target_repo without a wildcard for a whole upstream',
    console: 'Container registries > <registry> > Cache',
    risk: 'Images that are not cached yet can no longer be pulled through the wide rule.',
    undo: 'az acr cache create --registry <registry> --name <wide rule> --source-repo <source> --target-repo <target>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/artifact-cache-overview',
    ],
  },
  'upstreams-approved': {
    command: 'az acr cache delete --registry <registry> --name <rule>',
    terraform: 'remove azurerm_container_registry_cache_rule',
    console: 'Container registries > <registry> > Cache',
    risk: 'Images that are not cached yet can no longer be pulled through the rule.',
    undo: 'az acr cache create --registry <registry> --name <rule> --source-repo <source> --target-repo <target>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/artifact-cache-overview',
    ],
  },
} satisfies Record<Failable['upstreams'], Fix>;
