import { describe, expect, test } from 'vitest';
import type { Estate, EstateRegion } from '../../src/demo/aws/estate.ts';
import { operations } from '../../src/providers/ecr/operations.ts';
import { awsErrors } from '../../src/providers/ecr/wire/errors.ts';
import { ask } from '../../src/providers/facts.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';

const OWN = '123456789012';

async function estate(regions: Readonly<Record<string, Partial<EstateRegion>>>, more = {}) {
  const good = await scenario('all-good');
  const here = good.regions['eu-west-1'];
  const all = Object.entries(regions).map(([name, region]) => [name, { ...here, ...region }]);
  return { ...good, regions: Object.fromEntries(all), ...more } as Estate;
}

describe('regions', () => {
  test('the sovereign cloud of the EU has regions too', async () => {
    const good = await scenario('all-good');
    const sovereign = await estate(
      { 'eusc-de-east-1': { registry: {} } },
      { partition: 'aws-eusc', caller: good.caller.replace('arn:aws:', 'arn:aws-eusc:') },
    );
    const byOption = await scanEstate(sovereign, { options: { region: 'eusc-de-east-1' } });
    const byAddress = await scanEstate(sovereign, { address: `${OWN}/eusc-de-east-1` });
    for (const { summary } of [byOption, byAddress]) {
      expect(summary.registries.map(({ id, reachable }) => [id, reachable])).toEqual([
        [`ecr://${OWN}/eusc-de-east-1`, true],
      ]);
    }
  });

  test('of all regions an empty one costs one call and says nothing', async () => {
    const both = await estate({ 'eu-west-1': {}, 'us-east-1': { repositories: {} } });
    const { findings, calls } = await scanEstate(both, {
      options: { regions: 'all', public: false },
    });
    const empty = findings.filter(({ registry }) => registry.endsWith('/us-east-1'));
    expect(empty.filter(({ verdict }) => verdict !== 'not-applicable')).toEqual([]);
    expect(
      findings.some(
        ({ registry, verdict }) => registry.endsWith('/eu-west-1') && verdict === 'pass',
      ),
    ).toBe(true);
    expect(calls.get('ecr:GetRegistryPolicy')).toBe(1);
    expect(calls.get('ecr:DescribeRepositories')).toBe(3);
  });

  test('an empty region that is asked for by name is judged', async () => {
    const empty = await estate({ 'us-east-1': { repositories: {} } });
    const { findings } = await scanEstate(empty, { options: { region: 'us-east-1' } });
    expect(findings.some(({ verdict }) => verdict !== 'not-applicable')).toBe(true);
  });
});

describe('what happens between the list and its details', () => {
  test('a repository that is deleted meanwhile is not in the report', async () => {
    const good = await scenario('all-good');
    const web = good.regions['eu-west-1']?.repositories?.['shop/web'] ?? {};
    const repositories = { gone: { deletedAfterListing: true }, 'shop/web': web };
    const { findings } = await scanEstate(await estate({ 'eu-west-1': { repositories } }), {
      address: `${OWN}/eu-west-1`,
    });
    expect(findings.filter(({ repository }) => repository === 'gone')).toEqual([]);
    const left = findings.filter(({ repository }) => repository === 'shop/web');
    expect(left.length).toBeGreaterThan(10);
    expect(
      left.filter(({ check, verdict }) => check === 'push-scan-on' && verdict === 'pass'),
    ).toHaveLength(1);
  });
});

describe('images', () => {
  const image = (name: string, more: object) => ({
    name,
    tags: [name],
    pushedAt: '2026-10-30T10:00:00Z',
    ...more,
  });
  const verdict = async (images: readonly object[], scanType = 'BASIC') => {
    const regions = {
      'eu-west-1': { registry: { scanning: { scanType } }, repositories: { app: { images } } },
    } as Readonly<Record<string, Partial<EstateRegion>>>;
    const { findings } = await scanEstate(await estate(regions), { address: `${OWN}/eu-west-1` });
    return (check: string) => {
      const found = findings.find((one) => one.check === check && one.repository === 'app');
      return `${found?.verdict}: ${found?.message}`;
    };
  };

  test('a basic scan of 800 days ago is not current', async () => {
    const old = { scan: {}, scannedAt: '2024-08-24T08:00:00Z' };
    expect((await verdict([image('v1', old)]))('recent-images-scanned')).toMatch(
      /^fail: .*800 days/,
    );
  });

  test('continuous scanning keeps a scan current, whenever it was', async () => {
    const old = { scan: {}, scannedAt: '2024-08-24T08:00:00Z' };
    const said = await verdict([image('v1', old)], 'ENHANCED');
    expect(said('recent-images-scanned')).toMatch(/^pass/);
  });

  test('charts and build caches are no images', async () => {
    const said = await verdict([
      image('v1', { scan: {} }),
      image('chart', { kind: 'helm-chart', pushedAt: '2026-11-01T10:00:00Z' }),
      image('buildcache', { kind: 'build-cache', pushedAt: '2026-11-01T11:00:00Z' }),
    ]);
    expect(said('recent-images-scanned')).toMatch(/^pass: .*1 of 1/);
    for (const check of ['recent-images-signed', 'recent-images-attested'])
      expect(said(check)).not.toMatch(/chart|buildcache/);
  });
});

describe('what no grant can put right has a cure of its own', () => {
  const error = (name: string, message: string) => Object.assign(new Error(message), { name });
  const refusedBy = (policy: string) =>
    `User: x is not authorized to perform: ecr:DescribeImages ${policy}`;

  test.each([
    [
      'AccessDeniedException',
      refusedBy('with an explicit deny in a service control policy'),
      'service or resource control policy',
    ],
    [
      'AccessDeniedException',
      refusedBy('because no service control policy allows the ecr:DescribeImages action'),
      'service or resource control policy',
    ],
    [
      'AccessDenied',
      refusedBy('with an explicit deny in a resource-based policy'),
      'remove the explicit deny',
    ],
    [
      'UnauthorizedOperation',
      refusedBy('with an explicit deny in a VPC endpoint policy'),
      'remove the explicit deny',
    ],
    [
      'AccessDeniedException',
      refusedBy('because no permissions boundary allows the ecr:DescribeImages action'),
      'permissions boundary',
    ],
    [
      'AccessDeniedException',
      refusedBy('because no VPC endpoint policy allows the action'),
      'endpoint policy',
    ],
    ['InvalidSignatureException', 'Signature expired: 20261130T…', 'clock of this machine'],
    ['RequestTimeTooSkewed', 'The difference is too large.', 'clock of this machine'],
    [
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      'aws account enable-region',
    ],
    ['OptInRequired', 'You are not subscribed.', 'aws account enable-region'],
    [
      'ExpiredTokenException',
      'The security token included in the request is expired',
      'aws sso login',
    ],
  ])('%s: %s', async (name, message, expected) => {
    const { DescribeImages } = operations;
    const call = () => Promise.reject(error(name, message));
    const found = await ask('DescribeImages', DescribeImages, awsErrors, call, () => 0);
    expect(found).toMatchObject({ state: 'unknown', why: 'denied' });
    expect(found.from.cure).toContain(expected);
    expect(found.from.detail).toContain(message.slice(0, 40));
  });

  test('but what a grant puts right has none', async () => {
    const message = refusedBy(
      'because no identity-based policy allows the ecr:DescribeImages action',
    );
    const call = () => Promise.reject(error('AccessDeniedException', message));
    const found = await ask('DescribeImages', operations.DescribeImages, awsErrors, call, () => 0);
    expect(found).toMatchObject({ why: 'denied', from: { permission: 'ecr:DescribeImages' } });
    expect(found.from.cure).toBeUndefined();
  });

  test('credentials that are not found name the profile and the files', async () => {
    const before = { ...process.env };
    const { AWS_ACCESS_KEY_ID: _key, AWS_SECRET_ACCESS_KEY: _secret, ...rest } = before;
    process.env = { ...rest };
    try {
      const { summary } = await scanEstate(await scenario('all-good'), {
        address: `${OWN}/eu-west-1`,
        options: { profile: 'no-such-profile' },
      });
      const listing = JSON.stringify(summary.registries[0]?.listing);
      expect(listing).toContain('no profile \\"no-such-profile\\"');
      expect(listing).toContain('denied');
    } finally {
      process.env = before;
    }
  });
});
