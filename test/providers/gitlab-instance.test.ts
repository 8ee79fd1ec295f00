import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/gitlab/estate.ts';
import { finding, ownInstance } from '../support/gitlab/own-instance.ts';
import { scanEstate, scenario } from '../support/gitlab/scan.ts';

describe('signing in to an instance', () => {
  const central = { password_authentication_enabled_for_web: false };

  test('is central only where clients of the registry take no password either', async () => {
    const own = await ownInstance();
    const { acme } = own.groups;
    const groups = { acme: { ...acme, fields: {} } };
    const web = { ...own, groups, settings: central };
    const half = await finding(web, 'central-identity-on');
    expect(half).toMatchObject({ verdict: 'fail' });
    expect(half.message).toContain('clients of the registry');
    const settings = { ...central, password_authentication_enabled_for_git: false };
    const whole = await finding({ ...web, settings }, 'central-identity-on');
    expect(whole).toMatchObject({ verdict: 'pass' });
  });
});

describe('the IP restriction of a group', () => {
  test('lets in what the instance allows everywhere', async () => {
    const own = await ownInstance();
    const settings = { globally_allowed_ips: '0.0.0.0/0, 10.0.0.0/8' };
    expect(await finding(own, 'public-endpoint-closed')).toMatchObject({ verdict: 'pass' });
    expect(await finding({ ...own, settings }, 'public-endpoint-closed')).toMatchObject({
      verdict: 'fail',
    });
    const bypass = await finding({ ...own, settings }, 'network-bypass-off');
    expect(bypass).toMatchObject({ verdict: 'fail' });
    expect(bypass.message).toContain('10.0.0.0/8');
  });

  test('is that of the outermost group: the others have null', async () => {
    const own = await ownInstance();
    const { acme } = own.groups;
    const below = {
      ...own,
      groups: { ...own.groups, 'acme/tools': { ...acme, fields: { ip_restriction_ranges: null } } },
    };
    const { findings } = await scanEstate(below, {
      checks: checks.filter(({ id }) => id === 'public-endpoint-closed'),
      address: `${own.host}/acme/tools`,
    });
    expect(findings[0]).toMatchObject({
      verdict: 'pass',
      subject: `gitlab://${own.host}/acme/tools`,
    });
  });

  test('is unknown as long as the settings of the instance are', async () => {
    const { settings: _, ...own } = await ownInstance();
    expect(await finding(own, 'public-endpoint-closed')).toMatchObject({ verdict: 'unknown' });
    expect(await finding(own, 'network-bypass-off')).toMatchObject({ verdict: 'unknown' });
  });

  test('never keeps administrators out, which no setting changes', async () => {
    expect(await finding(await ownInstance(), 'network-bypass-off')).toMatchObject({
      verdict: 'not-applicable',
    });
  });
});

describe('rules of tags', () => {
  const withTags = async (publishedAt: string | null | undefined): Promise<Estate> => {
    const own = await ownInstance();
    const shop = own.projects['acme/shop'];
    const tags = publishedAt === undefined ? [] : [{ name: '1', image: 'a', publishedAt }];
    return { ...own, projects: { 'acme/shop': { ...shop, repositories: { '': { tags } } } } };
  };

  test('bind where the registry shows that it has a metadata database', async () => {
    const estate = await withTags('2026-10-01T09:00:00Z');
    expect(await finding(estate, 'tags-immutable')).toMatchObject({ verdict: 'pass' });
  });

  test.each([[null], [undefined]])('are no proof where the date of a tag is %j', async (date) => {
    const estate = await withTags(date);
    for (const id of ['tags-immutable', 'deletion-recoverable']) {
      expect(await finding(estate, id), id).toMatchObject({ verdict: 'unknown' });
    }
  });
});

describe('cleanup policies', () => {
  const withRun = async (at: string | null, workers: number): Promise<Estate> => {
    const own = await ownInstance();
    const shop = own.projects['acme/shop'];
    const repositories = { '': { fields: { cleanup_policy_started_at: at }, tags: [] } };
    return {
      ...own,
      settings: { container_registry_expiration_policies_worker_capacity: workers },
      projects: { 'acme/shop': { ...shop, repositories } },
    };
  };

  test.each([
    ['never', null],
    ['before it was last due', '2026-10-01T09:00:00.000Z'],
  ])('do not run without workers, where one ran %s', async (_, at) => {
    expect(await finding(await withRun(at, 0), 'retention-configured')).toMatchObject({
      verdict: 'fail',
    });
    expect(await finding(await withRun(at, 4), 'retention-configured')).toMatchObject({
      verdict: 'pass',
    });
  });

  test('run where one ran when it was last due', async () => {
    const estate = await withRun('2026-10-30T09:00:00.000Z', 0);
    expect(await finding(estate, 'retention-configured')).toMatchObject({ verdict: 'pass' });
  });
});

describe('dependency proxies', () => {
  test('of groups above and below count, with what they sign in as', async () => {
    const good = await scenario('all-good');
    const { acme } = good.groups;
    const groups = {
      acme: { ...acme, dependencyProxy: { enabled: true, identity: 'acme-reader' } },
      'acme/team': {},
      'acme/team/first': {},
      'acme/team/inner': { dependencyProxy: true },
    };
    const { readings } = await scanEstate(
      { ...good, pageSize: 1, groups, target: 'acme/team' },
      { checks: checks.filter(({ id }) => id === 'upstreams-approved') },
    );
    const [line] = readings;
    if (line?.kind !== 'registry') throw new Error('no registry was read');
    expect(line.facts['upstreams']).toMatchObject({
      state: 'known',
      value: [
        { prefix: 'acme/dependency_proxy/containers', credential: 'stored' },
        { prefix: 'acme/team/inner/dependency_proxy/containers', credential: 'none' },
      ],
    });
  });
});
