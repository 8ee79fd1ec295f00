import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const platform = {
  'defaults-hardened': {
    command: [
      'az acr update --name <registry> --anonymous-pull-enabled false',
      'az security pricing create --name Containers --tier standard --extensions name=ContainerRegistriesVulnerabilityAssessments isEnabled=True',
    ].join('\n'),
    terraform:
      'azurerm_container_registry: anonymous_pull_enabled = false; azurerm_security_center_subscription_pricing: resource_type = "Containers", tier = "Standard"',
    console:
      'Microsoft Defender for Cloud > Environment settings > <subscription> > Containers: On',
    risk: 'Clients without login can no longer pull, and the plan is charged for the whole subscription.',
    undo: 'az acr update --name <registry> --anonymous-pull-enabled true, and az security pricing create --name Containers --tier free',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/anonymous-pull-access',
      'https://learn.microsoft.com/en-us/azure/defender-for-cloud/agentless-vulnerability-assessment-azure',
    ],
  },
  'edge-registries-hardened': {
    command:
      'az resource update --ids <connected registry id> --set properties.logging.auditLogStatus=Enabled',
    instead:
      'the mode of a connected registry is set when it is created (az acr connected-registry create --mode ReadOnly), TLS when it is deployed at its site',
    risk: 'To change the mode or TLS, the connected registry must be deployed again: its site has no copy meanwhile.',
    undo: 'az resource update --ids <connected registry id> --set properties.logging.auditLogStatus=Disabled',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/intro-connected-registry',
    ],
  },
  'settings-enforced': {
    command: [
      'az acr config content-trust update --registry <registry> --status disabled',
      'az acr update --name <registry> --default-action Deny',
      'az acr credential-set update --registry <registry> --name <credential set> --password-id <secret id>',
    ].join('\n'),
    terraform:
      'azurerm_container_registry: trust_policy_enabled = false, network_rule_set { default_action = "Deny" }',
    console: 'Container registries > <registry> > Policies, Networking and Cache > Credentials',
    risk: 'With the default action Deny, every network without a rule is denied, including pipelines.',
    undo: 'az acr update --name <registry> --default-action Allow, and the previous secret for the credential set; content trust cannot be enabled again.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-access-selected-networks',
      'https://learn.microsoft.com/en-us/azure/container-registry/artifact-cache-overview',
    ],
  },
} satisfies Record<Failable['platform'], Fix>;
