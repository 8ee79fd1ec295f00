import { expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { scanGhcr, scenario } from '../support/ghcr/scan.ts';

it('what concerns the organization or a repository is asked once, however many packages are linked', async () => {
  const good = await scenario('all-good');
  const { app } = good.packages;
  if (app === undefined) throw new Error('all-good has changed');
  const { calls } = await scanGhcr({ ...good, packages: { a: app, b: app, c: app } });
  const perPackage = ['listVersions', 'issueAnonymousToken'];
  const ofImages = [
    'getManifest',
    'issueRegistryToken',
    'listAttestations',
    'listRepositoryAttestations',
  ];
  const repeated = [...calls].filter(([name, count]) => count > 1 && !ofImages.includes(name));
  expect(Object.fromEntries(repeated)).toEqual(
    Object.fromEntries(perPackage.map((name) => [name, 3])),
  );
  // Each package has a token of its own, and its two images each their manifest and what hangs on it.
  expect(calls.get('issueRegistryToken')).toBe(3);
  expect(calls.get('listAttestations')).toBe(3);
});

it('one check alone makes the calls that it rests on, and no others', async () => {
  const { calls } = await scanGhcr(await scenario('all-good'), {
    checks: checks.filter(({ id }) => id === 'anonymous-pull-off'),
  });
  expect(Object.fromEntries(calls)).toEqual({
    getOwner: 1,
    listPackages: 1,
    getCaller: 1,
    listOwners: 1,
    getOrganization: 1,
    issueAnonymousToken: 1,
  });
});
