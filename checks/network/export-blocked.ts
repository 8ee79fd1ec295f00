import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const exportBlocked = defineCheck({
  id: 'export-blocked',
  subject: 'registry',
  severity: 'low',
  title: 'Images cannot be copied past the network rules to a registry elsewhere',
  why: 'The platform itself can carry images out of a closed network when somebody inside or with stolen rights asks it to.',
  answers: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: [
    'https://learn.microsoft.com/en-us/azure/container-registry/data-loss-prevention',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    acr: {
      risk: 'Clients outside private endpoints lose access, and images can no longer be imported from here.',
      undo: 'az acr update --name <registry> --allow-exports true --public-network-enabled true',
      command:
        'az acr update --name <registry> --public-network-enabled false --allow-exports false',
      terraform:
        'azurerm_container_registry: public_network_access_enabled = false, export_policy_enabled = false',
      instead: 'the Premium plan is needed: az acr update --name <registry> --sku Premium',
    },
  },
  needs: ['dataExport'],

  judge({ dataExport }) {
    switch (dataExport.mode) {
      case 'blocked':
        return pass(`export is blocked by ${dataExport.by}`);
      case 'open':
        return fail(`images can be copied out: ${dataExport.how}`);
    }
  },
});
