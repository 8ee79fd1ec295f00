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
      case 'audit-only':
        return fail('images without a valid signature are reported, but not refused');
      case 'none':
        return fail('nothing refuses unsigned images');
    }
  },
});
