import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const scanGateOn = defineCheck({
  id: 'scan-gate-on',
  subject: 'repository',
  severity: 'high',
  impact: 'enforcement',
  title: 'Vulnerable images cannot be pulled or deployed',
  why: 'A report blocks nothing. Without a gate the image runs while its vulnerabilities wait to be read.',
  checklist: ['C3'],
  topics: ['scanning-enforced-block-vulnerable'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['scanGate'],

  judge({ scanGate }) {
    switch (scanGate.mode) {
      case 'blocks':
        return pass(
          `vulnerable images are blocked (threshold: ${scanGate.threshold})${except(scanGate.exceptions)}`,
        );
      case 'reports-only':
        return fail('vulnerable images are reported but not blocked');
      case 'none':
        return fail('no policy blocks vulnerable images');
    }
  },
});

function except(exceptions: readonly string[]): string {
  return exceptions.length === 0 ? '' : `, except for ${enumerate(exceptions)}`;
}
