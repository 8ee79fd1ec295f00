import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const scanGateOn = defineCheck({
  id: 'scan-gate-on',
  subject: 'repository',
  severity: 'high',
  title: 'Vulnerable images cannot be pulled or deployed',
  why: 'A report stops nothing. Unless something refuses the image, it runs while its findings wait to be read.',
  answers: ['C3'],
  topics: ['scanning-enforced-block-vulnerable'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      instead:
        'Amazon ECR refuses no image because of its findings. Let the pipeline stop before the push or the promotion, and let the cluster admit only images whose scan is attested, for instance with Kyverno or OPA Gatekeeper.',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"prevent_vul":"true","severity":"high"}}\' https://<host>/api/v2.0/projects/<project>',
      terraform: 'harbor_project: deployment_security = "high"',
      console:
        'Projects > (project) > Configuration > Deployment security: Prevent vulnerable images from running',
    },
    acr: {
      console:
        'Microsoft Defender for Cloud > Environment settings > Security rules > Gated deployment: a rule with the action Deny',
      instead:
        'ACR has no gate of its own: gated deployment of Defender refuses images at the cluster, and what its rules say regaudit cannot read',
    },
  },
  needs: ['scanGate'],

  judge({ scanGate }) {
    switch (scanGate.mode) {
      case 'blocks':
        return pass(
          `vulnerable images are refused (threshold: ${scanGate.threshold})${except(scanGate.exceptions)}`,
        );
      case 'reports-only':
        return fail('vulnerable images are reported, but not refused');
      case 'none':
        return fail('nothing refuses vulnerable images');
    }
  },
});

function except(exceptions: readonly string[]): string {
  return exceptions.length === 0 ? '' : `, except for ${enumerate(exceptions)}`;
}
