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
