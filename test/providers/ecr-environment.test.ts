import { describe, expect, test } from 'vitest';
import type { Estate, EstateRegion } from '../../src/demo/aws/estate.ts';
import { awsErrors } from '../../src/providers/ecr/wire/errors.ts';
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

  test('an image deleted since it was listed is left out, unless no other stands for the repository', async () => {
    const newer = { deleted: true, pushedAt: '2026-11-01T10:00:00Z' };
    const one = await verdict([image('v1', { scan: {} }), image('v2', newer)]);
    expect(one('recent-images-scanned')).toMatch(/^pass: .*1 of 1/);
    const none = await verdict([image('v2', newer)]);
    expect(none('recent-images-scanned')).toMatch(/^unknown/);
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

describe('what no grant can put right is said', () => {
  const error = (name: string, message: string) => Object.assign(new Error(message), { name });
  test.each([
    [
      error(
        'AccessDeniedException',
        'User: x is not authorized to perform: ecr:DescribeImages with an explicit deny in a service control policy',
      ),
      'a policy of the organization denies it',
    ],
    [
      error('InvalidSignatureException', 'Signature expired: 20261130T…'),
      'the clock of this machine',
    ],
    [error('RequestTimeTooSkewed', 'The difference is too large.'), 'the clock of this machine'],
    [
      error(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      ),
      'not enabled for the account',
    ],
    [error('OptInRequired', 'You are not subscribed.'), 'not enabled for the account'],
  ])('%s', (thrown, expected) => {
    expect(awsErrors.detailOf(thrown)).toContain(expected);
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
