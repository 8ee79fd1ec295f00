import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Estate } from '../../src/demo/harbor/estate.ts';
import { powersByPermission } from '../../src/providers/harbor/decode/permissions.ts';
import { scanEstate, scenario } from '../support/harbor/scan.ts';

test('every permission that Harbor describes has its place in the table', () => {
  const file = new URL('../specs/harbor/permissions.txt', import.meta.url);
  const described = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const known = Object.entries(powersByPermission).flatMap(([level, names]) =>
    Object.keys(names).map((name) => `${level} ${name}`),
  );
  expect(described.length).toBeGreaterThan(130);
  expect(described.filter((name) => !known.includes(name))).toEqual([]);
});

type Level = 'system' | 'project';

/** The findings of all-good with one more robot account that has these permissions. */
async function withRobot(level: Level, permissions: readonly string[], more: Partial<Estate> = {}) {
  const good = await scenario('all-good');
  const robot = {
    name: 'robot$odd',
    expires_at: 1_795_000_000,
    permissions: [
      {
        kind: level,
        namespace: level === 'system' ? '/' : 'shop',
        access: permissions.map((permission) => {
          const [resource, action, effect] = permission.split(':');
          return { resource, action, ...(effect === undefined ? {} : { effect }) };
        }),
      },
    ],
  };
  const { shop } = good.projects;
  const { findings } = await scanEstate(
    { ...good, robots: [robot], projects: { shop: { ...shop, immutable: [] } as never }, ...more },
    { expected: { ciIdentities: ['robot$shop+ci'] } },
  );
  return (check: string) => {
    const found = findings.filter((finding) => finding.check === check);
    expect(found).toHaveLength(1);
    return found[0];
  };
}

describe('who can really push, delete and administer', () => {
  const named = (finding: { readonly message: string } | undefined) =>
    finding?.message.includes('robot$odd');

  it.each([
    ['project', ['repository:push']],
    ['project', ['artifact:create']],
    ['project', ['tag:create']],
    ['project', ['member:create']],
    ['project', ['member:update']],
    ['system', ['replication-policy:create', 'replication:create', 'registry:create']],
    ['system', ['replication-policy:update']],
    ['system', ['registry:update']],
    ['system', ['user:update']],
    ['system', ['user-group:update']],
  ] as const)('%s %j pushes', async (level, permissions) => {
    const of = await withRobot(level, permissions);
    expect(named(of('push-limited-to-ci'))).toBe(true);
  });

  it.each([
    ['project', ['repository:pull', 'robot:create']],
    ['project', ['project:delete']],
    ['project', ['metadata:update']],
    ['project', ['tag-retention:create', 'tag-retention:update']],
    ['project', ['repository:push', 'repository:push:deny']],
    ['system', ['replication:create', 'replication-policy:list']],
    ['system', ['robot:create']],
    ['system', ['garbage-collection:create']],
  ] as const)('%s %j does not push', async (level, permissions) => {
    const of = await withRobot(level, permissions);
    expect(of('push-limited-to-ci')?.verdict).not.toBe('unknown');
    expect(named(of('push-limited-to-ci'))).toBe(false);
  });

  it.each([
    ['project', ['artifact:delete']],
    ['project', ['tag:delete']],
    ['project', ['member:create']],
    ['project', ['tag-retention:create', 'tag-retention:read']],
    ['system', ['garbage-collection:update']],
    ['system', ['user:update']],
  ] as const)('%s %j deletes', async (level, permissions) => {
    const of = await withRobot(level, permissions);
    expect(named(of('delete-limited'))).toBe(true);
  });

  it.each([
    ['system', ['user:update'], true],
    ['system', ['user:list', 'user:read'], false],
    ['project', ['member:create'], false],
  ] as const)('%s %j administers the instance: %s', async (level, permissions, administers) => {
    const of = await withRobot(level, permissions, {});
    expect(of('admins-few')?.message).toContain(
      administers ? 'administrators: 3,' : 'administrators: 2,',
    );
  });

  it.each([
    [['scanner:create', 'scanner:update'], true],
    [['registry:update'], true],
    [['preheat-instance:update'], true],
    [['scan-all:create', 'quota:update', 'label:create'], false],
  ] as const)('system %j opens every repository: %s', async (permissions, opens) => {
    const of = await withRobot('system', permissions);
    expect(named(of('broad-tokens-off'))).toBe(opens);
  });

  it('a permission that is not known makes doubtful who can push, delete and administer', async () => {
    const of = await withRobot('system', ['wormhole:open']);
    for (const check of [
      'push-limited-to-ci',
      'delete-limited',
      'admins-few',
      'broad-tokens-off',
    ]) {
      expect([check, of(check)?.verdict]).toEqual([check, 'unknown']);
    }
  });

  it.each([
    [[], true],
    [['**'], false],
    [['v*'], true],
  ] as const)(
    'a developer deletes through retention while tags %j are locked: %s',
    async (patterns, deletes) => {
      const good = await scenario('all-good');
      const { shop } = good.projects;
      const members = [{ id: 1, entity_name: 'alice', entity_type: 'u', entity_id: 3, role_id: 2 }];
      const everywhere = [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }];
      const immutable = patterns.map((pattern) => ({
        action: 'immutable',
        tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern }],
        scope_selectors: { repository: everywhere },
      }));
      const { findings } = await scanEstate({
        ...good,
        projects: { shop: { ...shop, members, immutable } as never },
      });
      const found = findings.find(({ check }) => check === 'delete-limited');
      expect(found?.message.includes('alice')).toBe(deletes);
    },
  );
});

describe('the first account, which no list of users shows', () => {
  const virgin = async (): Promise<Estate> => {
    const good = await scenario('all-good');
    return {
      ...good,
      caller: { kind: 'person', name: 'admin' },
      users: [],
      info: { auth_mode: 'db_auth' },
    };
  };

  it('is an active shared login, an administrator and a password that never expires', async () => {
    const { findings } = await scanEstate({
      ...(await virgin()),
      users: [{ user_id: 1, username: 'admin', sysadmin_flag: true }],
    });
    const of = (check: string) => findings.find((finding) => finding.check === check);
    expect(of('admin-user-off')).toMatchObject({ verdict: 'fail' });
    expect(of('admins-few')?.message).toContain('administrators: 1,');
    expect(of('tokens-expire')).toMatchObject({ verdict: 'fail' });
    expect(of('tokens-expire')?.message).toContain('password admin');
    expect(of('broad-tokens-off')?.message).toContain('password admin');
  });

  it('can push and delete where it is no member, and an expected owner does not hide it', async () => {
    const { findings } = await scanEstate(
      { ...(await virgin()), users: [{ user_id: 1, username: 'admin', sysadmin_flag: true }] },
      { expected: { ciIdentities: ['robot$shop+ci', 'owner1'] } },
    );
    const of = (check: string) =>
      findings.find(({ check: id, repository }) => id === check && repository === 'shop');
    expect(of('push-limited-to-ci')?.message).toContain('admin (person)');
    expect(of('delete-limited')?.message).toContain('admin (person)');
  });

  it('that may not be read leaves nothing a pass that rests on it', async () => {
    const { findings } = await scanEstate({
      ...(await scenario('all-good')),
      faults: [{ kind: 'denied', operation: 'getUser' }],
    });
    for (const check of ['admin-user-off', 'admins-few', 'tokens-expire', 'broad-tokens-off']) {
      const found = findings.find((finding) => finding.check === check);
      expect([check, found?.verdict]).toEqual([check, 'unknown']);
    }
  });
});
