import { describe, expect, it } from 'vitest';
import {
  applicationToken,
  robot,
  robotEntries,
} from '../../src/providers/quay/decode/credentials.ts';
import { secondsOf } from '../../src/providers/quay/decode/duration.ts';
import { instance, isOn, isOnSince, releaseOf } from '../../src/providers/quay/decode/instance.ts';
import { content } from '../../src/providers/quay/decode/manifest.ts';
import { organization, userNamespace } from '../../src/providers/quay/decode/namespace.ts';
import { webhook } from '../../src/providers/quay/decode/notifications.ts';
import { userPermission } from '../../src/providers/quay/decode/people.ts';
import { defaultPruning } from '../../src/providers/quay/decode/policies.ts';
import { listedRepository } from '../../src/providers/quay/decode/repository.ts';
import { scanResult } from '../../src/providers/quay/decode/security.ts';
import { logStore, settings } from '../../src/providers/quay/decode/settings.ts';
import { tag } from '../../src/providers/quay/decode/tags.ts';
import {
  organizationMirror,
  proxyCache,
  repositoryMirror,
} from '../../src/providers/quay/decode/upstream.ts';
import { supportOf } from '../../src/providers/quay/facts/releases.ts';
import { recorded } from '../support/quay/replay.ts';

const answers = (name: string, path: RegExp) =>
  recorded(name).filter((one) => one.status === 200 && path.test(one.path));

describe('what a Quay answered', () => {
  it('findings: a score of 10 without a word counts as critical, and what hangs on images is unscanned', () => {
    const found = answers('scan', /security/).map(({ body }) => {
      try {
        return scanResult(body);
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(found).toContainEqual({ mode: 'finished', critical: 3, high: 1 });
    expect(found).toContainEqual({ mode: 'missing' });
    expect(found).toContain('Pending');
  });

  it('robots after use, and robots as a plain member is told of them', () => {
    const [used] = answers('extra', /robots/).map(({ body }) => robotEntries(body).map(robot));
    expect(used?.map(({ name, lastUsedAt }) => [name, lastUsedAt])).toEqual([
      ['acme+stale', null],
      ['acme+ci', '2026-11-30T16:31:11.000Z'],
    ]);
    const told = answers('main', /robots\?permissions=true/).find(({ who }) =>
      who.includes('member-dev'),
    );
    expect(() => robotEntries(told?.body).map(robot)).toThrow('administrators alone');
  });

  it('tags that are alive and have an end, and tags that are not', () => {
    const [alive] = answers('extra', /onlyActiveTags/).map(({ body }) =>
      (body as { tags: unknown[] }).tags.map(tag),
    );
    expect(alive?.map(({ name, immutable }) => [name, immutable])).toContainEqual(['keep', true]);
    const [off] = answers('features-off', /tag\//).map(({ body }) =>
      (body as { tags: unknown[] }).tags.map(tag),
    );
    expect(off?.every(({ immutable }) => immutable === null)).toBe(true);
  });

  it('the namespace of a user is one, and no other', () => {
    const [found] = answers('extra', /users\/owner/);
    expect(userNamespace(found?.body, 'owner')).toBe('owner');
    expect(() => userNamespace(found?.body, 'other')).toThrow('another namespace');
  });

  it('mirrors and caches, without what is secret in them', () => {
    const [one] = answers('main', /acme\/mirrored\/mirror/);
    expect(repositoryMirror(one?.body)).toEqual({
      enabled: true,
      robot: 'acme+ci',
      url: 'https://198.51.100.8',
      part: 'lib/app',
      transport: 'unverified-tls',
      credential: 'stored',
    });
    const [whole] = answers('main', /mirrororg\/mirror/);
    expect(organizationMirror(whole?.body)).toMatchObject({
      part: 'proj',
      transport: 'unverified-tls',
    });
    const [none] = answers('main', /acme\/proxycache/);
    expect(proxyCache(none?.body)).toBeNull();
    const [cache] = answers('main', /cacheorg\/proxycache/);
    expect(proxyCache(cache?.body)).toMatchObject({ part: 'library', transport: 'unverified-tls' });
  });

  it('the manifest of an index by its platforms', () => {
    const [index] = answers('main', /manifest\/sha256:[0-9a-f]{64}$/);
    const digest = /sha256:\w+/.exec(index?.path ?? '')?.[0] ?? '';
    expect(content(index?.body, digest)).toMatchObject({
      kind: 'index',
      platforms: [expect.stringMatching(/^sha256:/), expect.stringMatching(/^sha256:/)],
    });
    expect(() => content(index?.body, digest.replace(/.$/, '0'))).toThrow('another manifest');
    const damaged = JSON.stringify({ manifests: [{ digest: '../../user' }] });
    expect(() => content({ digest, manifest_data: damaged }, digest)).toThrow('digest');
  });
});

describe('features', () => {
  const of = (features: object, version = 'Quay v3.17.0') =>
    instance({ features, config: {}, version_number: version, external_login: [] });

  it('are true and false, or those words', () => {
    expect(isOn(of({ A: true }), 'A')).toBe(true);
    expect(isOn(of({ A: 'true' }), 'A')).toBe(true);
    expect(isOn(of({ A: 'False' }), 'A')).toBe(false);
    for (const value of [null, 1, 'yes', undefined])
      expect(() => isOn(of({ A: value }), 'A')).toThrow();
  });

  it('that an older release cannot have are off, and others have to be told', () => {
    expect(isOnSince(17, of({}, 'Quay 3.16.2'), 'IMMUTABLE_TAGS')).toBe(false);
    expect(() => isOnSince(17, of({}), 'IMMUTABLE_TAGS')).toThrow();
    expect(() => isOnSince(17, of({}, ''), 'IMMUTABLE_TAGS')).toThrow();
  });

  it('releases are read with and without a v', () => {
    expect(releaseOf('Quay v3.11.0')).toEqual({ version: '3.11.0', minor: 11 });
    expect(releaseOf('Quay 3.15.1')).toEqual({ version: '3.15.1', minor: 15 });
    expect(() => releaseOf('Quay v4.0.0')).toThrow();
  });
});

describe('support', () => {
  it.each([
    [11, '2026-11-02T09:00:00Z', 'ended'],
    [14, '2026-08-01T09:00:00Z', 'supported'],
    [14, '2026-11-02T09:00:00Z', 'ended'],
    [17, '2026-11-02T09:00:00Z', 'supported'],
    [18, '2026-11-02T09:00:00Z', 'supported'],
  ])('of 3.%i at %s: %s', (minor, now, mode) => {
    expect(supportOf(minor, now)).toMatchObject({ mode });
  });

  it('of a release that came later is not known for ever', () => {
    expect(() => supportOf(18, '2028-01-01T00:00:00Z')).toThrow('not known to this build');
  });
});

describe('tokens', () => {
  const entry = {
    name: 'n',
    scope: 'repo:read',
    expires_at: '2026-12-01T16:12:58.692710Z',
    created: '2026-11-30T16:12:59.436801Z',
    created_by: 'owner',
    last_accessed: null,
  };
  it.each([
    ['user:read', null],
    ['repo:read user:read', 'pull'],
    ['repo:read repo:write', 'push'],
    ['repo:create', 'push'],
    ['repo:admin', 'administer'],
    ['org:admin', 'administer'],
    ['user:admin', 'administer'],
    ['super:user', 'administer'],
  ])('with %s can %s', (scope, can) => {
    expect(applicationToken({ ...entry, scope }, 'app').can).toBe(can);
  });
  it('with a scope that is not known are not understood', () => {
    expect(() => applicationToken({ ...entry, scope: 'repo:read repo:sing' }, 'app')).toThrow();
  });
});

describe('people', () => {
  it.each([
    ['acme+ci', true, true, false],
    ['other+ci', true, true, true],
    ['dev', false, true, false],
    ['collab', false, false, true],
  ])('%s: foreign or not', (name, robotic, member, foreign) => {
    const entry = { name, role: 'write', is_robot: robotic, is_org_member: member };
    expect(userPermission(entry, 'acme').foreign).toBe(foreign);
  });
});

describe('logs', () => {
  const base = {
    AUTHENTICATION_TYPE: 'OIDC',
    LOGS_MODEL: 'database',
    FEATURE_ACTION_LOG_ROTATION: false,
    ACTION_LOG_ROTATION_THRESHOLD: '30d',
    ACTION_LOG_AUDIT_LOGIN_FAILURES: true,
    ACTION_LOG_AUDIT_PULL_FAILURES: true,
    ACTION_LOG_AUDIT_PUSH_FAILURES: true,
    ACTION_LOG_AUDIT_DELETE_FAILURES: true,
  };
  const store = (more: object) => logStore(settings({ config: { ...base, ...more } }));
  it.each([
    [{}, 'database', null],
    [
      {
        LOGS_MODEL: 'splunk',
        LOGS_MODEL_CONFIG: { splunk_config: { host: 'splunk.example.org' } },
      },
      'splunk',
      'splunk.example.org',
    ],
    [
      {
        LOGS_MODEL: 'elasticsearch',
        LOGS_MODEL_CONFIG: { elasticsearch_config: { host: 'es.example.org' } },
      },
      'elasticsearch',
      'es.example.org',
    ],
    [{ LOGS_MODEL: 'elasticsearch', LOGS_MODEL_CONFIG: { producer: 'kafka' } }, 'kafka', null],
  ])('%j: %s', (more, kind, destination) => {
    expect(store(more)).toMatchObject({ kind, destination });
  });
  it('are not understood with a producer or a model that is not known', () => {
    expect(() => store({ LOGS_MODEL: 'papyrus' })).toThrow();
    expect(() =>
      store({ LOGS_MODEL: 'splunk', LOGS_MODEL_CONFIG: { producer: 'pigeon' } }),
    ).toThrow();
  });
});

describe('what is not as it should be', () => {
  it.each<[string, () => unknown]>([
    ['a repository of another namespace', () => listedRepository({ namespace: 'x' }, 'acme')],
    ['an organization without its rights', () => organization({ name: 'acme' }, 'acme')],
    [
      'an administrator who is told no teams',
      () => organization({ name: 'acme', is_admin: true, is_member: true }, 'acme'),
    ],
    ['a cache that is half there', () => proxyCache({ upstream_registry: '', insecure: true })],
    ['a scan without data', () => scanResult({ status: 'scanned', data: null })],
    ['a new method', () => webhook({ method: 'telegram', config: {} })],
    ['an address that is none', () => webhook({ method: 'webhook', config: { url: 'x' } })],
    ['a duration of another unit', () => secondsOf('3y')],
    [
      'a default policy of another kind',
      () =>
        defaultPruning(
          instance({
            features: {},
            config: { DEFAULT_NAMESPACE_AUTOPRUNE_POLICY: { method: 'by_weight', value: 1 } },
            version_number: '',
            external_login: [],
          }),
        ),
    ],
  ])('%s throws', (_, decode) => {
    expect(decode).toThrow();
  });
});
