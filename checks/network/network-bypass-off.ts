import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const networkBypassOff = defineCheck({
  id: 'network-bypass-off',
  subject: 'registry',
  severity: 'low',
  title: 'Nobody passes the network rules by special permission',
  why: "A bypass lets whole services of the platform in, and with them other customers' use of those services.",
  answers: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://learn.microsoft.com/en-us/azure/container-registry/allow-access-trusted-services',
  ],
  fix: {
    'artifact-registry': {
      command: 'gcloud artifacts vpcsc-config deny --location=<location> --project=<project>',
      terraform: 'google_artifact_registry_vpcsc_config: vpcsc_policy = "DENY"',
    },
    acr: {
      risk: 'Defender, ACR Tasks and other services of Azure can no longer reach the registry.',
      undo: 'az acr update --name <registry> --allow-trusted-services true',
      command: 'az acr update --name <registry> --allow-trusted-services false',
      terraform: 'azurerm_container_registry: network_rule_bypass_option = "None"',
      console: 'Container registries > <registry> > Networking > Firewall exception',
      instead:
        'without the bypass Defender cannot scan a registry with network rules: decide which of the two you need',
    },
  },
  needs: ['networkBypass'],

  judge({ networkBypass }) {
    switch (networkBypass.mode) {
      case 'none':
        return pass('the network rules hold for everyone');
      case 'allowed':
        return fail(
          networkBypass.who.length === 0
            ? 'a bypass of the network rules is on'
            : `the network rules are bypassed by ${enumerate(networkBypass.who)}`,
        );
    }
  },
});
