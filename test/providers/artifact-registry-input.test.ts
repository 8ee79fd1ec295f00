import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serveEstate } from '../../src/demo/artifact-registry/serve-estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { provider } from '../../src/providers/artifact-registry/index.ts';
import { operations } from '../../src/providers/artifact-registry/operations.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { type Scenario, scenario } from '../support/google/scenario.ts';
import { type ScanOptions, scanProvider } from '../support/scan-provider.ts';

async function scan(name: Scenario, options: ScanOptions, faults: readonly Fault[] = []) {
  return scanEstate({ ...(await scenario(name)), faults }, options);
}

/** Scans with other credentials than those of the served estate. */
async function scanAs(credentials: object | null) {
  const estate = await scenario('all-good');
  const served = await serveEstate(estate);
  const file = join(mkdtempSync(join(tmpdir(), 'regaudit-test-')), 'credentials.json');
  if (credentials !== null) writeFileSync(file, JSON.stringify(credentials));
  return scanProvider(
    provider,
    {
      ...served,
      asOf: estate.asOf,
      environment: { ...served.environment, GOOGLE_APPLICATION_CREDENTIALS: file },
    },
    { options: { endpoint: served.endpoint } },
  );
}

describe('credentials that do not open anything are a registry that says so', () => {
  test('none at all', async () => {
    const { findings, calls } = await scanAs(null);
    expect(new Set(findings.map(({ verdict }) => verdict))).toEqual(
      new Set(['unknown', 'not-applicable']),
    );
    expect(findings[0]?.subject).toBe('artifact-registry://shop-prod');
    expect(calls.size).toBe(0);
  });

  test('a file of no known kind', async () => {
    const { findings } = await scanAs({ type: 'treasure_map' });
    expect(findings.some(({ verdict }) => verdict === 'pass' || verdict === 'fail')).toBe(false);
  });

  test('expired: the exchange is refused', async () => {
    const { findings } = await scan('all-good', {}, [
      { kind: 'denied', operation: 'ExchangeToken' },
    ]);
    expect(findings.every(({ verdict }) => verdict !== 'pass' && verdict !== 'fail')).toBe(true);
    expect(findings[0]?.message).toContain('the sign-in was refused');
  });
});

describe('an address that means nothing is refused with what was expected', () => {
  test.each([
    ['Shop', 'PROJECT'],
    ['shop-prod/europe/west', 'LOCATION'],
    ['shop-prod/Europe', 'LOCATION'],
    ['x/europe', 'PROJECT'],
  ])('%s', async (address, expected) => {
    const failed = await scan('all-good', { address }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UsageError);
    expect((failed as UsageError).hint).toContain(expected);
  });

  test('a project and an organisation', async () => {
    const options = { organization: '880011223344' };
    const failed = scan('all-good', { address: 'shop-prod', options });
    await expect(failed).rejects.toBeInstanceOf(UsageError);
  });

  test('an endpoint in clear that is not on this machine', async () => {
    const options = { endpoint: 'http://registry.example' };
    await expect(scan('all-good', { options })).rejects.toBeInstanceOf(UsageError);
  });
});

describe('what a project may be', () => {
  test('one that is not there', async () => {
    const { findings } = await scan('all-good', { address: 'other-project/europe' });
    const decided = findings.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
    expect(decided.map(({ check }) => check)).toEqual(['admin-user-off', 'self-registration-off']);
  });

  test('a location that it has nothing in', async () => {
    const { findings } = await scan('all-good', { address: 'shop-prod/asia' });
    const of = findings.find(({ check }) => check === 'tags-immutable');
    expect(of?.verdict).toBe('not-applicable');
  });

  test('one where Artifact Registry is off: nothing is there, and that is known', async () => {
    const estate = await scenario('all-good');
    const project = estate.projects['shop-prod'];
    if (project === undefined) throw new Error('all-good has changed');
    const projects = { 'shop-prod': { ...project, off: ['artifactregistry'] } };
    const { findings } = await scanEstate({ ...estate, projects }, { address: 'shop-prod/europe' });
    expect(findings.find(({ check }) => check === 'tags-immutable')?.verdict).toBe(
      'not-applicable',
    );
  });

  test('an API that is off where the credentials are from says nothing of the project', async () => {
    const estate = await scenario('all-good');
    const project = estate.projects['shop-prod'];
    if (project === undefined) throw new Error('all-good has changed');
    // The refusal names the project of the credentials, by its number, as the consumer.
    const projects = { 'shop-prod': { ...project, off: ['binaryauthorization'] } };
    const elsewhere: Fault = {
      kind: 'new-word',
      operation: 'GetBinaryAuthorizationPolicy',
      field: 'error.details',
      value: [{ reason: 'SERVICE_DISABLED', metadata: { consumer: 'projects/999999999999' } }],
    };
    const here = await scanEstate({ ...estate, projects });
    const there = await scanEstate({ ...estate, projects, faults: [elsewhere] });
    const verdict = ({ findings }: typeof here) =>
      findings.find(({ check }) => check === 'signature-required')?.verdict;
    expect(verdict(here)).toBe('fail');
    expect(verdict(there)).toBe('unknown');
  });

  test('one whose repositories may be listed, but not read', async () => {
    const denied = Object.keys(operations).filter(
      (name) =>
        !['ExchangeToken', 'GetProject', 'SearchAllResources', 'ListRepositories'].includes(name),
    );
    const { findings } = await scan('all-good', {}, [{ kind: 'denied', operation: denied }]);
    const verdict = (check: string) =>
      findings.find((one) => one.check === check && one.repository === 'shop')?.verdict;
    expect(verdict('tags-immutable')).toBe('pass');
    expect(verdict('anonymous-pull-off')).toBe('unknown');
    expect(verdict('recent-images-signed')).toBe('unknown');
  });
});

describe('cost', () => {
  /** What is asked of levels above projects, of service accounts, keys and leftovers, once each. */
  const shared = [
    'ExchangeToken',
    'GetFolderIamPolicy',
    'GetOrganizationIamPolicy',
    'GetOrganization',
    'ListAccessPolicies',
    'ListServicePerimeters',
    'ListAccessLevels',
    'GetRole',
    'ListServiceAccountKeys',
    'GetServiceAccountIamPolicy',
    'GetRepository',
    'QueryActivities',
    'GetCryptoKey',
    'ListBuckets',
    'GetBucketIamPolicy',
  ];
  const images = [
    'ListDockerImages',
    'ListAttachments',
    'ListOccurrences',
    'GetVulnerabilitySummary',
  ];
  const repositories = ['GetRepositoryIamPolicy'];

  test.each(['all-good', 'traps'] as const)('of %s is within the bounds', async (name) => {
    const estate = await scenario(name);
    const options = { organization: estate.organization?.id };
    const { calls, summary } = await scanEstate(estate, { options });
    const judged = summary.registries.reduce((sum, registry) => sum + registry.judged, 0);
    const projects = Object.keys(estate.projects).length;
    const count = (names: readonly string[]) =>
      names.reduce((sum, operation) => sum + (calls.get(operation) ?? 0), 0);
    const all = count([...calls.keys()]);
    // A sink is listed at each level; those above projects are shared.
    const above =
      (estate.organization === undefined ? 0 : 1) + Object.keys(estate.folders ?? {}).length;
    const searches = 1;
    const own = all - count(shared) - count(images) - above - searches;
    expect(judged).toBeGreaterThan(0);
    expect(own).toBeLessThanOrEqual(12 * projects + 2 * judged);
    expect(count(repositories)).toBeLessThanOrEqual(judged);
    expect(count(images)).toBeLessThanOrEqual(4 * judged);
  });
});
