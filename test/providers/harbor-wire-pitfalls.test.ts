import { beforeAll, describe, expect, it } from 'vitest';
import { scanEstate, scenario } from '../support/harbor/scan.ts';
import type { Scan } from '../support/scan-provider.ts';

/** What is right to say of each project of the estate `traps`, which is easily misread. */
const right = {
  'lock-of-everything': { 'tags-immutable': 'pass', 'deletion-recoverable': 'pass' },
  'lock-disabled': { 'tags-immutable': 'fail', 'deletion-recoverable': 'fail' },
  'lock-second-selector': { 'tags-immutable': 'fail' },
  'lock-of-one-repository': { 'tags-immutable': 'fail' },
  'lock-of-no-repository': { 'tags-immutable': 'fail' },
  'lock-of-flat-repositories': { 'tags-immutable': 'fail' },
  'lock-excludes-latest': { 'tags-immutable': 'fail' },
  'lock-excludes-and-matches': { 'tags-immutable': 'pass' },
  'lock-of-character-class': { 'tags-immutable': 'fail' },
  'gate-without-scanner': { 'scan-gate-on': 'fail', 'push-scan-on': 'fail', 'rescan-on': 'fail' },
  'gate-with-dead-scanner': { 'scan-gate-on': 'unknown', 'push-scan-on': 'fail' },
  'gate-without-severity': { 'scan-gate-on': 'pass' },
  'exceptions-own-ignored': { 'scan-exceptions-expire': 'pass' },
  'exceptions-own': { 'scan-exceptions-expire': 'fail' },
  'trust-by-notation': { 'signing-configured': 'pass', 'signature-required': 'not-applicable' },
  'trust-in-a-cache': { 'signing-configured': 'fail' },
  'retention-never-runs': { 'retention-configured': 'fail' },
  'retention-all-disabled': { 'retention-configured': 'fail' },
  'retention-keeps-everything': { 'retention-configured': 'fail', 'untagged-expire': 'fail' },
  'retention-of-locked-tags': {
    'retention-spares-production': 'pass',
    'untagged-expire': 'pass',
  },
  'retention-keeps-releases': { 'retention-configured': 'pass', 'untagged-expire': 'fail' },
  'retention-for-releases-alone': { 'retention-spares-production': 'fail' },
  'retention-of-some-repositories': { 'retention-configured': 'unknown' },
  'signed-by-attestation': { 'recent-images-signed': 'fail', 'recent-images-attested': 'pass' },
  'signed-by-bundle': { 'recent-images-signed': 'pass', 'recent-images-attested': 'pass' },
  'signed-by-unlabelled-bundle': {
    'recent-images-signed': 'unknown',
    'recent-images-attested': 'unknown',
  },
  'signed-by-old-cosign': { 'recent-images-signed': 'pass', 'recent-images-attested': 'fail' },
  'attested-within-index': { 'recent-images-attested': 'unknown' },
  'attested-elsewhere': { 'recent-images-attested': 'fail' },
  'tags-like-those-of-cosign': {
    'recent-images-signed': 'unknown',
    'recent-images-attested': 'unknown',
  },
  'own-tags-like-those-of-cosign': {
    'recent-images-signed': 'fail',
    'recent-images-attested': 'fail',
  },
  'images-named-like-signatures': {
    'recent-images-signed': 'fail',
    'recent-images-attested': 'fail',
  },
  'scan-running': { 'recent-images-scanned': 'unknown', 'recent-images-clean': 'unknown' },
  'scan-failed': { 'recent-images-scanned': 'fail' },
  'scan-of-chart': { 'recent-images-scanned': 'pass' },
  'webhook-disabled': { 'webhooks-use-tls': 'pass' },
  'webhook-with-secret': { 'webhooks-use-tls': 'pass' },
  'robot-disabled': { 'push-limited-to-ci': 'pass' },
  'copied-by-disabled-policy': { replicated: 'fail' },
  'copied-in-part': { replicated: 'unknown' },
  '2026': { 'anonymous-pull-off': 'fail' },
} as const;

describe('settings of Harbor that are easily misread', () => {
  let scan: Scan;
  beforeAll(async () => {
    scan = await scanEstate(await scenario('traps'));
  });

  it('the estate has no others', async () => {
    const { projects } = await scenario('traps');
    expect(new Set(Object.keys(projects))).toEqual(new Set(Object.keys(right)));
  });

  it.each(Object.entries(right))('%s: %j', (project, verdicts) => {
    const given = scan.findings
      .filter((finding) => finding.repository === project && finding.check in verdicts)
      .map(({ check, verdict }) => [check, verdict]);
    expect(Object.fromEntries(given)).toEqual(verdicts);
  });

  it('prints nothing of a webhook but its host, and no robot that is disabled', () => {
    const said = JSON.stringify(scan.findings);
    expect(said).toContain('hooks.example.org');
    expect(said).not.toMatch(/hunter2|T0K3N|s3cr3t|t0k3n|robot-disabled\+old/);
  });

  it('keeps releases when production declares that it deploys those', async () => {
    const { findings } = await scanEstate(await scenario('traps'), {
      expected: { productionTags: ['v*'] },
    });
    const of = (project: string) =>
      findings.find(
        ({ repository, check }) =>
          repository === project && check === 'retention-spares-production',
      )?.verdict;
    expect(of('retention-keeps-releases')).toBe('pass');
    expect(of('retention-for-releases-alone')).toBe('fail');
  });
});
