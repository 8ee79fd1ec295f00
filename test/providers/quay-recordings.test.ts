import { beforeAll, describe, expect, it } from 'vitest';
import { json, scanRecorded, verdictsOf } from '../support/quay/replay.ts';
import { type Scan, triedOnce } from '../support/scan-provider.ts';

/** What a Quay answered, judged. */

const decided: readonly string[] = ['pass', 'fail'];

describe('by caller', () => {
  let everything: ReadonlyMap<string, string>;
  beforeAll(async () => {
    everything = verdictsOf(await scanRecorded('main', 'gro'));
  }, 60_000);

  it.each([
    'gro-reporead',
    'orgowner',
    'orgowner-orgadmin-only',
    'orgowner-reporead',
    'orgowner-userread-only',
    'member-dev',
    'member-reader-reporead',
    'outsider',
    'su',
    'su-without-super-scope',
  ])('%s is told what who may read everything is, or that it is unknown', async (caller) => {
    const scan = await scanRecorded('main', caller);
    expect(scan.crashes).toEqual([]);
    const other = [...verdictsOf(scan)].filter(
      ([key, verdict]) =>
        decided.includes(verdict) && everything.has(key) && verdict !== everything.get(key),
    );
    // Repositories and people that nobody is told of were not recorded.
    expect(other.filter(([key]) => decided.includes(everything.get(key) ?? ''))).toEqual([]);
    expect(other.filter(([, verdict]) => verdict === 'pass')).toEqual([]);
  });

  it.each(['wrongtoken', 'expired', 'anonymous'])(
    'a token that is %s: nothing is known, and the refusal names the host and the variable',
    async (caller) => {
      const { findings, calls } = await scanRecorded('main', caller);
      expect(findings.filter(({ verdict }) => decided.includes(verdict))).toEqual([]);
      const said = findings[0]?.message ?? '';
      expect(said).toContain('recorded.example.org refuses the token of QUAY_TOKEN');
      expect(said).not.toContain('\n');
      expect([...calls.keys()]).toEqual(['/api/v1/organization/acme/members']);
    },
  );

  it.each(['orgowner-reporead', 'member-dev', 'outsider', 'su'])(
    'the list of repositories that %s sees does not pass for all of them',
    async (caller) => {
      const { readings } = await scanRecorded('main', caller);
      const [end] = readings.filter((line) => line.kind === 'end');
      expect(end).toMatchObject({ listing: { state: 'unknown', why: 'denied' } });
    },
  );

  it.each(['gro', 'gro-reporead', 'orgowner', 'orgowner-orgadmin-only'])(
    'the list of repositories that %s sees is whole',
    async (caller) => {
      const { readings } = await scanRecorded('main', caller);
      const [end] = readings.filter((line) => line.kind === 'end');
      expect(end).toMatchObject({ listing: { state: 'known', value: { repositories: 5 } } });
    },
  );
});

describe('by who may read everything', () => {
  let scan: Scan;
  beforeAll(async () => {
    scan = await scanRecorded('main', 'gro-reporead');
  }, 60_000);
  const found = (repository: string | null, check: string) => {
    const one = scan.findings.find(
      (finding) => finding.repository === repository && finding.check === check,
    );
    return { verdict: one?.verdict, message: one?.message ?? '' };
  };

  it.each([
    [null, 'admins-few', 'pass', 'suadmin'],
    [null, 'anonymous-catalog-off', 'fail', 'public-app'],
    [null, 'audit-log-exported', 'fail', 'not exported'],
    [null, 'audit-log-on', 'pass', 'that fail'],
    [null, 'broad-tokens-off', 'fail', 'auditapp/broad of owner (administer)'],
    [null, 'central-identity-on', 'fail', 'password'],
    [null, 'tokens-expire', 'fail', 'robot acme+ci never expires'],
    [null, 'upstreams-approved', 'fail', '198.51.100.8'],
    ['private-app', 'anonymous-pull-off', 'pass', ''],
    ['public-app', 'anonymous-pull-off', 'fail', ''],
    ['private-app', 'cross-account-limited', 'fail', 'collab (principal: pull)'],
    ['private-app', 'push-limited-to-ci', 'fail', 'dev (person) can push'],
    ['private-app', 'delete-limited', 'pass', 'acme+ci (workload)'],
    ['private-app', 'retention-configured', 'pass', 'all but the newest 500'],
    ['private-app', 'tags-immutable', 'fail', 'dev-'],
    ['private-app', 'webhooks-use-tls', 'fail', '198.51.100.7'],
    ['private-app', 'deletion-recoverable', 'pass', '14 days'],
    ['mirrored', 'push-scan-on', 'pass', 'Clair'],
  ])('%s %s: %s', (repository, check, verdict, says) => {
    const one = found(repository, check);
    expect(one.verdict).toBe(verdict);
    if (check !== 'admins-few') expect(one.message).toContain(says);
  });

  it('no secret of a robot, an application, a webhook or a proxy gets out', () => {
    const all = JSON.stringify([scan.findings, scan.readings]);
    expect(all).not.toMatch(/PROXYSECRET|SECRETQUERY|FAKEFAKEFAKE|REDACTED-|57cfd999/);
  });
});

it('no secret gets out to owners either, who are handed some', async () => {
  const { findings, readings } = await scanRecorded('main', 'orgowner');
  const all = JSON.stringify([findings, readings]);
  expect(all).not.toMatch(/PROXYSECRET|SECRETQUERY|FAKEFAKEFAKE|REDACTED-|57cfd999/);
});

it('never asks for the secrets of robots, for pushes, or for one robot', async () => {
  const { calls } = await scanRecorded('main', 'orgowner');
  const asked = [...calls.keys()];
  expect(asked.filter((path) => path.includes('/robots'))).toEqual([
    '/api/v1/organization/acme/robots?permissions=true&token=false',
  ]);
  expect(asked.filter((path) => path.includes('push'))).toEqual([]);
});

describe('with every optional feature off', () => {
  let scan: Scan;
  beforeAll(async () => {
    scan = await scanRecorded('features-off', 'gro');
  }, 60_000);

  it.each([
    ['push-scan-on', 'fail', 'FEATURE_SECURITY_SCANNER is off'],
    ['tags-immutable', 'fail', 'every tag is mutable'],
    ['retention-configured', 'fail', 'FEATURE_AUTO_PRUNE is off'],
  ])('%s: %s, by what the configuration says', (check, verdict, says) => {
    const one = scan.findings.find(
      (finding) => finding.repository === 'private-app' && finding.check === check,
    );
    expect(one).toMatchObject({ verdict });
    expect(one?.message).toContain(says);
  });

  it('the log is unknown, and the setting that hides it is named', () => {
    const one = scan.findings.find(({ check }) => check === 'audit-log-on');
    expect(one?.verdict).toBe('unknown');
    expect(one?.message).toContain('FEATURE_SUPERUSER_CONFIGDUMP is off');
  });

  it('asks for no route that is not there', () => {
    const off = /autoprune|immutability|proxycache|\/mirror$|\/security|superuser\/config/;
    expect([...scan.calls.keys()].filter((path) => off.test(path))).toEqual([]);
  });
});

describe('answers of status 200 that are none', () => {
  const answers = {
    null: json(200, null),
    'an error': json(200, { error: { code: 403 } }),
  };
  const base = '/api/v1';
  const org = `${base}/organization/acme`;
  const app = `${base}/repository/acme/private-app`;
  // What was recorded of the others is less.
  const some = {
    context: {
      ...triedOnce.context,
      wanted: (name: string) => name === 'private-app' || name === 'mirrored',
    },
  };
  let before: ReadonlyMap<string, string>;
  beforeAll(async () => {
    before = verdictsOf(await scanRecorded('main', 'gro-reporead', undefined, some));
  }, 60_000);

  it.each([
    '/config',
    `${org}/members`,
    org,
    `${base}/superuser/users/?limit=100`,
    `${base}/superuser/apptokens?expiring=false`,
    `${base}/superuser/config`,
    `${base}/repository?namespace=acme&public=true`,
    `${org}/robots?permissions=true&token=false`,
    `${org}/applications`,
    `${org}/collaborators`,
    `${org}/team/owners/members`,
    `${org}/autoprunepolicy/`,
    `${org}/immutabilitypolicy/`,
    `${org}/proxycache`,
    `${app}/permissions/user/`,
    `${app}/permissions/team/`,
    `${app}/notification/`,
    `${app}/autoprunepolicy/`,
    `${app}/immutabilitypolicy/`,
    `${base}/repository/acme/mirrored/mirror`,
    `${app}/tag/?limit=100&page=1&onlyActiveTags=true`,
  ])('%s: none of them makes anything a pass', async (path) => {
    for (const [name, answer] of Object.entries(answers)) {
      const change = (asked: string) => (asked === path ? answer : undefined);
      const after = verdictsOf(await scanRecorded('main', 'gro-reporead', change, some));
      const better = [...after].filter(
        ([key, verdict]) => verdict === 'pass' && before.get(key) !== 'pass',
      );
      expect({ name, better }).toEqual({ name, better: [] });
    }
  });
});
