import { describe, expect, it, test } from 'vitest';
import {
  opensEverything,
  projectCoverage,
  tagWildcards,
} from '../../src/providers/harbor/decode/glob.ts';
import { immutable, tagLock } from '../../src/providers/harbor/decode/immutability.ts';
import { release } from '../../src/providers/harbor/decode/instance.ts';
import { type KeepRule, keepRules } from '../../src/providers/harbor/decode/retention.ts';
import { everyMonth, purgedAfter, schedule } from '../../src/providers/harbor/decode/schedule.ts';
import { directoryOf } from '../../src/providers/harbor/facts/directory.ts';
import { supportOf } from '../../src/providers/harbor/facts/releases.ts';
import { retentionOf } from '../../src/providers/harbor/facts/retention.ts';
import { retention as policy } from '../support/harbor/law-scenes.ts';

test.each([
  ['**', ['*']],
  ['v*', ['v*']],
  ['v**', ['v*']],
  ['{v*,release-*}', ['v*', 'release-*']],
  ['{a,b}-{c,d}', ['a-c', 'a-d', 'b-c', 'b-d']],
  ['{}', ['']],
  ['v?', null],
  ['[a-z]*', null],
  ['a\\*', null],
  ['{a,{b,c}}', ['a', 'b', 'c']],
  ['', ['*']],
  ['{a', null],
  ['a}', null],
  [`${'{a,b}'.repeat(30)}`, null],
])('the glob %s for tags is %j', (glob, wildcards) => {
  expect(tagWildcards(glob)).toEqual(wildcards);
});

test.each([
  ['**', 'shop', 'all'],
  ['shop/**', 'shop', 'all'],
  ['{shop,payments}/**', 'shop', 'all'],
  ['sh*/**', 'shop', 'all'],
  ['*/**', 'shop', 'all'],
  ['payments/**', 'shop', 'none'],
  ['shop', 'shop', 'none'],
  ['shopping/**', 'shop', 'none'],
  ['shop/web', 'shop', 'unclear'],
  ['shop/*', 'shop', 'unclear'],
  ['{shop/web,shop/**}', 'shop', 'all'],
  ['sh**/**', 'shop', 'unclear'],
  ['[a-z]hop/**', 'shop', 'unclear'],
])('a policy for %s copies of the project %s: %s', (glob, project, coverage) => {
  expect(projectCoverage(glob, project)).toBe(coverage);
});

test.each([
  ['**', true],
  ['*/**', true],
  ['{library/**,**}', true],
  ['[a-z]*/**', true],
  ['?*', true],
  ['library/**', false],
  ['{library,bitnami}/**', false],
  ['library/[a-m]*', false],
])('the filter %s of a cache opens everything: %s', (glob, everything) => {
  expect(opensEverything(glob)).toBe(everything);
});

describe('immutability rules', () => {
  const repositoryDefaults = [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }];
  const rule = (decoration: string, pattern: string) => ({
    action: 'immutable',
    tag_selectors: [{ kind: 'doublestar', decoration, pattern }],
    scope_selectors: { repository: repositoryDefaults },
  });
  it.each([
    ['none', [], { mode: 'none' }],
    ['all tags', [rule('matches', '**')], { mode: 'all' }],
    ['some tags', [rule('matches', '{v*,r*}')], { mode: 'only', patterns: ['v*', 'r*'] }],
    ['all but some', [rule('excludes', 'pr-*')], { mode: 'all-except', patterns: ['pr-*'] }],
    [
      'two that leave out different tags, which each other lock',
      [rule('excludes', 'pr-*'), rule('excludes', 'dev-*')],
      { mode: 'all' },
    ],
    [
      'two that leave out some tags in common',
      [rule('excludes', 'pr-*'), rule('excludes', 'pr-1*')],
      { mode: 'all-except', patterns: ['pr-1*'] },
    ],
    ['one that leaves out everything', [rule('excludes', '**')], { mode: 'none' }],
    [
      'classes, which only stand for themselves',
      [rule('matches', 'v[0-9]*')],
      { mode: 'only', patterns: ['v[0-9]*'] },
    ],
    [
      'all but what a class names, and perhaps more',
      [rule('excludes', 'v[0-9]?')],
      { mode: 'all-except', patterns: ['v*'] },
    ],
  ])('%s', (_, rules, lock) => {
    expect(tagLock(immutable(rules))).toEqual(lock);
  });
});

describe('what is kept becomes what is removed', () => {
  const keep = (more: Partial<KeepRule>): KeepRule => ({
    name: 'rule 1',
    tags: 'matches',
    patterns: ['*'],
    untagged: true,
    keeps: { mode: 'newest', images: 10 },
    byPull: false,
    ...more,
  });
  const none = immutable([]);
  const removed = (...rules: KeepRule[]) => {
    const found = retentionOf(rules, none, false);
    return found.mode === 'rules' ? found.rules : [];
  };

  it('no rules remove nothing', () => {
    expect(retentionOf([], none, false)).toEqual({ mode: 'none' });
  });

  it('a limit for all removes what is beyond it, tagged or not', () => {
    expect(removed(keep({}))).toMatchObject([
      { selects: 'tagged', patterns: [], removes: true, keeps: { images: 10 } },
      { selects: 'untagged', removes: true, keeps: { images: 10 } },
    ]);
  });

  it('a rule for some tags lets all others go at once', () => {
    const [own, rest, untagged] = removed(keep({ patterns: ['v*'], untagged: false }));
    expect(own).toMatchObject({ patterns: ['v*'], keeps: { images: 10 } });
    expect(rest).toMatchObject({ patterns: [], spares: ['v*', 'sha256-*'], keeps: { days: 0 } });
    expect(untagged).toMatchObject({ selects: 'untagged', keeps: { days: 0 } });
  });

  it('a rule that leaves tags out lets those go at once', () => {
    const [own, rest] = removed(keep({ tags: 'excludes', patterns: ['pr-*'], untagged: false }));
    expect(own).toMatchObject({ patterns: [], keeps: { images: 10 } });
    expect(rest).toMatchObject({ patterns: ['pr-*'], keeps: { days: 0 } });
  });

  it('of two limits for the same images the longer one counts, and one never reached beats all', () => {
    const longer = keep({ name: 'rule 2', keeps: { mode: 'newest', images: 50 } });
    expect(removed(keep({}), longer)[0]).toMatchObject({ keeps: { images: 50 } });
    const endless = keep({ name: 'rule 3', keeps: { mode: 'days', days: 36_500, since: 'push' } });
    for (const rule of removed(keep({}), endless))
      expect(rule.keeps).toMatchObject({ days: 36_500 });
  });

  it('what is always kept is removed by nothing', () => {
    const always = keep({ name: 'rule 2', keeps: 'everything' });
    expect(removed(keep({}), always)).toMatchObject([{ removes: false }]);
  });

  it('a lock spares its tags', () => {
    const of = (lock: Partial<Parameters<typeof retentionOf>[1]>) => {
      const found = retentionOf([keep({})], { ...none, ...lock }, false);
      return found.mode === 'rules' ? found.rules[0] : undefined;
    };
    expect(of({ only: ['*'] })).toMatchObject({ removes: false });
    expect(of({ only: ['v*'] })).toMatchObject({
      removes: true,
      spares: ['v*', 'sha256-*'],
    });
    expect(of({ open: [['pr-*']] })).toMatchObject({ patterns: ['pr-*'] });
  });

  it('a policy without a schedule keeps no rules, and neither do disabled ones', () => {
    expect(keepRules(policy, 1)).toHaveLength(1);
    const byHand = { ...policy, trigger: { kind: 'Schedule', settings: { cron: '' } } };
    expect(keepRules(byHand, 1)).toEqual([]);
    const disabled = {
      ...policy,
      rules: policy.rules.map((rule) => ({ ...rule, disabled: true })),
    };
    expect(keepRules(disabled, 1)).toEqual([]);
  });
});

describe('schedules', () => {
  const at = (type: string, cron: string) => schedule({ schedule: { type, cron } });
  it.each([
    ['Daily', '0 0 0 * * *', true],
    ['Custom', '0 0 3 1 * *', true],
    ['Custom', '0 0 3 1 1 *', false],
    ['Custom', '0 0 3', false],
  ])('%s %s is every month: %s', (type, cron, monthly) => {
    const set = at(type, cron);
    expect(set !== null && everyMonth(set)).toBe(monthly);
  });

  it('None, Manual and an empty body are no schedule', () => {
    expect([at('None', ''), at('Manual', ''), schedule(null)]).toEqual([null, null, null]);
  });

  it.each([
    [{ audit_retention_hour: 48 }, 48],
    [{ audit_retention_hour: 48, dry_run: true }, null],
    [{ audit_retention_hour: -1 }, null],
    [{ audit_retention_hour: 0 }, null],
  ])('a purge with %j removes after %s hours', (parameters, hours) => {
    const job_parameters = JSON.stringify(parameters);
    const set = schedule({ schedule: { type: 'Daily', cron: '0 0 0 * * *' }, job_parameters });
    expect(purgedAfter(set)).toBe(hours);
  });
});

describe('directories', () => {
  const items = (values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
  it.each([
    [
      'ldaps, verified',
      { ldap_url: 'ldaps://ldap.example.org', ldap_verify_cert: true },
      'verified',
    ],
    [
      'port 636, verified',
      { ldap_url: 'ldap://ldap.example.org:636', ldap_verify_cert: true },
      'verified',
    ],
    [
      'ldaps, not verified',
      { ldap_url: 'ldaps://ldap.example.org', ldap_verify_cert: false },
      'unverified',
    ],
    ['plain', { ldap_url: 'ldap://ldap.example.org', ldap_verify_cert: true }, 'unverified'],
    ['no scheme', { ldap_url: 'ldap.example.org', ldap_verify_cert: true }, 'unverified'],
  ])('LDAP: %s', (_, values, mode) => {
    expect(directoryOf('ldap_auth', items(values)).mode).toBe(mode);
  });

  it.each([
    ['uaa_auth', { uaa_endpoint: 'https://uaa.example.org', uaa_verify_cert: true }, 'verified'],
    ['uaa_auth', { uaa_endpoint: 'https://uaa.example.org', uaa_verify_cert: false }, 'unverified'],
    [
      'oidc_auth',
      { oidc_endpoint: 'http://login.example.org', oidc_verify_cert: true },
      'unverified',
    ],
    [
      'http_auth',
      {
        http_authproxy_endpoint: 'https://proxy.example.org',
        http_authproxy_tokenreview_endpoint: 'http://review.example.org',
        http_authproxy_verify_cert: true,
      },
      'unverified',
    ],
  ] as const)('%s %j is %s', (mode, values, expected) => {
    expect(directoryOf(mode, items(values)).mode).toBe(expected);
  });
});

describe('releases', () => {
  it.each([
    ['v2.15.2-1a2b3c4d', '2.15.2', 15],
    ['v2.9.0-rc1-1a2b3c4d', '2.9.0', 9],
    ['2.13.1', '2.13.1', 13],
    ['v1.10.18-1a2b3c4d', '1.10.18', 0],
  ])('%s is %s', (harbor_version, version, minor) => {
    expect(release({ harbor_version })).toEqual({ version, minor });
  });

  it.each([
    [9, '2026-11-02T09:00:00Z', 'ended'],
    [15, '2026-11-02T09:00:00Z', 'supported'],
    [13, '2026-11-02T09:00:00Z', 'supported'],
  ])('2.%i in %s is %s', (minor, now, mode) => {
    expect(supportOf(minor, now).mode).toBe(mode);
  });

  it.each([
    [12, '2026-11-02T09:00:00Z'],
    [13, '2027-01-02T09:00:00Z'],
    [15, '2028-01-02T09:00:00Z'],
    [40, '2026-11-02T09:00:00Z'],
  ])('of 2.%i in %s nothing is said', (minor, now) => {
    expect(() => supportOf(minor, now)).toThrow('cannot be told');
  });
});
