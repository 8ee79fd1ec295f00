import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { Estate } from '../../src/demo/aws/estate.ts';
import { serveEstate } from '../../src/demo/aws/serve-estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { provider } from '../../src/providers/ecr/index.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';
import { type ScanOptions, scanProvider } from '../support/scan-provider.ts';

const role = 'arn:aws:iam::123456789012:role/audit';
const regions = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-southeast-2'];

/** An account with something in every one of the regions. */
async function account(faults: readonly Fault[] = []): Promise<Estate> {
  const estate = await scenario('all-good');
  const [region = {}] = Object.values(estate.regions);
  return { ...estate, regions: Object.fromEntries(regions.map((name) => [name, region])), faults };
}

const asRole = (more: object = {}): ScanOptions => ({ options: { role, regions, ...more } });
const assumed = ({ calls }: { calls: ReadonlyMap<string, number> }) => calls.get('sts:AssumeRole');

test('a role is assumed once, however many regions and operations there are', async () => {
  const one = await scanEstate(await account(), {
    options: { role, regions: regions.slice(0, 1) },
  });
  const five = await scanEstate(await account(), asRole());
  expect([assumed(one), assumed(five)]).toEqual([1, 1]);
  expect(five.summary.registries.filter(({ reachable }) => reachable)).toHaveLength(regions.length);
  expect(five.calls.get('ecr:DescribeRepositories')).toBe(regions.length);
});

/** Scans targets one after the other, as those of one scan. Out: how often the role was assumed. */
async function inOneScan(targets: readonly object[]): Promise<number> {
  const estate = await account();
  const served = await serveEstate(estate);
  const { AWS_ENDPOINT_URL: _, ...credentials } = served.environment;
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value);
  const scan = new AbortController();
  try {
    for (const target of targets) {
      const { findings } = await scanProvider(
        provider,
        { ...served, asOf: estate.asOf, close: async () => undefined },
        {
          options: { endpoint: served.endpoint, role, ...target },
          context: { scan: scan.signal },
        },
      );
      expect(findings.some(({ verdict }) => verdict === 'pass')).toBe(true);
    }
    return assumed(served) ?? 0;
  } finally {
    vi.unstubAllEnvs();
    scan.abort();
    expect(getEventListeners(scan.signal, 'abort')).toEqual([]);
    await served.close();
  }
}

test('targets with the same role in one scan assume it once between them', async () => {
  expect(await inOneScan(regions.slice(0, 3).map((region) => ({ region })))).toBe(1);
});

test('another external id is another session', async () => {
  const region = 'eu-west-1';
  const ids = ['one', 'other', 'one'];
  expect(await inOneScan(ids.map((externalId) => ({ externalId, region })))).toBe(2);
});

test('a session that ends within five minutes is renewed before it is used again', async () => {
  const soon = `${new Date(Date.now() + 240_000).toISOString().slice(0, 19)}Z`;
  const short: Fault = {
    kind: 'new-word',
    operation: 'sts:AssumeRole',
    field: 'Credentials.Expiration',
    value: soon,
  };
  const long = await scanEstate(await account(), asRole());
  const renewed = await scanEstate(await account([short]), asRole());
  expect(assumed(renewed)).toBeGreaterThan(1);
  const verdicts = ({ findings }: typeof long) =>
    findings.map(({ check, subject, verdict }) => `${subject} ${check} ${verdict}`).toSorted();
  expect(verdicts(renewed)).toEqual(verdicts(long));
});

test('a role that cannot be assumed is one registry of its account that says so', async () => {
  const denied: Fault = { kind: 'denied', operation: 'sts:AssumeRole' };
  const { summary, findings, calls } = await scanEstate(await account([denied]), asRole());
  expect(summary.registries.map(({ id, reachable }) => ({ id, reachable }))).toEqual([
    { id: 'ecr://123456789012/eu-west-1', reachable: false },
  ]);
  expect(findings.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail')).toEqual([]);
  expect(calls.get('sts:AssumeRole')).toBe(1);
});
