import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const signingConfigured = defineCheck({
  id: 'signing-configured',
  subject: 'repository',
  severity: 'medium',
  title: 'Pushed images are signed, or the platform is set up for signed ones',
  why: 'Without a signature nobody can tell an image that the pipeline built from one that an intruder pushed under the same name.',
  answers: ['C4', 'F4', 'M2'],
  topics: ['image-signing-configured'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      risk: 'Replaces all signing rules of the registry; pushes fail for whoever may not use the profile.',
      undo: 'Put back what aws ecr get-signing-configuration showed before.',
      command:
        'aws ecr put-signing-configuration --signing-configuration \'{"rules":[{"signingProfileArn":"<profile-arn>","repositoryFilters":[{"filter":"<name>","filterType":"WILDCARD_MATCH"}]}]}\' # replaces all signing rules of the registry; whoever pushes needs signer:SignPayload on the profile',
      terraform:
        'awscc_ecr_signing_configuration: rules = [{ signing_profile_arn = "<profile-arn>" }]',
      console:
        'Amazon ECR > Private registry > Features & settings > Managed signing > Create rule',
    },
    'artifact-registry': {
      command: [
        'gcloud container binauthz attestors create <attestor> --attestation-authority-note=<note> --attestation-authority-note-project=<project>',
        'gcloud container binauthz attestors public-keys add --attestor=<attestor> --keyversion=<key version>',
      ].join('\n'),
      terraform: 'google_binary_authorization_attestor: attestation_authority_note { public_keys }',
      console: 'Google Cloud console > Security > Binary Authorization > Attestors',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"enable_content_trust_cosign":"true"}}\' https://<host>/api/v2.0/projects/<project> # for Notation: enable_content_trust',
      terraform: 'harbor_project: enable_content_trust_cosign = true',
      console: 'Projects > (project) > Configuration > Deployment security: Cosign or Notation',
    },
    acr: {
      risk: 'Clients with DOCKER_CONTENT_TRUST=1 refuse images without such a signature; the signatures that are there are deleted.',
      undo: 'Content trust cannot be enabled anew since 2026-05-31.',
      command: 'az acr config content-trust update --registry <registry> --status disabled',
      terraform: 'azurerm_container_registry: trust_policy_enabled = false',
      console: 'Container registries > <registry> > Policies > Content trust: Disabled',
      instead: 'Docker Content Trust is retired: sign with Notation or cosign in the pipeline',
    },
  },
  needs: ['signing'],

  judge({ signing }) {
    switch (signing.mode) {
      case 'on':
        return pass(`images are signed by ${signing.by}`);
      case 'broken':
        return fail(`signing by ${signing.by} is configured but does not work: ${signing.why}`);
      case 'off':
        return fail(
          `the platform does not sign: ${signing.why}; signatures made by clients show in recent-images-signed`,
        );
    }
  },
});
