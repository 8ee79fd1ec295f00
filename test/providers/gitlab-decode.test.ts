import { describe, expect, test } from 'vitest';
import {
  type CleanupPolicy,
  cleanupPolicy,
  retentionOf,
} from '../../src/providers/gitlab/decode/cleanup.ts';
import { dataOf } from '../../src/providers/gitlab/decode/graphql.ts';
import { group, ipRanges, twoFactorGrace } from '../../src/providers/gitlab/decode/group.ts';
import { webhook } from '../../src/providers/gitlab/decode/hooks.ts';
import { release, supportOf } from '../../src/providers/gitlab/decode/instance.ts';
import { lockOf, wildcardOf } from '../../src/providers/gitlab/decode/lock.ts';
import { member } from '../../src/providers/gitlab/decode/people.ts';
import { openTo, project } from '../../src/providers/gitlab/decode/project.ts';
import { listedRepository } from '../../src/providers/gitlab/decode/repository.ts';
import { levelFor, repositoryRule } from '../../src/providers/gitlab/decode/rules.ts';
import { auditDestination } from '../../src/providers/gitlab/decode/streams.ts';
import { gid, tagPage } from '../../src/providers/gitlab/decode/tags.ts';
import { accessToken, deployToken, reachOf } from '../../src/providers/gitlab/decode/tokens.ts';

const policy: CleanupPolicy = {
  enabled: true,
  olderThan: 90,
  keepNewest: 10,
  removes: '.*',
  keeps: null,
};

const namespace = { kind: 'group', full_path: 'a' };
const plain = { id: 1, path_with_namespace: 'a/b', namespace };

describe('cleanup policies', () => {
  test('with both limits the age is what certainly has to pass', () => {
    expect(retentionOf(policy, [])).toMatchObject({
      rules: [{ patterns: [], keeps: { mode: 'days', days: 90 }, spares: ['latest'] }],
    });
  });

  test.each([
    ['is switched off', { enabled: false }],
    ['has neither an age nor a number', { olderThan: null, keepNewest: null }],
    ['names no tags', { removes: null }],
  ])('one that %s removes nothing', (says, change) => {
    expect(retentionOf({ ...policy, ...change }, [])).toEqual({
      mode: 'none',
      because: `the cleanup policy ${says}`,
    });
  });

  test('one limit is enough, and the older name of the expression holds where the newer is null', () => {
    expect(retentionOf({ ...policy, olderThan: null }, [])).toMatchObject({
      rules: [{ keeps: { mode: 'newest', images: 10 } }],
    });
    expect(retentionOf({ ...policy, keepNewest: null }, [])).toMatchObject({ mode: 'rules' });
    const named = (name_regex_delete: string | null, name_regex: string | null) =>
      cleanupPolicy(
        project({
          ...plain,
          container_expiration_policy: {
            enabled: true,
            keep_n: 5,
            older_than: null,
            name_regex_delete,
            name_regex,
          },
        }),
      )?.removes;
    expect(named(null, 'old.*')).toBe('old.*');
    expect(named('new.*', 'old.*')).toBe('new.*');
    expect(named('new.*', null)).toBe('new.*');
  });

  test.each([{ removes: '(?i)a' }, { keeps: '(?i)a' }])('%j cannot be told here', (change) => {
    expect(() => retentionOf({ ...policy, ...change }, [])).toThrow('cannot be told here');
  });

  test('an expression that is no wildcard is taken for more than it matches', () => {
    const patterns = (removes: string) => retentionOf({ ...policy, removes }, []);
    expect(patterns('pr-\\d+')).toMatchObject({ rules: [{ patterns: ['pr-*'] }] });
    expect(patterns('prx?')).toMatchObject({ rules: [{ patterns: ['pr*'] }] });
    expect(patterns('a|b')).toMatchObject({ rules: [{ patterns: [] }] });
  });

  test('kept is only what certainly matches whole', () => {
    const spares = (keeps: string, wanted: readonly string[]) =>
      retentionOf({ ...policy, keeps }, wanted);
    expect(spares('v.*', [])).toMatchObject({ rules: [{ spares: ['latest', 'v*'] }] });
    expect(spares('v\\d+', ['v*'])).toMatchObject({ rules: [{ spares: ['latest'] }] });
    expect(spares('v.*|sha256-.*', ['v*'])).toMatchObject({
      rules: [{ spares: ['latest', 'v*', 'sha256-*'] }],
    });
  });

  test('one that is left out is none, and a damaged one is an error', () => {
    const of = (container_expiration_policy: unknown) =>
      cleanupPolicy(project({ ...plain, container_expiration_policy }));
    expect(cleanupPolicy(project(plain))).toBeNull();
    expect(() => of(null)).toThrow('container_expiration_policy is null');
    expect(() => of({})).toThrow('enabled is missing');
    expect(() => of({ enabled: true, keep_n: 5, older_than: 'soon' })).toThrow('older_than');
  });
});

describe('immutable tags', () => {
  test.each([
    ['.*', { mode: 'all' }],
    ['', { mode: 'all' }],
    // Zero or more of v: a star of an expression is none of a wildcard.
    ['v*', { mode: 'all' }],
    ['^v.*$', { mode: 'only', patterns: ['v*'] }],
    ['^v', { mode: 'only', patterns: ['v*'] }],
    ['release', { mode: 'only', patterns: ['*release*'] }],
    ['^v\\d+$', { mode: 'only', patterns: ['/^v\\d+$/'] }],
  ])('the rule %s', (rule, lock) => {
    expect(lockOf([rule], [])).toEqual(lock);
  });

  test('the tags of production are locked when a rule holds all of them', () => {
    expect(lockOf(['^v[0-9]'], ['v1*'])).toEqual({ mode: 'only', patterns: ['v1*', '/^v[0-9]/'] });
  });

  test('no rule is no lock, and one that cannot be read is no answer', () => {
    expect(lockOf([], [])).toEqual({ mode: 'none' });
    expect(() => lockOf(['(?i)v'], [])).toThrow('cannot be told here');
  });

  test('a wildcard stands for an expression only where it is exact', () => {
    expect(wildcardOf('v.+', 'whole')).toBeNull();
    expect(wildcardOf('v\\..*', 'whole')).toBe('v.*');
    expect(wildcardOf('a', 'part')).toBe('*a*');
  });
});

describe('rules of repositories', () => {
  const rule = (push: unknown, pattern = 'a/b*') =>
    repositoryRule(
      {
        repository_path_pattern: pattern,
        minimum_access_level_for_push: push,
        minimum_access_level_for_delete: null,
      },
      'a/b',
    );

  test('the strictest that matches decides, and null is no level', () => {
    expect(levelFor([rule(null)], 'a/b', 'push')).toBe(30);
    expect(levelFor([rule(null), rule('owner')], 'a/b/c', 'push')).toBe(40);
    expect(levelFor([rule('owner', 'a/b/x')], 'a/b', 'push')).toBe(30);
  });

  test('a new word and a missing key are errors', () => {
    expect(() => rule('robot')).toThrow('robot');
    expect(() => repositoryRule({ repository_path_pattern: 'a/b' }, 'a/b')).toThrow('missing');
    expect(() => rule('owner', 'x/*')).toThrow('does not begin');
  });
});

describe('tokens', () => {
  test('a new scope beside those that are known opens nobody knows what', () => {
    expect(reachOf(['read_api'])).toBeNull();
    expect(reachOf(['read_registry', 'read_user'])).toBe('pull');
    expect(reachOf(['teleport', 'api'])).toBe('api');
    expect(() => reachOf(['read_registry', 'teleport'])).toThrow('teleport');
    expect(() => reachOf(['constructor'])).toThrow('constructor');
  });

  test('one that is over opens nothing, and an end that is left out is an error', () => {
    const token = { name: 'a', username: 'b', scopes: [], expires_at: null };
    expect(deployToken({ ...token, revoked: true, expired: false })).toEqual([]);
    const { expires_at: _, ...endless } = token;
    expect(() => deployToken({ ...endless, revoked: false, expired: false })).toThrow('expires_at');
    expect(() => accessToken({ name: 'a' })).toThrow('revoked');
    expect(accessToken({ name: 'a', active: false, revoked: false })).toEqual([]);
    expect(accessToken({ name: 'a', active: true, revoked: true })).toEqual([]);
  });
});

describe('members', () => {
  const of = (access_level: number) =>
    member({
      id: 1,
      username: 'a',
      name: 'A',
      state: 'active',
      access_level,
      member_role: { name: 'release' },
    });

  test('of a custom role are known from Developer on', () => {
    expect(of(30)).toMatchObject([{ level: 30, role: 'the custom role release (Developer)' }]);
    expect(() => of(25)).toThrow('is not told');
  });
});

describe('tags', () => {
  const of = (mediaType: string | null) =>
    tagPage(
      {
        data: {
          containerRepository: {
            id: gid(7),
            tags: {
              nodes: [
                { name: 'v1', digest: 'sha256:a', publishedAt: '2026-10-01T09:00:00Z', mediaType },
              ],
              pageInfo: { hasNextPage: false },
            },
          },
        },
      },
      7,
    ).tags[0]?.mayBeIndex;

  test('may be an index unless their kind says otherwise', () => {
    expect(of(null)).toBe(true);
    expect(of('application/vnd.oci.image.index.v1+json')).toBe(true);
    expect(of('application/vnd.oci.image.manifest.v1+json')).toBe(false);
  });
});

test('a webhook that is no address of the web is an error', () => {
  for (const url of ['https://', 'ftp://hooks.example.org/']) {
    expect(() => webhook({ url, enable_ssl_verification: true }), url).toThrow('no address');
  }
});

test('a stream to no host is not told', () => {
  const node = { name: 'siem', destinationUrl: 'https://', active: true };
  expect(() => auditDestination(['externalAuditEventDestinations', node])).toThrow('no host');
});

describe('groups and projects', () => {
  const of = (fields: object) => group({ id: 1, full_path: 'a', ...fields });

  test('ranges that are left out are unknown, and null is none', () => {
    expect(() => ipRanges(of({}))).toThrow('leaves ip_restriction_ranges out');
    expect(ipRanges(of({ ip_restriction_ranges: null }))).toEqual([]);
    expect(ipRanges(of({ ip_restriction_ranges: '192.0.2.0/24, 10.0.0.0/8' }))).toHaveLength(2);
  });

  test('a second factor that is not told is no "no"', () => {
    expect(() => twoFactorGrace(of({}))).toThrow('require_two_factor_authentication');
  });

  test.each([
    ['public', 'enabled', 'anyone'],
    ['public', 'private', 'members'],
    ['public', 'disabled', 'members'],
    ['internal', 'enabled', 'signed-in'],
    ['private', 'enabled', 'members'],
  ])('a %s project whose registry is %s is open to: %s', (visibility, registry, to) => {
    const fields = { visibility, container_registry_access_level: registry };
    expect(openTo(project({ ...plain, ...fields }))).toBe(to);
    const { visibility: _, ...without } = fields;
    expect(() => openTo(project({ ...plain, ...without }))).toThrow();
  });

  test('a repository at a place that does not fit its path is an error', () => {
    const entry = { id: 1, path: 'a/b', project_id: 1, location: 'registry.example.org:5000/a/b' };
    expect(listedRepository(entry).host).toBe('registry.example.org:5000');
    const elsewhere = { ...entry, location: 'user@evil.example.org/a/b' };
    expect(() => listedRepository(elsewhere)).toThrow('location');
  });
});

describe('releases', () => {
  test.each([
    ['19.5.1-ee', 'supported', '2027-01-21T00:00:00.000Z'],
    ['18.11.0', 'ended', '2026-07-16T00:00:00.000Z'],
  ])('of %s is %s', (version, mode, until) => {
    const { of } = release({ version });
    const support = supportOf(of, '2026-11-02T09:00:00.000Z');
    expect(support).toEqual(mode === 'supported' ? { mode, until } : { mode: 'ended', at: until });
  });
});

test('an answer of GraphQL with errors beside its data is none', () => {
  expect(dataOf({ data: { a: 1 } })).toEqual({ a: 1 });
  expect(() => dataOf({ data: { a: null }, errors: [{ message: 'failed' }] })).toThrow('failed');
  expect(() => dataOf({})).toThrow('data');
  expect(() => dataOf({ errors: [{ message: "Field 'x' doesn't exist on type 'Y'" }] })).toThrow(
    'this release or edition',
  );
});
