import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const retention = {
  'deletion-recoverable': {
    command: 'az acr config soft-delete update --registry <registry> --status enabled --days 30',
    console: 'Container registries > <registry> > Policies > Soft delete: Enabled',
    instead:
      'soft delete excludes replication, the artifact cache and the retention policy; where one of those is needed, lock what must stay: az acr repository update --name <registry> --image <repository>:<tag> --delete-enabled false',
    risk: 'Deleted images are paid for until they are purged.',
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
      'the Premium plan is needed, and the policy passes over OCI images: for those a task with acr purge, whose filters regaudit does not evaluate',
    risk: 'Images that are deployed by digest and have no tag are deleted as well.',
    undo: 'az acr config retention update --registry <registry> --status disabled --type UntaggedManifests; what was deleted is gone',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-retention-policy',
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-auto-purge',
    ],
  },
  'retention-spares-production': {
    command:
      'az acr repository update --name <registry> --image <repository>:<tag> --delete-enabled false',
    instead: 'acr purge spares what is locked: lock what production deploys',
    risk: 'Nobody can delete a locked image until it is unlocked, and its storage is paid for.',
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
      'the policy passes over OCI images: for those a task with acr purge --untagged, whose filters regaudit does not evaluate',
    risk: 'Images that are deployed by digest and have no tag are deleted as well.',
    undo: 'az acr config retention update --registry <registry> --status disabled --type UntaggedManifests; what was deleted is gone',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-retention-policy',
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-auto-purge',
    ],
  },
} satisfies Record<Failable['retention'], Fix>;
