import { describe, expect, it } from 'vitest';
import { cleanupPolicy } from '../../src/providers/nexus/decode/cleanup.ts';
import { implies, permissionOf } from '../../src/providers/nexus/decode/permission.ts';
import { privilege, stockPrivilege } from '../../src/providers/nexus/decode/privilege.ts';
import { release, releaseInHeader } from '../../src/providers/nexus/decode/release.ts';
import { repository } from '../../src/providers/nexus/decode/repository.ts';
import { listOf, realms, user } from '../../src/providers/nexus/decode/security.ts';
import { task } from '../../src/providers/nexus/decode/server.ts';
import { directoryOf } from '../../src/providers/nexus/facts/directory.ts';
import { supportOf } from '../../src/providers/nexus/facts/releases.ts';
import { administers, rightTo, unfamiliar } from '../../src/providers/nexus/facts/rights.ts';
import { isNarrow } from '../../src/providers/nexus/facts/signing.ts';

describe('permissions', () => {
  const push = 'nexus:repository-view:docker:app:add';
  it.each([
    ['nexus:*', push, true],
    ['*', push, true],
    ['nexus:repository-view:*:*:*', push, true],
    ['nexus:repository-view:docker:app', push, true],
    ['NEXUS:Repository-View:Docker:App:ADD', push, true],
    ['nexus:repository-view:docker:app:read,add', push, true],
    ['nexus:repository-view:docker:app:create', push, true],
    ['nexus:repository-view:docker,oci:*:add', push, true],
    ['nexus:repository-view:docker:app:add:*', push, true],
    ['nexus:repository-view:docker:app:add:extra', push, false],
    ['nexus:repository-view:docker:app:edit', push, false],
    ['nexus:repository-view:maven2:*:*', push, false],
    ['nexus:repository-admin:*:*:*', push, false],
    ['nexus:repository-view:docker:app:add', 'nexus:repository-view:docker:*:add', false],
    ['nexus:repository-view:docker:app:add', 'nexus:repository-view:docker:?:add', true],
  ])('%s implies %s: %s', (held, wanted, expected) => {
    expect(implies(permissionOf(held), wanted)).toBe(expected);
  });

  it.each(['nexus::read', '', 'nexus:a,,b'])('%j is none', (text) => {
    expect(() => permissionOf(text)).toThrow('is not a permission');
  });
});

describe('privileges', () => {
  const application = { type: 'application', name: 'x', domain: 'users', actions: ['READ'] };
  it.each([
    [{ ...application, type: 'telepathy' }, 'type is'],
    [{ ...application, actions: ['PONDER'] }, 'an action'],
    [{ ...application, actions: [] }, 'an action'],
    [{ ...application, domain: 'users:*' }, 'one word'],
    [{ ...application, domain: undefined }, 'domain is missing'],
    [{ type: 'wildcard', name: 'x' }, 'pattern is missing'],
    ['(… 128 more cut)', 'expected an object'],
    [null, 'expected an object'],
  ])('%j is not one', (raw, words) => {
    expect(() => privilege(raw)).toThrow(words);
  });

  it.each([
    ['nx-all', true],
    ['nx-repository-view-*-*-read', true],
    ['nx-users-update', true],
    ['nx-repository-view-docker-app-read', false],
    ['nx-something-all', false],
    ['nx-users-everything', false],
    ['constructor', false],
  ])('%s is a name that the server reserves: %s', (name, reserved) => {
    expect(stockPrivilege(name) !== null).toBe(reserved);
  });

  const holding = (pattern: string) => [{ name: 'it', permission: permissionOf(pattern) }];
  it.each([
    ['nexus:*', 'it'],
    ['nexus:users:create', 'it'],
    ['nexus:roles:update', 'it'],
    ['nexus:settings:*', 'it'],
    ['nexus:script:any:edit', 'it'],
    ['nexus:users:read', null],
    ['nexus:blobstores:*', null],
    ['nexus:repository-admin:*:*:*', null],
    ['other:*', null],
  ])('%s administers: %s', (pattern, by) => {
    expect(administers(holding(pattern))).toBe(by);
  });

  it.each([
    ['nexus:levitation:*', ['it']],
    ['nexus:levitation', ['it']],
    ['nexus:levitation:read', []],
    ['nexus:tasks:*', []],
    ['other:levitation:*', []],
  ])('%s is unfamiliar: %j', (pattern, names) => {
    expect(unfamiliar(holding(pattern))).toEqual(names);
  });

  it('a content selector and half of a push are doubts, and never nothing', () => {
    const place = { format: 'docker' as const, name: 'app' };
    const stateOf = (pattern: string) =>
      rightTo('push', place, { held: holding(pattern), gaps: [] });
    expect(stateOf('nexus:repository-content-selector:sel:docker:*:add,edit').state).toBe(
      'doubtful',
    );
    expect(stateOf('nexus:repository-view:docker:app:add').state).toBe('doubtful');
    expect(stateOf('nexus:repository-view:docker:app:add,edit').state).toBe('held');
    expect(stateOf('nexus:repository-view:maven2:*:*').state).toBe('not-held');
  });
});

describe('roles', () => {
  const from = { operation: 'listRoles' };
  const list = <T>(value: T[]) => ({ state: 'known' as const, value, from });
  const denied = { state: 'unknown' as const, why: 'denied' as const, from };
  const nested = [
    { id: 'outer', privileges: [], roles: ['inner', 'outer'] },
    { id: 'inner', privileges: ['nx-all', 'gone'], roles: ['outer'] },
  ];

  it('are resolved with those in them, in a circle too', () => {
    const { held } = directoryOf({ users: list([]), roles: list(nested), privileges: list([]) });
    expect(held(['outer'])).toMatchObject({ held: [{ name: 'nx-all' }], gaps: [] });
  });

  it('that are in no list read whole grant nothing, and in one that was not anything', () => {
    const whole = directoryOf({ users: list([]), roles: list(nested), privileges: list([]) });
    expect(whole.held(['gone'])).toEqual({ held: [], gaps: [] });
    const unread = directoryOf({ users: list([]), roles: denied, privileges: denied });
    expect(unread.held(['gone']).gaps).toEqual([denied]);
    expect(unread.held(['nx-admin'])).toMatchObject({ held: [{ name: 'nx-all' }], gaps: [] });
  });
});

describe('what is not as documented', () => {
  const someone = {
    userId: 'a',
    source: 'default',
    status: 'active',
    roles: [],
    externalRoles: [],
  };
  it.each([
    [() => user({ ...someone, status: 'asleep' }), 'status is "asleep"'],
    [() => user({ ...someone, roles: undefined }), 'roles is missing'],
    [() => user({ error: 'no' }), 'userId is missing'],
    [() => listOf(null), 'expected a list'],
    [() => listOf({}), 'expected a list'],
    [() => realms([]), 'no realm is active'],
    [() => repository({ name: 'a', format: 'docker', type: 'mirror', online: true }), 'type is'],
    [() => repository({ name: 'a', format: 'docker', type: 'hosted', online: true }), 'docker is'],
    [() => repository({ name: 'a' }), 'format is missing'],
    [() => task({ type: 't', name: 'n' }), 'nextRun'],
    [() => cleanupPolicy({ name: 'n', format: 'docker' }), 'criteriaLastBlobUpdated is missing'],
    [() => release('latest'), 'is not a release'],
    [() => releaseInHeader('Nexus/newest (OSS)'), 'is not a release'],
  ])('%s', (decode, words) => {
    expect(decode).toThrow(words);
  });

  it('a header of a proxy tells no release', () => {
    expect(releaseInHeader('nginx')).toBeNull();
    expect(releaseInHeader('Nexus/3.71.0-06 (OSS)')).toMatchObject({ major: 3, minor: 71 });
  });

  it('formats without images and repositories that are offline are counted alone', () => {
    expect(repository({ name: 'm', format: 'maven2' })).toBeNull();
    expect(repository({ name: 'a', format: 'docker', online: false })).toBeNull();
  });
});

describe('expressions of signers', () => {
  it.each([
    ['.*', false],
    ['^.*$', false],
    ['(.*)', false],
    ['.+', false],
    ['^release@example\\.org$', true],
    ['^https://github\\.com/example/', true],
    ['^https://github\\.com/.*', false],
    ['^https://.*', false],
    ['^https?://.*', false],
    ['^https://github\\.com/example/|.*', false],
    ['^abc?', false],
    ['^[a-z]+', false],
  ])('%s names an identity: %s', (regex, narrow) => {
    expect(isNarrow(regex, 'identity')).toBe(narrow);
  });

  it.each([
    ['^https://token\\.actions\\.githubusercontent\\.com$', true],
    ['^https://.*$', false],
  ])('%s names an issuer: %s', (regex, narrow) => {
    expect(isNarrow(regex, 'issuer')).toBe(narrow);
  });

  it.each(['(?:a|b)', '\\w+@example', '(example)?', 'release@example\\.org'])(
    '%s is too intricate to tell',
    (regex) => {
      expect(() => isNarrow(regex, 'identity')).toThrow('unclear');
    },
  );
});

describe('support of releases', () => {
  it.each([
    ['2.15.1-02', '2026-11-02', { mode: 'ended', at: '2025-06-30' }],
    ['3.71.0-06', '2026-11-02', { mode: 'ended', at: null }],
    ['3.94.0-12', '2026-11-02', { mode: 'supported', until: null }],
  ])('%s on %s', (text, now, support) => {
    expect(supportOf(release(text), now)).toEqual(support);
  });

  it.each([
    ['3.85.0-03', '2026-11-02'],
    ['3.71.0-06', '2025-06-01'],
    ['3.94.0-12', '2027-08-01'],
    ['4.0.0-01', '2026-11-02'],
  ])('%s on %s is not known here', (text, now) => {
    expect(() => supportOf(release(text), now)).toThrow('is not known here');
  });
});
