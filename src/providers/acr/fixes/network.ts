import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'export-blocked': {
    command: 'az acr update --name <registry> --public-network-enabled false --allow-exports false',
    terraform:
      'azurerm_container_registry: public_network_access_enabled = false, export_policy_enabled = false',
    instead: 'the Premium plan is needed: az acr update --name <registry> --sku Premium',
    risk: 'Clients outside private endpoints lose access, and images can no longer be imported from here.',
    undo: 'az acr update --name <registry> --allow-exports true --public-network-enabled true',
    references: ['https://learn.microsoft.com/en-us/azure/container-registry/data-loss-prevention'],
  },
  'network-bypass-off': {
    command: 'az acr update --name <registry> --allow-trusted-services false',
    terraform: 'azurerm_container_registry: network_rule_bypass_option = "None"',
    console: 'Container registries > <registry> > Networking > Firewall exception',
    instead:
      'without the bypass Defender cannot scan a registry with network rules: decide which of the two you need',
    risk: 'Defender, ACR Tasks and other services of Azure can no longer reach the registry.',
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
    instead: 'the Premium plan is needed: az acr update --name <registry> --sku Premium',
    risk: 'The endpoint costs by the hour, and clients whose DNS does not lead to it go on using the public address.',
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
    instead: 'the Premium plan is needed: az acr update --name <registry> --sku Premium',
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
    risk: 'Calls fail unless the receiver answers HTTPS with a certificate that is valid for the address.',
    undo: 'The same command with the former address.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-webhook',
    ],
  },
} satisfies Record<Failable['network'], Fix>;
