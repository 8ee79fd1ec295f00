import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const sign: Fix = {
  command: [
    'cosign sign --key gcpkms://projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key> <image>@<digest>',
    '# or, for Binary Authorization:',
    'gcloud container binauthz attestations sign-and-create --artifact-url=<image>@<digest> --attestor=<attestor> --keyversion=<key version>',
  ].join('\n'),
  risk: 'Adds an artifact to the repository, or an attestation to the project; a key that others can use proves nothing.',
  undo: 'cosign clean <image>@<digest>, or delete the attestation.',
  references: ['https://docs.cloud.google.com/binary-authorization/docs/making-attestations'],
};

export const signing = {
  'recent-images-attested': {
    command:
      'gcloud artifacts sbom export --uri=<image>@<digest> # or build with Cloud Build, which writes provenance',
    risk: 'The SBOM is written to a bucket of the project, whose storage is charged.',
    undo: 'Delete the SBOM in the bucket; the image itself is not changed.',
    references: ['https://docs.cloud.google.com/artifact-analysis/docs/sbom-overview'],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
  'signature-required': {
    command: [
      'gcloud container binauthz policy import policy.yaml # defaultAdmissionRule: {evaluationMode: REQUIRE_ATTESTATION, enforcementMode: ENFORCED_BLOCK_AND_AUDIT_LOG, requireAttestationsBy: [projects/<project>/attestors/<attestor>]}, no exemption for the own repositories',
      'gcloud container clusters update <cluster> --location=<location> --binauthz-evaluation-mode=PROJECT_SINGLETON_POLICY_ENFORCE',
      'gcloud run services update <service> --region=<region> --binary-authorization=default',
    ].join('\n'),
    terraform:
      'google_binary_authorization_policy: default_admission_rule { evaluation_mode = "REQUIRE_ATTESTATION", enforcement_mode = "ENFORCED_BLOCK_AND_AUDIT_LOG", require_attestations_by }; google_container_cluster: binary_authorization { evaluation_mode = "PROJECT_SINGLETON_POLICY_ENFORCE" }',
    console: 'Google Cloud console > Security > Binary Authorization > Policy',
    risk: 'Clusters and services block images without an attestation, including system images unless they are exempt: start with DRYRUN_AUDIT_LOG_ONLY.',
    undo: 'Import the policy saved with gcloud container binauthz policy export before the change.',
    references: ['https://docs.cloud.google.com/binary-authorization/docs/configuring-policy-cli'],
  },
  'signing-configured': {
    command: [
      'gcloud container binauthz attestors create <attestor> --attestation-authority-note=<note> --attestation-authority-note-project=<project>',
      'gcloud container binauthz attestors public-keys add --attestor=<attestor> --keyversion=<key version>',
    ].join('\n'),
    terraform: 'google_binary_authorization_attestor: attestation_authority_note { public_keys }',
    console: 'Google Cloud console > Security > Binary Authorization > Attestors',
    risk: 'None: an attestor has no effect until a policy requires it.',
    undo: 'gcloud container binauthz attestors delete <attestor>',
    references: ['https://docs.cloud.google.com/binary-authorization/docs/creating-attestors-cli'],
  },
} satisfies Record<Failable['signing'], Fix>;
