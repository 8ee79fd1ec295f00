import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

/** One plan scans at the push and again later. */
const byDefender = {
  command:
    'az security pricing create --name Containers --tier standard --extensions name=ContainerRegistriesVulnerabilityAssessments isEnabled=True',
  terraform:
    'azurerm_security_center_subscription_pricing: resource_type = "Containers", tier = "Standard", extension { name = "ContainerRegistriesVulnerabilityAssessments" }',
  console:
    'Microsoft Defender for Cloud > Environment settings > <subscription> > Containers: On > Settings > Registry access',
  instead:
    'where the plan is on, let Defender in: az acr update --name <registry> --allow-trusted-services true',
  risk: 'The plan is paid for the whole subscription.',
  undo: 'az security pricing create --name Containers --tier free',
  references: [
    'https://learn.microsoft.com/en-us/azure/defender-for-cloud/agentless-vulnerability-assessment-azure',
  ],
} satisfies Fix;

export const scanning = {
  'push-scan-on': byDefender,
  'recent-images-clean': {
    command:
      'az acr build --registry <registry> --image <repository>:<tag> . # on a fixed base image',
    console:
      'Microsoft Defender for Cloud > Recommendations > those on container images in registries',
    risk: 'A rebuilt image can behave differently: test it like any other change.',
    undo: 'Deploy the previous image by digest.',
    references: [
      'https://learn.microsoft.com/en-us/azure/defender-for-cloud/agentless-vulnerability-assessment-azure',
    ],
  },
  'recent-images-scanned': byDefender,
  'rescan-on': byDefender,
  'scan-gate-on': {
    console:
      'Microsoft Defender for Cloud > Environment settings > Security rules > Gated deployment: a rule with the action Deny',
    instead:
      'ACR has no gate: gated deployment of Defender blocks images at the cluster; regaudit cannot read its rules',
    risk: 'Clusters block images that violate the rule, also for running deployments when their pods restart.',
    undo: 'Set the action of the rule to Audit in the same place.',
    references: [
      'https://learn.microsoft.com/en-us/azure/defender-for-cloud/gated-deployment-introduction',
    ],
  },
} satisfies Record<Failable['scanning'], Fix>;
