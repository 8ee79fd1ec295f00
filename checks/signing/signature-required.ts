import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const signatureRequired = defineCheck({
  id: 'signature-required',
  subject: 'repository',
  severity: 'high',
  impact: 'enforcement',
  title: 'Images without a valid signature are blocked at pull or deployment',
  why: 'A signature protects only if something verifies it. While unsigned images are served and deployed, an attacker can simply omit the signature.',
  checklist: ['B4', 'C4', 'M2'],
  topics: ['signature-enforced'],
  references: ['https://slsa.dev/spec/v1.0/verifying-artifacts'],
  needs: ['signatureGate'],

  judge({ signatureGate }) {
    switch (signatureGate.mode) {
      case 'verifies':
        return pass(`only images with a signature of ${signatureGate.identity} are accepted`);
      case 'existence-only':
        return fail('any signature is accepted: its existence is checked, but not its signer');
      case 'incomplete':
        return fail(`some unsigned images are not blocked: ${signatureGate.why}`);
      case 'audit-only':
        return fail('images without a valid signature are reported but not blocked');
      case 'none':
        return fail('no policy blocks unsigned images');
    }
  },
});
