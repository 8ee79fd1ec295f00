import { expect, test } from 'vitest';
import { findingOf } from '../support/acr/one-registry.ts';

/* A known part that fails decides, whatever else is unknown; and no part makes a pass. */

test('repositories that start weak by a push fail although the cache rules may not be read', async () => {
  const faults = [{ kind: 'denied', operation: 'CacheRules_List' }] as const;
  const difference = { properties: { anonymousPullEnabled: true }, estate: { faults } };
  expect(await findingOf('defaults-hardened', difference)).toMatchObject({ verdict: 'fail' });
  expect(await findingOf('defaults-hardened', { estate: { faults } })).toMatchObject({
    verdict: 'unknown',
  });
});

test('an image that has no tag but one in the form of cosign is judged', async () => {
  const old = '2026-10-01T10:00:00Z';
  const images = (os: string) => [
    {
      name: 'a',
      tags: ['v1'],
      pushedAt: old,
      referrers: ['application/vnd.cncf.notary.signature'],
    },
    { name: 'b', tags: [`sha256-${'0'.repeat(64)}.sig`], pushedAt: old, os },
  ];
  const said = (os: string) =>
    findingOf(
      'recent-images-signed',
      { registry: { repositories: { web: { images: images(os) } } } },
      'web',
    );
  expect(await said('linux')).toMatchObject({ verdict: 'fail' });
  expect(await said('')).toMatchObject({ verdict: 'pass' });
});

test('only an index may hold attestations that the registry does not list', async () => {
  const old = '2026-10-01T10:00:00Z';
  const said = (mediaType: string) =>
    findingOf(
      'recent-images-attested',
      {
        registry: {
          repositories: {
            web: { images: [{ name: 'a', tags: ['v1'], pushedAt: old, mediaType }] },
          },
        },
      },
      'web',
    );
  const image = 'application/vnd.oci.image.manifest.v1+json';
  expect(await said(image)).toMatchObject({ verdict: 'fail' });
  expect(await said('application/vnd.docker.distribution.manifest.v2+json')).toMatchObject({
    verdict: 'fail',
  });
  expect(await said('application/vnd.oci.image.index.v1+json')).toMatchObject({
    verdict: 'unknown',
  });
  expect(await said('application/vnd.example.new+json')).toMatchObject({ verdict: 'unknown' });
});
