import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const signatureRequired = defineCheck({
  id: 'signature-required',
  subject: 'repository',
  severity: 'high',
  title: 'Images without a valid signature are refused at pull or deployment',
  why: 'A signature protects only where something checks it. As long as unsigned images are served and started, an intruder simply leaves the signature out.',
  answers: ['B4', 'C4', 'M2'],
  topics: ['signature-enforced'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-signing-verification.html',
    'https://slsa.dev/spec/v1.0/verifying-artifacts',
  ],
  fix: {
    ecr: {
      instead:
        'Amazon ECR serves unsigned images. Verify where images start: on EKS with Kyverno, or with Ratify and OPA Gatekeeper; on ECS in a deployment lifecycle hook.',
    },
    'artifact-registry': {
      command: [
        'gcloud container binauthz policy import policy.yaml # defaultAdmissionRule: {evaluationMode: REQUIRE_ATTESTATION, enforcementMode: ENFORCED_BLOCK_AND_AUDIT_LOG, requireAttestationsBy: [projects/<project>/attestors/<attestor>]}, no exemption for the own repositories',
        'gcloud container clusters update <cluster> --location=<location> --binauthz-evaluation-mode=PROJECT_SINGLETON_POLICY_ENFORCE',
        'gcloud run services update <service> --region=<region> --binary-authorization=default',
      ].join('\n'),
      terraform:
        'google_binary_authorization_policy: default_admission_rule { evaluation_mode = "REQUIRE_ATTESTATION", enforcement_mode = "ENFORCED_BLOCK_AND_AUDIT_LOG", require_attestations_by }; google_container_cluster: binary_authorization { evaluation_mode = "PROJECT_SINGLETON_POLICY_ENFORCE" }',
      console: 'Google Cloud console > Security > Binary Authorization > Policy',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"enable_content_trust_cosign":"true"}}\' https://<host>/api/v2.0/projects/<project> # asks for a signature, whoever made it',
      terraform: 'harbor_project: enable_content_trust_cosign = true',
      console: 'Projects > (project) > Configuration > Deployment security: Cosign',
      instead:
        'Harbor looks only whether a signature is there. Verify whose it is where images start: with Kyverno, Ratify or the policy controller of Sigstore.',
    },
    acr: {
      instead:
        'ACR cannot refuse an image, and the Azure policy on image integrity only reports: verify in the cluster, with Ratify and Gatekeeper set to deny',
    },
  },
  needs: ['signatureGate'],

  judge({ signatureGate }) {
    switch (signatureGate.mode) {
      case 'verifies':
        return pass(`only images with a signature of ${signatureGate.identity} are accepted`);
      case 'existence-only':
        return fail('any signature is accepted: only its existence is checked, not who made it');
      case 'incomplete':
        return fail(`some unsigned images are let through: ${signatureGate.why}`);
      case 'audit-only':
        return fail('images without a valid signature are reported, but not refused');
      case 'none':
        return fail('nothing refuses unsigned images');
    }
  },
});
