import { expect, test } from 'vitest';
import type { HubEstate } from '../../src/demo/docker-hub/estate.ts';
import { scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario } from '../support/docker-hub/scenario.ts';

/* A known part that fails decides, whatever else is unknown; and no part makes a pass. */

type Repository = HubEstate['repositories'][string];
type Image = NonNullable<Repository['images']>[number];

async function repositoryWith(more: Partial<Repository>) {
  const good = await hubScenario('all-good');
  const { web } = good.repositories;
  if (web === undefined) throw new Error('all-good has changed');
  const { findings } = await scanHub({ ...good, repositories: { web: { ...web, ...more } } });
  return (check: string) => findings.find((finding) => finding.check === check);
}

const image = (name: string, more: Partial<Image>): Image => ({
  name,
  tags: [name],
  pushedAt: '2026-10-30T08:00:00Z',
  ...more,
});

test('an image that was never scanned fails beside one that is being indexed', async () => {
  const indexing = image('a', { scan: 'INDEXING' });
  const of = await repositoryWith({ images: [indexing, image('b', {})] });
  expect(of('recent-images-scanned')).toMatchObject({ verdict: 'fail' });
  expect(of('recent-images-scanned')?.message).toContain('b');
  const good = image('b', { scan: { critical: 0, high: 0 } });
  const beside = await repositoryWith({ images: [indexing, good] });
  expect(beside('recent-images-scanned')).toMatchObject({ verdict: 'unknown' });
});

test('an image without a signature fails beside one that may have one', async () => {
  const doubtful = image('a', { referrers: [{ artifactType: 'application/vnd.example.unheard' }] });
  const of = await repositoryWith({ images: [doubtful, image('b', {})] });
  expect(of('recent-images-signed')).toMatchObject({ verdict: 'fail' });
  const alone = await repositoryWith({ images: [doubtful] });
  expect(alone('recent-images-signed')).toMatchObject({ verdict: 'unknown' });
});

test('a webhook over plain http fails beside one that cannot be read', async () => {
  const odd = 'gopher://hooks.example.org';
  const of = await repositoryWith({ webhooks: [odd, 'http://hooks.example.org'] });
  expect(of('webhooks-use-tls')).toMatchObject({ verdict: 'fail' });
  const alone = await repositoryWith({ webhooks: [odd] });
  expect(alone('webhooks-use-tls')).toMatchObject({ verdict: 'unknown' });
});

const elsewhere = `sha256-${'0'.repeat(64)}`;

test.each(['.sig', '.sbom', ''])(
  'an image that has no tag but %j of another digest is judged, and what names no system is not',
  async (suffix) => {
    const tags = [`${elsewhere}${suffix}`];
    const signed = [{ artifactType: 'application/vnd.cncf.notary.signature' }];
    const good = image('a', { referrers: signed });
    const hidden = await repositoryWith({ images: [good, image('b', { tags })] });
    expect(hidden('recent-images-signed')).toMatchObject({ verdict: 'fail' });
    const filed = image('b', { tags, platforms: ['/'] });
    const beside = await repositoryWith({ images: [good, filed] });
    expect(beside('recent-images-signed')).toMatchObject({ verdict: 'pass' });
  },
);
