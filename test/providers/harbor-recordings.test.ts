import { beforeAll, describe, expect, it, test } from 'vitest';
import type { WireAnswer } from '../../src/demo/wire-server.ts';
import { movableTags } from '../../src/model/tag-lock.ts';
import { immutable, tagLock } from '../../src/providers/harbor/decode/immutability.ts';
import { immutability, instance, json, scanRecorded, variants } from '../support/harbor/replay.ts';
import { type Scan, triedOnce } from '../support/scan-provider.ts';

/** What a Harbor 2.16.0 answered, judged; the right verdicts were found out by doing it there. */

const verdictsOf = ({ findings }: Scan) =>
  new Map(findings.map(({ check, subject, verdict }) => [`${subject} ${check}`, verdict]));

const decided: readonly string[] = ['pass', 'fail'];

/** What an administrator is answered instead of what was recorded. */
const instead = (answers: Readonly<Record<string, WireAnswer>>) => (path: string) => answers[path];

function variant(name: string): WireAnswer {
  const [status, body] = variants[name] ?? [500, null];
  return json(status, body);
}

describe('by caller', () => {
  let administrator: ReadonlyMap<string, string>;
  beforeAll(async () => {
    administrator = verdictsOf(await scanRecorded('administrator'));
  }, 60_000);

  it.each(['plain user', 'project robot', 'least-privilege robot'])(
    'a %s is told what the administrator is, or that it is unknown',
    async (caller) => {
      const scan = await scanRecorded(caller);
      expect(scan.crashes).toEqual([]);
      const other = [...verdictsOf(scan)].filter(
        ([key, verdict]) => decided.includes(verdict) && verdict !== administrator.get(key),
      );
      expect(other).toEqual([]);
      expect(scan.findings.filter(({ verdict }) => verdict === 'unknown').length).toBeGreaterThan(
        0,
      );
    },
    60_000,
  );

  it.each(['anonymous', 'wrong password', 'wrong robot secret'])(
    '%s: nothing is known, and the refusal names the user',
    async (caller) => {
      const { findings } = await scanRecorded(caller);
      expect(findings.filter(({ verdict }) => decided.includes(verdict))).toEqual([]);
      expect(findings[0]?.message).toContain('Harbor refuses the user stranger');
    },
  );
});

describe('as administrator', () => {
  let scan: Scan;
  beforeAll(async () => {
    scan = await scanRecorded('administrator');
  }, 60_000);
  const found = (project: string | null, check: string) => {
    const one = scan.findings.find(
      (finding) => (finding.repository ?? null) === project && finding.check === check,
    );
    return { verdict: one?.verdict, message: one?.message ?? '' };
  };

  it.each([
    ['i-all', 'tags-immutable', 'pass'],
    ['i-emptypat', 'tags-immutable', 'pass'],
    ['i-norepo', 'tags-immutable', 'fail'],
    ['i-noscope', 'tags-immutable', 'fail'],
    ['i-off', 'tags-immutable', 'fail'],
    ['i-two', 'tags-immutable', 'fail'],
    ['y-ex-none', 'untagged-expire', 'unknown'],
    ['y-ex-none', 'retention-configured', 'pass'],
    ['y-ex-true', 'untagged-expire', 'pass'],
    ['r-kstr', 'retention-configured', 'pass'],
    ['r-kstr', 'retention-spares-production', 'pass'],
    ['r-manual', 'retention-configured', 'fail'],
    ['r-nokind', 'retention-configured', 'fail'],
    ['r-nosettings', 'retention-configured', 'fail'],
    ['r-norules', 'retention-configured', 'fail'],
    ['r-notags', 'retention-configured', 'fail'],
    ['r-notags', 'retention-spares-production', 'pass'],
    ['r-nosettings', 'retention-spares-production', 'pass'],
    ['i-all', 'retention-configured', 'fail'],
    ['i-all', 'untagged-expire', 'unknown'],
    ['b-one', 'push-scan-on', 'pass'],
    ['b-one', 'signing-configured', 'pass'],
    ['b-one', 'scan-gate-on', 'pass'],
    ['c-sev-empty', 'scan-gate-on', 'pass'],
    ['c-sev-unknown', 'scan-gate-on', 'pass'],
    ['c-sev-negligible', 'scan-gate-on', 'pass'],
    ['library', 'anonymous-pull-off', 'fail'],
  ])('%s %s: %s', (project, check, verdict) => {
    expect(found(project, check)).toMatchObject({ verdict });
  });

  it('a policy without a trigger copies nothing by itself, and blinds nothing', () => {
    expect(found('a-none', 'replicated').verdict).toBe('fail');
    expect(found('a-none', 'replicated').message).not.toContain('notrigger');
  });

  it('every severity that Harbor does not know lets no finding through', () => {
    expect(found('c-sev-empty', 'scan-gate-on').message).toContain('any finding');
  });

  it('the allow list of a project counts where it does not reuse that of the system', () => {
    expect(found('b-one', 'scan-gate-on').message).not.toContain('CVE-2025-9999');
    expect(found('g-reuse', 'scan-gate-on').message).toContain('CVE-2025-9999');
    expect(found('g-expired', 'scan-gate-on').message).not.toContain('CVE-2026-0001');
  });

  it('an address of a webhook without a scheme is called over http', () => {
    const { verdict, message } = found('w-hooks', 'webhooks-use-tls');
    expect(verdict).toBe('fail');
    expect(message).toContain('hooks.example.org');
  });

  it('members by role, robot accounts and the first account are those that can push and delete', () => {
    const push = found('e-roles', 'push-limited-to-ci').message;
    for (const name of ['admin', 'alice', 'bob', 'carol']) expect(push).toContain(name);
    for (const name of ['dave', 'eve']) expect(push).not.toContain(name);
    expect(found('e-roles', 'delete-limited').message).toContain('alice');
    expect(found('q-robots', 'push-limited-to-ci').verdict).toBe('fail');
  });

  it('says what leaves no record, and until when pulls were recorded', () => {
    expect(found(null, 'audit-log-on').message).toContain('immutability and retention rules');
    expect(found(null, 'pulls-logged').message).toMatch(/^pulls up to 2026-11-30T\S+ were/);
  });

  it('no secret of a webhook, a registry or the configuration is printed', () => {
    expect(JSON.stringify([scan.findings, scan.readings])).not.toMatch(/SEKRET|sekret/);
  });
});

test('a virgin instance has one administrator, whose password never expires', async () => {
  const scan = await scanRecorded(
    'administrator',
    instead({
      '/users': variant('users-of-a-virgin-instance'),
      '/projects': variant('projects-virgin'),
      '/robots': json(200, []),
    }),
  );
  const of = (check: string) => scan.findings.find((finding) => finding.check === check);
  expect(of('admin-user-off')?.verdict).toBe('fail');
  expect(of('admins-few')?.message).toContain('administrators: 1,');
  expect(of('tokens-expire')?.message).toContain('password admin never');
  expect(of('broad-tokens-off')?.message).toContain('password admin');
});

test.each([
  ['ldap', 'fail'],
  ['http', 'pass'],
  ['oidc', 'fail'],
])('people who sign in through %s: %s that the directory is verified', async (mode, verdict) => {
  const { findings } = await scanRecorded(
    'administrator',
    instead({
      '/systeminfo': variant(`systeminfo-${mode}`),
      '/configurations': variant(`configurations-${mode}`),
    }),
  );
  expect(findings.find(({ check }) => check === 'directory-verified')?.verdict).toBe(verdict);
});

describe('answers of status 200 that are none', () => {
  const answers: Readonly<Record<string, WireAnswer>> = {
    'no content': { status: 204, headers: {}, body: '' },
    null: { status: 200, headers: { 'content-type': 'application/json' }, body: 'null' },
    'an empty object': json(200, {}),
    'an error': json(200, { error: { code: 403 } }),
  };
  const paths = [
    '/systeminfo',
    '/configurations',
    '/users',
    '/users/1',
    '/robots',
    '/robots?project=87',
    '/registries',
    '/replication/policies',
    '/system/scanAll/schedule',
    '/system/purgeaudit/schedule',
    '/system/gc/schedule',
    '/system/gc',
    '/system/CVEAllowlist',
    '/auditlog-exts',
    '/projects',
    '/projects/20/members',
    '/projects/29/immutabletagrules',
    '/projects/98/artifacts',
    '/projects/87/scanner',
    '/projects/95/webhook/policies',
    '/retentions/36',
    '/projects/n-sign3/repositories/web/artifacts/sha256:594890913e8f414ebed29a5665bf930de3b2c0f07b38e9104f96983c79cd8961',
  ];
  const chosen = [
    'e-roles',
    'q-robots',
    'w-hooks',
    'i-all',
    'y-ex-true',
    'm-scan',
    'n-sign3',
    'g-reuse',
  ];
  const some = json(
    200,
    (instance['/projects'] as readonly { readonly name: string }[]).filter(({ name }) =>
      [...chosen, 'x-cache-http'].includes(name),
    ),
  );
  const collected = json(200, [
    {
      schedule: { type: 'Schedule' },
      job_status: 'Success',
      job_parameters: '{"delete_untagged":true,"dry_run":false}',
      creation_time: '2026-11-30T10:00:00.000Z',
    },
  ]);
  const usual = { '/projects': some, '/system/gc': collected };
  let before: ReadonlyMap<string, string>;
  beforeAll(async () => {
    before = verdictsOf(await scanRecorded('administrator', instead(usual)));
  }, 60_000);

  it.each(paths)(
    '%s: none of them makes anything a pass',
    async (path) => {
      for (const [name, answer] of Object.entries(answers)) {
        const scan = await scanRecorded(
          'administrator',
          instead({ ...usual, [path]: answer }),
          triedOnce,
        );
        const after = verdictsOf(scan);
        const better = [...after].filter(
          ([key, verdict]) => verdict === 'pass' && before.get(key) !== 'pass',
        );
        expect({ name, better }).toEqual({ name, better: [] });
        const less = [...after].filter(
          ([key, verdict]) => verdict === 'unknown' && before.get(key) !== 'unknown',
        );
        expect({ name, less: less.length > 0 }).toEqual({ name, less: true });
      }
    },
    120_000,
  );

  it('200 with a length of 0 is how Harbor says that no schedule was ever set', async () => {
    const { findings } = await scanRecorded(
      'administrator',
      instead({ '/system/purgeaudit/schedule': variant('purge-schedule-unset') }),
    );
    const kept = findings.find(({ check }) => check === 'audit-log-kept');
    expect(kept?.message).toContain('indefinitely');
  });
});

describe('immutability, held to what a second push could move', () => {
  const rule = (decoration: string, pattern: string) => ({
    action: 'immutable',
    tag_selectors: [{ kind: 'doublestar', decoration, pattern }],
    scope_selectors: {
      repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }],
    },
  });
  it.each([
    ['i-all', rule('matches', '**')],
    ['i-star', rule('matches', '*')],
    ['i-v', rule('matches', 'v*')],
    ['i-braces', rule('matches', '{v*,release-*}')],
    ['i-braceall', rule('matches', '{v*,**}')],
    ['i-question', rule('matches', 'v?')],
    ['i-klass', rule('matches', 'v[0-9]*')],
    ['i-excl', rule('excludes', 'dev*')],
    ['i-exclall', rule('excludes', '**')],
    ['i-spaced', rule('matches', ' ** ')],
    ['i-emptypat', rule('matches', '')],
    ['i-comma', rule('matches', 'v*,release-*')],
    ['i-neg', rule('matches', '!dev')],
    ['i-upper', rule('matches', 'V*')],
    ['i-emptybrace', rule('matches', '{}')],
    ['i-nested', rule('matches', '{a,{b,**}}')],
  ])('%s locks no tag that can be moved', (name, one) => {
    const lock = tagLock(immutable([one]));
    const measured = immutability[name];
    if (measured === undefined) throw new Error(`nothing was measured of ${name}`);
    const wrongly = Object.entries(measured).filter(
      ([tag, state]) => state === 'moves' && movableTags(lock, [tag]).length === 0,
    );
    expect(wrongly).toEqual([]);
    // What wildcards can say is said exactly.
    if (!['i-question', 'i-klass'].includes(name)) {
      const missed = Object.entries(measured).filter(
        ([tag, state]) => state === 'locked' && movableTags(lock, [tag]).length > 0,
      );
      expect(missed).toEqual([]);
    }
  });

  it.each(['{**}', '**/*', '**', ''])('repositories %s are all of them', (pattern) => {
    const one = rule('matches', '**');
    const scope_selectors = {
      repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern }],
    };
    expect(tagLock(immutable([{ ...one, scope_selectors }]))).toEqual({ mode: 'all' });
  });
});
