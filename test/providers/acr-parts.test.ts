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
