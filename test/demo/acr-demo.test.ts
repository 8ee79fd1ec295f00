import { beforeAll, describe, expect, it } from 'vitest';
import { scanEstate } from '../support/acr/scan-estate.ts';
import { scenario } from '../support/acr/scenario.ts';
import type { Scan } from '../support/scan-provider.ts';

describe('what the demo shows of Azure', () => {
  let scan: Scan;
  beforeAll(async () => {
    scan = await scanEstate(await scenario('demo'));
  });
  const of = (name: string, verdict: string) =>
    scan.findings
      .filter(({ subject, verdict: found }) => subject.endsWith(name) && found === verdict)
      .map(({ check }) => check);

  it('is every verdict', () => {
    const verdicts = new Set(scan.findings.map(({ verdict }) => verdict));
    expect(verdicts).toEqual(new Set(['pass', 'fail', 'unknown', 'not-applicable']));
    expect(scan.crashes).toEqual([]);
  });

  it.each([
    ['shopimages', 'pass', 'public-endpoint-closed'],
    ['shopimages', 'fail', 'tokens-expire'],
    ['shopimages/web', 'pass', 'recent-images-signed'],
    ['shopimages/web', 'pass', 'tags-immutable'],
    ['shopimages/api', 'fail', 'recent-images-signed'],
    ['shopimages/api', 'fail', 'recent-images-clean'],
    ['shopimages/hub/nginx', 'pass', 'tags-immutable'],
    ['shopimages/legacy/reports', 'unknown', 'tags-immutable'],
    ['sandboximages', 'fail', 'admin-user-off'],
    ['sandboximages', 'fail', 'public-endpoint-closed'],
    ['sandboximages/trial', 'fail', 'webhooks-use-tls'],
    ['sandboximages/trial', 'fail', 'retention-spares-production'],
    ['sandboximages/trial', 'not-applicable', 'signing-configured'],
  ])('is %s with %s for %s', (name, verdict, check) => {
    expect(of(name, verdict)).toContain(check);
  });

  it('meets every fault that it has', async () => {
    const { faults = [] } = await scenario('demo');
    expect(faults.length).toBeGreaterThan(0);
    expect(scan.findings.some(({ message }) => message.includes('HTTP 403'))).toBe(true);
  });
});
