import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'export-blocked': {
    command: 'az acr update --name <registry> --public-network-enabled false --allow-exports false',
    terraform:
      'azurerm_container_registry: public_network_access_enabled = false, export_policy_enabled = false',
    instead: 'this needs the Premium plan: az acr update --name <registry> --sku Premium',
    risk: 'Clients outside private endpoints lose access, and other registries can no longer import images from here.',
    undo: 'az acr update --name <registry> --allow-exports true --public-network-enabled true',
    references: ['https://learn.microsoft.com/en-us/azure/container-registry/data-loss-prevention'],
  },
  'network-bypass-off': {
    command: 'az acr update --name <registry> --allow-trusted-services false',
    terraform: 'azurerm_container_registry: network_rule_bypass_option = "None"',
    console: 'Container registries > <registry> > Networking > Firewall exception',
    instead:
      'without the bypass Defender cannot scan a registry with network rules: choose one of the two',
    risk: 'Defender, ACR Tasks and other Azure services can no longer reach the registry.',
    undo: 'az acr update --name <registry> --allow-trusted-services true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/allow-access-trusted-services',
    ],
  },
  'private-endpoint-used': {
    command:
      'az network private-endpoint create --name <endpoint> --resource-group <group> --vnet-name <vnet> --subnet <subnet> --private-connection-resource-id <registry id> --group-id registry --connection-name <connection>',
    terraform:
      'azurerm_private_endpoint: private_service_connection { subresource_names = ["registry"] }',
    console:
      'Container registries > <registry> > Networking > Private access > Create a private endpoint connection',
    instead: 'this needs the Premium plan: az acr update --name <registry> --sku Premium',
    risk: 'The endpoint is charged by the hour, and clients whose DNS does not resolve to it still use the public address.',
    undo: 'az network private-endpoint delete --name <endpoint> --resource-group <group>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-private-link',
    ],
  },
  'public-endpoint-closed': {
    command: 'az acr update --name <registry> --public-network-enabled false',
    terraform:
      'azurerm_container_registry: public_network_access_enabled = false; or network_rule_set { default_action = "Deny", ip_rule { ... } }',
    console:
      'Container registries > <registry> > Networking > Public access > Disabled, or Selected networks',
    instead: 'this needs the Premium plan: az acr update --name <registry> --sku Premium',
    risk: 'Clients outside private endpoints lose access.',
    undo: 'az acr update --name <registry> --public-network-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-access-selected-networks',
    ],
  },
  'webhooks-use-tls': {
    command: 'az acr webhook update --registry <registry> --name <webhook> --uri https://<address>',
    terraform: 'azurerm_container_registry_webhook: service_uri = "https://..."',
    console: 'Container registries > <registry> > Webhooks > <webhook> > Configure',
    risk: 'Calls fail unless the receiver serves HTTPS with a valid certificate.',
    undo: 'The same command with the previous URL.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-webhook',
    ],
  },
} satisfies Record<Failable['network'], Fix>;
