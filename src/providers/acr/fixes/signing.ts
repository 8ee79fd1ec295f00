import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const sign: Fix = {
  command:
    'notation sign --signature-format cose --plugin azure-kv --id <key id> <registry>.azurecr.io/<repository>@<digest>',
  risk: 'Adds an artifact to the repository; a key that others can use proves nothing.',
  undo: 'oras manifest delete <registry>.azurecr.io/<repository>@<digest of the signature>',
  references: [
    'https://learn.microsoft.com/en-us/azure/container-registry/overview-sign-verify-artifacts',
  ],
};

export const signing = {
  'recent-images-attested': {
    command:
      'oras attach --artifact-type application/spdx+json <registry>.azurecr.io/<repository>@<digest> sbom.spdx.json',
    instead: 'attestations that BuildKit stores in an image index are not visible without a pull',
    risk: 'Adds an artifact to the repository; anyone who can push can attach one.',
    undo: 'oras manifest delete <registry>.azurecr.io/<repository>@<digest of the artifact>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-manage-artifact',
    ],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
  'signature-required': {
    instead:
      'ACR cannot block an image, and the Azure policy on image integrity only reports: verify in the cluster, with Ratify and Gatekeeper set to deny',
    risk: 'Clusters block images without a trusted signature, including system images unless they are exempt.',
    undo: 'Set enforcementAction of the Gatekeeper constraint to dryrun.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-tutorial-verify-with-ratify-aks',
    ],
  },
  'signing-configured': {
    command: 'az acr config content-trust update --registry <registry> --status disabled',
    terraform: 'azurerm_container_registry: trust_policy_enabled = false',
    console: 'Container registries > <registry> > Policies > Content trust: Disabled',
    instead: 'Docker Content Trust is retired: sign with Notation or cosign in the pipeline',
    risk: 'Clients with DOCKER_CONTENT_TRUST=1 reject images without such a signature; existing signatures are deleted.',
    undo: 'Since 2026-05-31 content trust cannot be enabled again.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-content-trust-deprecation',
    ],
  },
} satisfies Record<Failable['signing'], Fix>;
