import { expect, test } from 'vitest';
import type { Estate, EstateRegion } from '../../src/demo/aws/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';

/* A known part that fails decides, whatever else is unknown; and no part makes a pass. */

type Found = (check: string) => { readonly verdict: string; readonly message: string } | undefined;

async function regionWith(
  change: (region: EstateRegion) => EstateRegion,
  faults: readonly Fault[] = [],
  more: Partial<Estate> = {},
): Promise<Found> {
  const good = await scenario('all-good');
  const region = good.regions['eu-west-1'];
  if (region === undefined) throw new Error('all-good has changed');
  const regions = { 'eu-west-1': change(region) };
  const { findings } = await scanEstate(
    { ...good, ...more, regions, faults },
    { address: '123456789012/eu-west-1' },
  );
  return (check) => findings.find((finding) => finding.check === check);
}

const withRegistry = (registry: EstateRegion['registry']) => (region: EstateRegion) => ({
  ...region,
  registry: { ...region.registry, ...registry },
});

const image = (name: string, more: object) => ({
  name,
  tags: [name],
  pushedAt: '2026-10-30T10:00:00Z',
  ...more,
});
const images =
  (...list: readonly ReturnType<typeof image>[]) =>
  (region: EstateRegion): EstateRegion => ({
    ...region,
    registry: { ...region.registry, scanning: { scanType: 'BASIC' } },
    repositories: { app: { images: list } },
  });
const scanned = { scan: {}, scannedAt: '2026-10-30T10:01:00Z' };

test('an image that was never scanned fails beside one whose scan is running', async () => {
  const running = image('a', { scan: 'IN_PROGRESS' });
  const of = await regionWith(images(running, image('b', {})));
  expect(of('recent-images-scanned')).toMatchObject({ verdict: 'fail' });
  expect(of('recent-images-scanned')?.message).toContain('b');
  const beside = await regionWith(images(running, image('b', scanned)));
  expect(beside('recent-images-scanned')).toMatchObject({ verdict: 'unknown' });
});

test('an unsigned image fails beside one that may be signed', async () => {
  const index = image('a', { kind: 'index' });
  const of = await regionWith(images(index, image('b', scanned)));
  expect(of('recent-images-attested')).toMatchObject({ verdict: 'fail' });
});

const cache = (ecrRepositoryPrefix: string, upstreamRegistryUrl?: string) => ({
  ecrRepositoryPrefix,
  ...(upstreamRegistryUrl === undefined ? {} : { upstreamRegistryUrl }),
  upstreamRegistry: 'docker-hub',
});

test('an upstream that nobody approved fails beside a rule that cannot be read', async () => {
  const rules = [cache('odd'), cache('hub', 'registry-1.docker.io')];
  const of = await regionWith(withRegistry({ cacheRules: rules }));
  expect(of('upstream-scope-narrow')).toMatchObject({ verdict: 'fail' });
  const odd = await regionWith(withRegistry({ cacheRules: [cache('odd')] }));
  expect(odd('upstream-scope-narrow')).toMatchObject({ verdict: 'unknown' });
});

const template = (more: object) => ({
  prefix: 'team',
  appliedFor: ['CREATE_ON_PUSH'],
  imageTagMutability: 'MUTABLE',
  ...more,
});

test('a template that starts weak fails beside one that cannot be read', async () => {
  const odd = template({ prefix: 'odd', appliedFor: ['MOONRISE'] });
  const of = await regionWith(withRegistry({ creationTemplates: [odd, template({})] }));
  expect(of('defaults-hardened')).toMatchObject({ verdict: 'fail' });
  const strong = template({ imageTagMutability: 'IMMUTABLE' });
  const beside = await regionWith(withRegistry({ creationTemplates: [odd, strong] }));
  expect(beside('defaults-hardened')).toMatchObject({ verdict: 'unknown' });
});

test('a copy to a stranger fails beside a rule that cannot be read, and proves no copy', async () => {
  const to = (registryId: string, filterType?: string) => ({
    destinations: [{ region: 'eu-west-1', registryId }],
    ...(filterType === undefined ? {} : { repositoryFilters: [{ filter: 'a', filterType }] }),
  });
  const odd = to('123456789012', 'SUFFIX_MATCH');
  const of = await regionWith(withRegistry({ replicationRules: [odd, to('999999999999')] }));
  expect(of('replication-targets-trusted')).toMatchObject({ verdict: 'fail' });
  expect(of('replicated')).toMatchObject({ verdict: 'unknown' });
});
