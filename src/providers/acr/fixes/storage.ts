import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const storage = {
  'encrypted-with-own-key': {
    command:
      'az acr create --name <new registry> --resource-group <group> --sku Premium --identity <identity id> --key-encryption-key <key id>',
    terraform: 'azurerm_container_registry: encryption { key_vault_key_id, identity_client_id }',
    console: 'Create container registry > Encryption > Customer-managed key',
    instead:
      'a key cannot be added to an existing registry; to re-enable a disabled key: az keyvault key set-attributes --id <key id> --enabled true',
    risk: 'Images must be copied and deployments switched to the new registry; while the key is unusable, nobody can pull.',
    undo: 'Delete the new registry before anything uses it; its encryption cannot be reverted.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/tutorial-enable-customer-managed-keys',
    ],
  },
  'replicas-hardened': {
    instead: 'replicas share the locks and the key of the registry: fix the registry itself',
    risk: 'A change at the registry applies to all its replicas immediately.',
    undo: 'Revert the change at the registry.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-geo-replication',
    ],
  },
  replicated: {
    command: 'az acr replication create --registry <registry> --location <location>',
    terraform: 'azurerm_container_registry: georeplications { location = ... }',
    console: 'Container registries > <registry> > Geo-replications > Add',
    instead: 'this needs the Premium plan: az acr update --name <registry> --sku Premium',
    risk: 'Every replica is charged.',
    undo: 'az acr replication delete --registry <registry> --name <location>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-geo-replication',
    ],
  },
} satisfies Record<Failable['storage'], Fix>;
