import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const storage = {
  'encrypted-with-own-key': {
    command:
      'az acr create --name <new registry> --resource-group <group> --sku Premium --identity <identity id> --key-encryption-key <key id>',
    terraform: 'azurerm_container_registry: encryption { key_vault_key_id, identity_client_id }',
    console: 'Create container registry > Encryption > Customer-managed key',
    instead:
      'an existing registry cannot be given a key; one whose key does not work gets it back: az keyvault key set-attributes --id <key id> --enabled true',
    risk: 'Images have to be copied and deployments pointed to the new registry; while the key cannot be used, nobody can pull.',
    undo: 'Delete the new registry while nothing uses it; its encryption cannot be changed back.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/tutorial-enable-customer-managed-keys',
    ],
  },
  'replicas-hardened': {
    instead:
      'replicas are the same registry elsewhere, with its locks and its key: what fails here is put right at the registry itself',
    risk: 'What is changed at the registry holds for all of its replicas at once.',
    undo: 'Take the change at the registry back.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-geo-replication',
    ],
  },
  replicated: {
    command: 'az acr replication create --registry <registry> --location <location>',
    terraform: 'azurerm_container_registry: georeplications { location = ... }',
    console: 'Container registries > <registry> > Geo-replications > Add',
    instead: 'the Premium plan is needed: az acr update --name <registry> --sku Premium',
    risk: 'Every replica is paid for.',
    undo: 'az acr replication delete --registry <registry> --name <location>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-geo-replication',
    ],
  },
} satisfies Record<Failable['storage'], Fix>;
