import { expect, it } from 'vitest';
import { scanEstate, scenario } from '../support/gitlab/scan.ts';

it('what concerns a group or project is asked once, however many repositories it has', async () => {
  const good = await scenario('all-good');
  const plain = good.projects['acme/shop'];
  if (plain === undefined) throw new Error('all-good has changed');
  const [one = {}] = Object.values(plain.repositories ?? {});
  const { calls } = await scanEstate({
    ...good,
    projects: { 'acme/shop': { ...plain, repositories: { '': one, web: one, worker: one } } },
  });
  const ofImages = ['queryTags', 'getRegistryToken', 'listReferrers', 'getManifest'];
  const repeated = [...calls].filter(([name, count]) => count > 1 && !ofImages.includes(name));
  // The group is looked at once before it is read.
  expect(Object.fromEntries(repeated)).toEqual({ getGroup: 2 });
  expect(calls.get('queryTags')).toBe(3);
});
