import { beforeAll, describe, expect, it } from 'vitest';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';
import type { Scan } from '../support/scan-provider.ts';

describe('what the demo shows', () => {
  let scan: Scan;
  beforeAll(async () => {
    scan = await scanEstate(await scenario('demo'), {
      options: { regions: ['eu-west-1', 'us-east-1'] },
    });
  });
  const of = (repository: string, verdict: string) =>
    scan.findings.filter(
      (finding) => finding.repository === repository && finding.verdict === verdict,
    );

  it('is every verdict', () => {
    const verdicts = new Set(scan.findings.map(({ verdict }) => verdict));
    expect(verdicts).toEqual(new Set(['pass', 'fail', 'unknown', 'not-applicable']));
    expect(scan.crashes).toEqual([]);
  });

  it('is one repository that nothing is wrong with', () => {
    const registry = 'ecr://123456789012/eu-west-1';
    const troubles = [...of('shop/checkout', 'fail'), ...of('shop/checkout', 'unknown')];
    expect(troubles.filter((finding) => finding.registry === registry)).toEqual([]);
  });

  it.each([
    ['shop/api', 'fail', 'retention-spares-production'],
    ['shop/api', 'pass', 'tags-immutable'],
    ['shop/api', 'pass', 'recent-images-signed'],
    ['shop/web', 'fail', 'recent-images-clean'],
    ['shop/web', 'fail', 'recent-images-signed'],
    ['shop/search', 'fail', 'tags-immutable'],
    ['shop/search', 'fail', 'retention-configured'],
    ['platform/base', 'pass', 'cross-account-limited'],
    ['platform/tools', 'fail', 'anonymous-pull-off'],
    ['partner/feed', 'fail', 'cross-account-limited'],
    ['data/etl', 'fail', 'encrypted-with-own-key'],
    ['data/etl', 'unknown', 'recent-images-scanned'],
    ['legacy/billing', 'unknown', 'push-limited-to-ci'],
    ['legacy/reports', 'unknown', 'anonymous-pull-off'],
    ['hub/library/nginx', 'pass', 'tags-immutable'],
    ['command-line-tool', 'fail', 'anonymous-pull-off'],
  ])('is %s with %s for %s', (repository, verdict, check) => {
    expect(of(repository, verdict).map((finding) => finding.check)).toContain(check);
  });
});
