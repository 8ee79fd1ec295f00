import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Estate, EstateRegion } from '../../src/demo/aws/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import type { Unknown } from '../../src/model/fact.ts';
import { provider } from '../../src/providers/ecr/index.ts';
import { addressForm } from '../../src/providers/ecr/open.ts';
import { operations } from '../../src/providers/ecr/operations.ts';
import { regionPattern } from '../../src/providers/ecr/options.ts';
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

  test('every region of every partition that the SDK knows can be named, and its hosts are those of AWS', () => {
    const sdk = new URL('../../node_modules/@aws-sdk/core/dist-es/', import.meta.url);
    const list = new URL('submodules/client/util-endpoints/lib/aws/partitions.js', sdk);
    const partitions = readFileSync(list, 'utf8');
    const regions = [...partitions.matchAll(/"([a-z0-9-]+)": \{\s*"description"/g)].flatMap(
      ([, region = '']) => (region.endsWith('-global') ? [] : [region]),
    );
    const suffixes = [...partitions.matchAll(/"(?:dnsSuffix|dualStackDnsSuffix)": "([^"]+)"/g)].map(
      ([, suffix = '']) => suffix,
    );
    expect(regions).toEqual(
      expect.arrayContaining(['mx-central-1', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1']),
    );
    expect(regions.filter((region) => !new RegExp(regionPattern).test(region))).toEqual([]);
    expect(regions.filter((region) => !addressForm.test(`${OWN}/${region}`))).toEqual([]);
    const { vendor } = provider.credentialHosts;
    expect(suffixes.filter((suffix) => !vendor.includes(suffix))).toEqual([]);
  });

  test('of all regions an empty one costs three calls and says nothing', async () => {
    const both = await estate({
      'eu-west-1': {},
      'us-east-1': { registry: {}, repositories: {}, trails: {} },
    });
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
    expect(calls.get('ecr:GetRegistryPolicy')).toBe(2);
    expect(calls.get('ecr:DescribeRepositories')).toBe(3);
    const one = await scanEstate(await estate({ 'eu-west-1': {} }), {
      options: { regions: 'all', public: false },
    });
    const sum = (made: ReadonlyMap<string, number>) => [...made.values()].reduce((a, b) => a + b);
    expect(sum(calls) - sum(one.calls)).toBe(3);
  });

  const statement = (Effect: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect,
        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
        Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
        Resource: '*',
      },
    ],
  });
  const cacheRules = [{ ecrRepositoryPrefix: 'hub', upstreamRegistryUrl: 'registry-1.docker.io' }];
  const denied: Fault = { kind: 'denied', operation: 'ecr:DescribePullThroughCacheRules' };
  test.each<[string, boolean, object, readonly Fault[]]>([
    [
      'a registry policy that lets another account create',
      true,
      { policy: statement('Allow') },
      [],
    ],
    ['a pull through cache rule', true, { cacheRules }, []],
    ['cache rules that may not be read', true, {}, [denied]],
    ['a registry policy that only denies', false, { policy: statement('Deny') }, []],
  ])(
    'a region without repositories and with %s: judged is %s',
    async (_, judged, registry, faults) => {
      const regions = { 'us-east-1': { registry, repositories: {} } };
      const { findings } = await scanEstate(await estate(regions, { faults }), {
        options: { regions: 'all', public: false },
      });
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.some(({ verdict }) => verdict !== 'not-applicable')).toBe(judged);
    },
  );

  test('of a trail of all regions status and selectors are read once, whatever the number of regions', async () => {
    const good = await scenario('all-good');
    const { trails = {}, repositories = {} } = good.regions['eu-west-1'] ?? {};
    const [trail] = Object.values(trails);
    if (trail === undefined) throw new Error('all-good has changed');
    const ofAllRegions = { ...trail, trail: { ...trail.trail, IsMultiRegionTrail: true } };
    const at = (name: string) => ({ trails: { [name]: ofAllRegions }, repositories });
    const three = await estate({
      'eu-west-1': at('first'),
      'us-east-1': at('second'),
      'eu-north-1': at('third'),
    });
    const { findings, calls } = await scanEstate(three, {
      options: { regions: 'all', public: false },
    });
    const logged = findings.filter(({ check }) => check === 'audit-log-on');
    expect(logged.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
    for (const { message } of logged)
      for (const name of ['first', 'second', 'third']) expect(message).toContain(name);
    expect(calls.get('cloudtrail:DescribeTrails')).toBe(3);
    expect(calls.get('cloudtrail:GetTrailStatus')).toBe(3);
    expect(calls.get('cloudtrail:GetEventSelectors')).toBe(3);
  });

  test('an empty region that is asked for by name is judged', async () => {
    const empty = await estate({ 'us-east-1': { repositories: {} } });
    const { findings } = await scanEstate(empty, { options: { region: 'us-east-1' } });
    expect(findings.some(({ verdict }) => verdict !== 'not-applicable')).toBe(true);
  });

  test.each(['lite', 'full'])(
    'the empty ones of all regions are judged where it says so: %s',
    async (emptyRegions) => {
      const empty = await estate({ 'us-east-1': { repositories: {} } });
      const options = { regions: 'all', public: false, emptyRegions };
      const { findings } = await scanEstate(empty, { options });
      const judged = findings.some(({ verdict }) => verdict !== 'not-applicable');
      expect(judged).toBe(emptyRegions === 'full');
    },
  );
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

test('images of another repository are not those that were asked for', async () => {
  const good = await scenario('all-good');
  const other: Fault = {
    kind: 'new-word',
    operation: 'ecr:DescribeImages',
    field: 'imageDetails[].repositoryName',
    value: 'shop/other',
  };
  const { findings } = await scanEstate({ ...good, faults: [other] });
  const scanned = findings.filter(({ check }) => check === 'recent-images-scanned');
  expect(new Set(scanned.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  expect(scanned[0]?.message).toContain('DescribeImages');
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

test('a refusal by a policy of the organisation names it, however long the names before it are', () => {
  const policy =
    'arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-a1b2c3d4';
  const user = 'arn:aws:sts::123456789012:assumed-role/registry-audit/regaudit-1234567890';
  const at = 'arn:aws:ecr:ap-southeast-2:123456789012:repository/*';
  const message = `User: ${user} is not authorized to perform: ecr:DescribeRepositories on resource: ${at} with an explicit deny in a service control policy: ${policy}`;
  const detail = awsErrors.detailOf(Object.assign(new Error(message), { name: 'AccessDenied' }));
  expect(detail).toContain(policy);
  expect(detail).toContain('User: arn:aws:sts::123456789012');
  expect(detail.length).toBeLessThanOrEqual(300);
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

  /** A scan with a configuration file, these variables and no keys in the environment. */
  const scanWith = async (
    config: string,
    variables: Readonly<Record<string, string>>,
    options: Parameters<typeof scanEstate>[1],
  ) => {
    const file = join(mkdtempSync(join(tmpdir(), 'regaudit-aws-')), 'config');
    writeFileSync(file, config);
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries({ AWS_CONFIG_FILE: file, ...variables }))
      vi.stubEnv(name, value);
    try {
      return { ...(await scanEstate(await scenario('all-good'), options)), file };
    } finally {
      vi.unstubAllEnvs();
    }
  };

  /** The sign-in with a profile, as the registry of the target says it. */
  const signInWith = async (profile: string, config: string) => {
    const { summary, file } = await scanWith(
      config,
      {},
      { address: `${OWN}/eu-west-1`, options: { profile } },
    );
    const [registry] = summary.registries;
    expect(registry).toMatchObject({ reachable: false, listing: { why: 'denied' } });
    return { listing: registry?.listing as Unknown, file };
  };

  test.each([
    ['AWS_PROFILE names', { AWS_PROFILE: 'audit' }, {}],
    [
      'the configuration names, whatever AWS_PROFILE says',
      { AWS_PROFILE: 'other' },
      { profile: 'audit' },
    ],
  ])('the profile that %s gives the keys and the region', async (_what, variables, options) => {
    const keys = ['aws_access_key_id = demo', 'aws_secret_access_key = demo'];
    const config = [
      '[profile audit]',
      'region = eu-west-1',
      ...keys,
      '[profile other]',
      'region = us-east-1',
    ].join('\n');
    const { summary } = await scanWith(config, variables, {
      options: { public: false, ...options },
      context: { environment: variables },
    });
    expect(summary.registries.map(({ id, reachable }) => [id, reachable])).toEqual([
      [`ecr://${OWN}/eu-west-1`, true],
    ]);
  });

  test('a profile that is not there is named with the files', async () => {
    const { listing, file } = await signInWith('no-such-profile', '');
    expect(listing.from.detail).toContain('no profile "no-such-profile"');
    expect(listing.from.detail).toContain(file);
    expect(listing.from.cure).toContain('aws configure sso --profile no-such-profile');
  });

  test('a profile of IAM Identity Center without a session is signed in to with its command', async () => {
    const { listing } = await signInWith(
      'audit',
      [
        '[profile audit]',
        'sso_session = shop',
        'sso_account_id = 123456789012',
        'sso_role_name = Auditor',
        '[sso-session shop]',
        'sso_region = eu-west-1',
        'sso_start_url = https://shop.example.org/start',
      ].join('\n'),
    );
    expect(listing.from.detail).toContain('profile "audit"');
    expect(listing.from.cure).toBe('sign in with aws sso login --profile audit');
  });

  test('credentials of another account say which account is wanted', async () => {
    const { summary } = await scanEstate(await scenario('all-good'), {
      address: '999999999999/eu-west-1',
    });
    expect(summary.registries[0]?.listing).toMatchObject({
      why: 'denied',
      from: { cure: expect.stringContaining('a role of account 999999999999') },
    });
  });
});
