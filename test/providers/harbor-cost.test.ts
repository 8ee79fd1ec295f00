import { expect, it, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/harbor/estate.ts';
import { allowed, largeEstate } from '../support/harbor/large.ts';
import { bundle, provenance } from '../support/harbor/law-scenes.ts';
import { scanEstate, scenario, scenarios } from '../support/harbor/scan.ts';
import type { Scan } from '../support/scan-provider.ts';

function made({ calls }: Scan): number {
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

it.each([1, 7, 120])(
  '%i projects cost no more than is allowed, all checks asked',
  async (count) => {
    const scan = await scanEstate(await largeEstate(count));
    const pages = scan.calls.get('listArtifactsOfProject') ?? 0;
    // A hundred projects stand on one page of their list.
    const more = Math.ceil(count / 100) - 1;
    expect(pages).toBe(count);
    expect(made(scan)).toBeLessThanOrEqual(
      allowed.instance + allowed.project * count + allowed.page * pages + more,
    );
  },
);

it.each(scenarios.filter((name) => name !== 'throttled' && name !== 'paging'))(
  'the estate %s costs no more either, but for accessories that have to be looked at',
  async (name) => {
    const estate = await scenario(name);
    const scan = await scanEstate(estate);
    const pages = scan.calls.get('listArtifactsOfProject') ?? 0;
    const looks = scan.calls.get('getArtifact') ?? 0;
    const projects = Object.keys(estate.projects).length;
    // A body that breaks off is asked for again.
    const again = estate.faults?.some(({ kind }) => kind === 'malformed-body') ? 8 : 0;
    expect(made(scan) - looks - again).toBeLessThanOrEqual(
      allowed.instance + allowed.project * projects + allowed.page * pages,
    );
  },
);

it('what hangs on an image is looked at once, for signatures and attestations together', async () => {
  const good = await scenario('all-good');
  const accessories = [bundle('one', provenance), bundle('two', provenance)];
  const { shop } = good.projects;
  const artifacts = shop?.artifacts?.map((artifact) => ({ ...artifact, accessories }));
  const estate: Estate = { ...good, projects: { shop: { ...shop, artifacts } as never } };
  const { calls } = await scanEstate(estate);
  expect(calls.get('getArtifact')).toBe(2);
});

test('one check alone makes the calls that it rests on, and no others', async () => {
  const { calls } = await scanEstate(await largeEstate(3), {
    checks: checks.filter(({ id }) => id === 'tags-immutable'),
  });
  expect(Object.fromEntries(calls)).toEqual({
    getCurrentUserInfo: 2,
    listProjects: 1,
    ListImmuRules: 3,
  });
});

test('projects that a robot may not see make the list unknown, not short', async () => {
  const estate = await scenario('half-denied');
  const robots = (estate.robots ?? []).map((robot) => ({
    ...robot,
    permissions: [
      { kind: 'project', namespace: 'shop', access: [{ resource: 'artifact', action: 'list' }] },
    ],
  }));
  const { findings } = await scanEstate({ ...estate, robots });
  const of = (check: string) => findings.filter((finding) => finding.check === check);
  expect(of('anonymous-catalog-off')).toMatchObject([{ verdict: 'unknown' }]);
  expect(of('tokens-expire')).toMatchObject([{ verdict: 'unknown' }]);
  expect(of('upstreams-approved')).toMatchObject([{ verdict: 'unknown' }]);
  const list = of('anonymous-pull-off').filter(({ verdict }) => verdict === 'unknown');
  expect(list).toHaveLength(1);
  expect(list[0]?.message).toContain('Harbor shows it no others');
});

test('neither does a user who is no administrator see them all', async () => {
  const good = await scenario('all-good');
  const caller = { kind: 'person', name: 'carol' } as const;
  const users = [...(good.users ?? []), { user_id: 7, username: 'carol' }];
  const { findings } = await scanEstate({ ...good, caller, users });
  const list = findings.filter(
    ({ check, verdict }) => check === 'anonymous-pull-off' && verdict === 'unknown',
  );
  expect(list[0]?.message).toContain('carol is no administrator');
  const admins = findings.find(({ check }) => check === 'admins-few');
  expect(admins).toMatchObject({ verdict: 'unknown' });
});
