import { beforeAll, describe, expect, it } from 'vitest';
import type { Estate } from '../../src/demo/nexus/estate.ts';
import { scanEstate, scenario } from '../support/nexus/scan.ts';
import type { Scan, ScanOptions } from '../support/scan-provider.ts';

/** What a server says that is not what one would think, each in an estate that differs in that alone. */

let good: Estate;
beforeAll(async () => {
  good = await scenario('all-good');
});

async function found(change: Partial<Estate>, check: string, options: ScanOptions = {}) {
  const { findings } = await scanEstate({ ...good, ...change }, options);
  const one = findings.find((finding) => finding.check === check);
  return { verdict: one?.verdict, message: one?.message ?? '', byHand: one?.byHand ?? [] };
}

const withShop = (change: Readonly<Record<string, unknown>>): Partial<Estate> => ({
  repositories: good.repositories
    .filter(({ name }) => name === 'shop')
    .map((one) => ({ ...one, ...change })),
});
const withUser = (user: Readonly<Record<string, unknown>>): Partial<Estate> => ({
  users: [...good.users, user],
});
const anonymous = { enabled: true, userId: 'anonymous', realmName: 'NexusAuthorizingRealm' };

type NexusUser = Estate['users'][number];

describe('who can do what', () => {
  const ci: ScanOptions = { expected: { ciIdentities: ['ci-*'] } };

  it('a directory leaves who is in its groups to be looked at', async () => {
    const { verdict, byHand } = await found({}, 'push-limited-to-ci', ci);
    expect(verdict).toBe('unknown');
    expect(byHand.map(({ note }) => note)).toEqual([
      'no API tells which groups of the directory are mapped to roles, nor who is in them',
    ]);
  });

  it.each(['DefaultRole', 'DefaultRoleRealm'])(
    'the role of everybody who signs in counts for every repository, by the realm %s',
    async (realm) => {
      const realms = [...good.realms, realm];
      const capability = { type: 'defaultrole', properties: { role: 'shop-push' } };
      const { verdict, message } = await found(
        { realms, capabilities: [capability] },
        'push-limited-to-ci',
        ci,
      );
      expect(verdict).toBe('fail');
      expect(message).toContain('every user, by the default role shop-push');
    },
  );

  it('a user that may change users is an administrator, whatever the role is called', async () => {
    const roles = [...good.roles, { id: 'helpdesk', privileges: ['nx-users-update'] }];
    const change = { ...withUser({ userId: 'desk', source: 'LDAP', roles: ['helpdesk'] }), roles };
    const { message } = await found(change, 'push-limited-to-ci', ci);
    expect(message).toContain('desk');
  });

  it('an external role of a user counts as its own roles do', async () => {
    const user = { userId: 'eve', source: 'LDAP', roles: [], externalRoles: ['shop-push'] };
    expect((await found(withUser(user), 'push-limited-to-ci', ci)).message).toContain('eve');
  });

  it('users that the configuration calls machines are no people who sign in', async () => {
    const change: Partial<Estate> = {
      realms: ['NexusAuthenticatingRealm', 'LdapRealm'],
      users: [...good.users, { userId: 'ci-runner', roles: [] }],
    };
    expect((await found(change, 'central-identity-on')).verdict).toBe('fail');
    const options = { options: { serviceAccounts: ['ci-*'] } };
    expect((await found(change, 'central-identity-on', options)).verdict).toBe('pass');
  });

  it.each([
    ['first', (one: NexusUser, other: NexusUser) => [one, other]],
    ['last', (one: NexusUser, other: NexusUser) => [other, one]],
  ])(
    'the anonymous user that two sources hold has the roles of both, the powerful one %s',
    async (_, order) => {
      const others = good.users.filter(({ userId }) => userId !== 'anonymous');
      const powerful = { userId: 'anonymous', source: 'LDAP', roles: ['shop-push'] };
      const harmless = { userId: 'anonymous', source: 'default', roles: [] };
      const users = [...others, ...order(powerful, harmless)];
      const push = await found({ anonymous, users }, 'anonymous-push-off');
      expect(push).toMatchObject({
        verdict: 'fail',
        message: expect.stringContaining('privilege'),
      });
      const none = await found({ anonymous, users: [...others, harmless] }, 'anonymous-push-off');
      expect(none.verdict).toBe('pass');
    },
  );

  it('a realm that is not known here leaves it open who signs in', async () => {
    const realms = [...good.realms, 'com.example.OwnRealm'];
    expect((await found({ realms }, 'central-identity-on')).verdict).toBe('unknown');
    expect((await found({ realms }, 'directory-verified')).verdict).toBe('unknown');
    expect((await found({ realms }, 'tokens-expire')).verdict).toBe('unknown');
  });

  it('the name of a user in a header is no sign-in that can be judged', async () => {
    const realms = ['rutauth-realm'];
    expect((await found({ realms }, 'central-identity-on')).verdict).toBe('unknown');
  });
});

describe('anonymous access', () => {
  it('with the stock role opens what lets Docker clients in without a password', async () => {
    const oci = { forceBasicAuth: false };
    const { verdict } = await found({ anonymous, ...withShop({ oci }) }, 'anonymous-pull-off');
    expect(verdict).toBe('fail');
  });

  it('where Docker clients have to sign in is not decided by that', async () => {
    const { verdict, message } = await found({ anonymous, ...withShop({}) }, 'anonymous-pull-off');
    expect(verdict).toBe('unknown');
    expect(message).toContain('Docker clients have to sign in');
  });

  it('with rights in other formats alone opens no image', async () => {
    const guests = { id: 'guests', privileges: ['maven'] };
    const change: Partial<Estate> = {
      anonymous: { ...anonymous, userId: 'guest' },
      users: [...good.users, { userId: 'guest', roles: ['guests'] }],
      roles: [...good.roles, guests],
      privileges: [
        { type: 'wildcard', name: 'maven', pattern: 'nexus:repository-view:maven2:*:browse,read' },
      ],
    };
    expect((await found(change, 'anonymous-pull-off')).verdict).toBe('pass');
    expect((await found(change, 'anonymous-catalog-off')).verdict).toBe('pass');
  });

  it('of a realm that tells no rights is unknown', async () => {
    const change = { anonymous: { ...anonymous, realmName: 'OwnRealm' } };
    expect((await found(change, 'anonymous-push-off')).verdict).toBe('unknown');
  });
});

describe('settings', () => {
  it.each([
    [{ writePolicy: 'allow' }, 'fail'],
    [{ writePolicy: 'Allow_Once', latestPolicy: true }, 'fail'],
    [{ writePolicy: 'ALLOW_ONCE', latestPolicy: false }, 'pass'],
    [{ writePolicy: 'ALLOW_ONCE', latestPolicy: null }, 'unknown'],
    [{ writePolicy: 'DENY' }, 'pass'],
    [{ writePolicy: 'REPLICATION_ONLY' }, 'unknown'],
  ])('the deployment policy %j: %s', async (policy, verdict) => {
    const storage = { blobStoreName: 'images', ...policy };
    expect((await found(withShop({ storage }), 'tags-immutable')).verdict).toBe(verdict);
  });

  it('a cleanup policy removes nothing without a task that runs it', async () => {
    const { verdict } = await found({ tasks: [] }, 'retention-configured');
    expect(verdict).toBe('fail');
  });

  it('quarantine that lets everything through while IQ Server is away holds nothing back', async () => {
    const iq = { enabled: true, url: 'https://iq.example.org', failOpenModeEnabled: true };
    const { findings } = await scanEstate({ ...good, iq });
    const gate = findings.filter(({ check }) => check === 'scan-gate-on');
    expect(gate.map(({ verdict }) => verdict).sort()).toEqual(['fail', 'not-applicable']);
  });

  it('an allow list that is only watched lets every network in', async () => {
    const ipAllowList = {
      ...good.ipAllowList,
      mode: 'ENFORCE',
      effectiveMode: 'MONITOR',
      featureEnabled: true,
    };
    expect((await found({ ipAllowList }, 'public-endpoint-closed')).verdict).toBe('fail');
  });

  it('a route that a newer release should have and does not is unknown, not off', async () => {
    const change = { release: '3.85.0-03', capabilities: null, ipAllowList: null };
    expect((await found(change, 'audit-log-on')).verdict).toBe('unknown');
    expect((await found(change, 'audit-log-on')).byHand).toEqual([]);
    expect((await found(change, 'public-endpoint-closed')).verdict).toBe('unknown');
  });
});

it('no secret that a server holds or shows comes out of a scan', async () => {
  const secret = 'SECRETQUERY';
  const url = `https://user:${secret}@hooks.example.org/${secret}?token=${secret}`;
  const scan: Scan = await scanEstate({
    ...good,
    repositories: good.repositories.map((one) =>
      one['type'] === 'proxy'
        ? {
            ...one,
            proxy: { remoteUrl: `https://user:${secret}@registry-1.docker.io/?token=${secret}` },
            httpClient: { authentication: { type: 'username', username: 'u', password: secret } },
          }
        : one,
    ),
    capabilities: [
      { type: 'audit' },
      { type: 'webhook.global', properties: { names: 'audit', url, secret } },
      { type: 'webhook.repository', properties: { repository: 'shop', names: 'asset', url } },
    ],
    iq: { enabled: true, failOpenModeEnabled: false, password: secret },
  });
  const text = JSON.stringify([scan.findings, scan.readings, scan.summary, scan.crashes]);
  expect(text).toContain('hooks.example.org');
  expect(text).not.toContain(secret);
  expect(text).not.toContain('not-a-secret');
});

it('what a scan costs does not grow with the repositories, but for what hangs on their images', async () => {
  const callsOf = async (count: number) => {
    const one = good.repositories[0] ?? {};
    const repositories = Array.from({ length: count }, (_, at) => ({ ...one, name: `shop-${at}` }));
    const { calls } = await scanEstate({ ...good, repositories });
    const ofImages = new Set(['listComponents', 'listReferrers']);
    const each = [...calls].filter(([name]) => !ofImages.has(name));
    return each.reduce((sum, [, made]) => sum + made, 0);
  };
  const few = await callsOf(1);
  expect(few).toBeLessThanOrEqual(20);
  expect(await callsOf(40)).toBe(few);
});
