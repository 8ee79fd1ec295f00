import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const retention = {
  'deletion-recoverable': {
    command: 'az acr config soft-delete update --registry <registry> --status enabled --days 30',
    console: 'Container registries > <registry> > Policies > Soft delete: Enabled',
    instead:
      'soft delete excludes replication, the artifact cache and the retention policy; if you need one of those, lock the images to keep: az acr repository update --name <registry> --image <repository>:<tag> --delete-enabled false',
    risk: 'Deleted images are charged until they are purged.',
    undo: 'az acr config soft-delete update --registry <registry> --status disabled',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-soft-delete-policy',
    ],
  },
  'retention-configured': {
    command:
      'az acr config retention update --registry <registry> --status enabled --days 30 --type UntaggedManifests',
    terraform: 'azurerm_container_registry: retention_policy_in_days = 30',
    console: 'Container registries > <registry> > Policies > Retention: Enabled',
    instead:
      'this needs the Premium plan, and the policy ignores OCI images: for those use a task with acr purge, whose filters regaudit does not evaluate',
    risk: 'Untagged images that are deployed by digest are deleted too.',
    undo: 'az acr config retention update --registry <registry> --status disabled --type UntaggedManifests; deleted images cannot be restored',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-retention-policy',
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-auto-purge',
    ],
  },
  'retention-spares-production': {
    command:
      'az acr repository update --name <registry> --image <repository>:<tag> --delete-enabled false',
    instead: 'acr purge spares locked images: lock the images that production deploys',
    risk: 'Nobody can delete a locked image until it is unlocked, and its storage is charged.',
    undo: 'az acr repository update --name <registry> --image <repository>:<tag> --delete-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-image-lock',
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-auto-purge',
    ],
  },
  'untagged-expire': {
    command:
      'az acr config retention update --registry <registry> --status enabled --days 30 --type UntaggedManifests',
    terraform: 'azurerm_container_registry: retention_policy_in_days = 30',
    console: 'Container registries > <registry> > Policies > Retention: Enabled',
    instead:
      'the policy ignores OCI images: for those use a task with acr purge --untagged, whose filters regaudit does not evaluate',
    risk: 'Untagged images that are deployed by digest are deleted too.',
    undo: 'az acr config retention update --registry <registry> --status disabled --type UntaggedManifests; deleted images cannot be restored',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-retention-policy',
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-auto-purge',
    ],
  },
} satisfies Record<Failable['retention'], Fix>;
