import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const signatureRequired = defineCheck({
  id: 'signature-required',
  subject: 'repository',
  severity: 'high',
  title: 'Images without a valid signature are refused at pull or deployment',
  why: 'A signature protects only where something checks it. As long as unsigned images are served and started, an intruder simply leaves the signature out.',
  checklist: ['B4', 'C4', 'M2'],
  topics: ['signature-enforced'],
  references: ['https://slsa.dev/spec/v1.0/verifying-artifacts'],
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
