import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const pushScanOn = defineCheck({
  id: 'push-scan-on',
  subject: 'repository',
  severity: 'high',
  impact: 'enforcement',
  title: 'Every pushed image is scanned for vulnerabilities',
  why: 'An unscanned image is deployed with all its known vulnerabilities. Manual scans are forgotten.',
  checklist: ['C3', 'B1', 'F3', 'M1'],
  topics: ['vulnerability-scan-on-push'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['pushScan'],

  judge({ pushScan }) {
    switch (pushScan.mode) {
      case 'on':
        return pass(`${pushScan.engine} scans ${scanned[pushScan.trigger]}`);
      case 'off':
        return fail(`pushed images are not scanned: ${pushScan.why}`);
    }
  },
});

const scanned = {
  push: 'every image when it is pushed',
  continuous: 'every image when it is pushed and continuously afterwards',
} as const;
