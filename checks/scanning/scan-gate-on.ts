import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const scanGateOn = defineCheck({
  id: 'scan-gate-on',
  subject: 'repository',
  severity: 'high',
  title: 'Vulnerable images cannot be pulled or deployed',
  why: 'A report stops nothing. Unless something refuses the image, it runs while its findings wait to be read.',
  checklist: ['C3'],
  topics: ['scanning-enforced-block-vulnerable'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
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
