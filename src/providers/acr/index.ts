import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { acrOptions } from './options.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/** Azure Container Registry, in all clouds of Azure. */
export const provider = defineProvider({
  id: 'acr',
  title: 'Azure Container Registry',
  addresses: [
    'acr',
    'acr://SUBSCRIPTION',
    'acr://tenant',
    'acr://management-group/NAME',
    'acr://SUBSCRIPTION/RESOURCE-GROUP/NAME',
    'acr://NAME.azurecr.io',
  ],
  operations,
  provides,
  listing: ({ repository }) => [
    'ResourceGraph_Registries',
    'Subscriptions_List',
    'Registries_List',
    'Registries_Get',
    ...(repository.size > 0 ? (['Oauth2_Exchange', 'Oauth2_Token', 'Catalog_List'] as const) : []),
  ],
  leastPrivilege,
  // Endpoints of the three clouds (@azure/identity, AzureAuthorityHosts; azure-cli, cloud.py).
  credentialHosts: {
    // Each by its name: customers have machines and gateways below azure.com and azure.net.
    vendor: [
      'management.azure.com',
      'management.chinacloudapi.cn',
      'management.usgovcloudapi.net',
      'login.microsoftonline.com',
      'login.microsoftonline.us',
      'login.chinacloudapi.cn',
      'login.partner.microsoftonline.cn',
    ],
    addressIsHost: false,
  },
  outside,
  permissionFile: 'least-privilege.json',
  options: acrOptions,
  open,
  fixes,
  commands,
});
