import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fail, pass } from '../../src/engine/check.ts';
import type { BaselineEntry } from '../../src/model/baseline.ts';
import type { PlacedException } from '../../src/model/exception.ts';
import { type Expectations, nothingDeclared } from '../../src/model/expectations.ts';
import type {
  Blocked,
  Failed,
  Finding,
  FindingWithoutFingerprint,
  Verdict,
} from '../../src/model/finding.ts';
import { severities, verdicts } from '../../src/model/finding.ts';
import type { Identity } from '../../src/model/identity.ts';
import type { RegistryCounts } from '../../src/model/scan-summary.ts';
import type { Coverage } from '../../src/policy/baseline.ts';
import { exceptional } from '../../src/policy/check-rules.ts';
import { openPolicy, type PolicyOptions } from '../../src/policy/policy.ts';
import { denied, finding } from '../reporters/reports.ts';
import { fc } from '../support/search.ts';

const registry = 'ecr://123456789012/eu-west-1';
const day = (text: string) => `${text}T12:00:00.000Z`;

const judge = () => fail('it is not');
const noPerson = ({ pushers }: { readonly pushers: readonly Identity[] }) =>
  pushers.some(({ kind }) => kind === 'person') ? fail('people') : pass('nobody');
const expected = (now: string): Expectations => ({ ...nothingDeclared, now, repository: '' });
const open = (more: Partial<PolicyOptions> = {}) =>
  openPolicy({
    checks: [
      { id: 'c', needs: ['tagLock'], decidedBy: [], judge },
      { id: 'd', needs: ['recentSignatures'], decidedBy: [], judge },
      { id: 'e', needs: ['pushers'], decidedBy: ['pushers'], judge: noPerson },
    ],
    waivers: [],
    acceptUnknown: [],
    exceptional: null,
    baseline: null,
    adopts: false,
    now: '2026-01-01T00:00:00.000Z',
    hash: (text) => hash('sha256', text),
    ...more,
  });

const waiver = (more: Partial<PlacedException> = {}): PlacedException => ({
  check: 'c',
  registry,
  repository: 'team/app',
  reason: 'because',
  owner: 'me',
  expires: '2026-02-01',
  file: 'regaudit.yaml',
  line: 3,
  ...more,
});

const { repository: _repository, ...ofRegistry } = waiver();
const { registry: _registry, ...ofNoRegistry } = waiver();

const from = { operation: 'Describe' };
const failing = (value: unknown = { mode: 'none' }, fact = 'tagLock'): Failed => ({
  verdict: 'fail',
  says: 'it is not',
  evidence: [{ fact, value, from }],
});
const unknown: Verdict = { verdict: 'unknown', blocked: denied.blocked ?? [] };
const failed = (repository: string | null = 'team/app', more: Partial<Finding> = {}) =>
  finding({ registry, repository }, more);
const blind = (repository = 'team/app') => failed(repository, denied);

const severe = { critical: 0, high: 0, medium: 0, low: 0 };
const summary = (more: Partial<RegistryCounts> = {}): RegistryCounts => ({
  id: registry,
  provider: 'ecr',
  reachable: true,
  takenAt: day('2026-01-15'),
  judged: 2,
  ended: true,
  listing: { state: 'known', value: { repositories: 2, others: 0 }, from },
  listingAccepted: false,
  calls: 0,
  verdicts: {
    fail: 0,
    unknown: 0,
    pass: 0,
    'not-applicable': 0,
    waived: 0,
    baselined: 0,
    accepted: 0,
    byHand: 0,
  },
  ran: severe,
  decided: severe,
  coverage: new Map(),
  ...more,
});
const none = { fail: 0, unknown: 0, byHand: 0 };
const coverage = (
  registries: RegistryCounts[] = [summary()],
  more: Partial<Coverage> = {},
): Coverage => ({
  summary: {
    checks: new Map(),
    active: { critical: none, high: none, medium: none, low: none },
    registries,
  },
  checks: new Set(['c', 'd']),
  catalogue: new Set(['c', 'd', 'e']),
  filtered: false,
  wanted: () => true,
  ...more,
});
const kinds = (notices: readonly { kind: string }[]) => notices.map(({ kind }) => kind);

describe('a waiver, by a fixed clock', () => {
  const label = (now: string) =>
    open({ waivers: [waiver()] }).label(failed(), failing(), expected(now)).suppression;
  const waived = {
    kind: 'waiver',
    reason: 'because',
    owner: 'me',
    until: '2026-02-01',
    ticket: null,
  };

  test('holds before its last day', () => {
    expect(label(day('2026-01-15'))).toEqual(waived);
  });
  test('holds to the end of its last day', () => {
    expect(label('2026-02-01T23:59:59.999Z')).toEqual(waived);
  });
  test('counts days in UTC, wherever the reading was taken', () => {
    expect(label('2026-02-02T01:00:00+02:00')).toEqual(waived);
    expect(label('2026-02-01T23:00:00-02:00')).toBeNull();
  });
  test('is over the day after', () => {
    expect(label('2026-02-02T00:00:00.000Z')).toBeNull();
  });
  test('ends by the clock where the reading is older, and says so', () => {
    const policy = open({ waivers: [waiver()], now: day('2026-02-02') });
    const { suppression } = policy.label(failed(), failing(), expected(day('2026-01-15')));
    expect(suppression).toBeNull();
    expect(kinds(policy.close(coverage()).notices)).toContain('expired');
  });
  test('that is over is told with its place and its end', () => {
    const { notices } = open({ waivers: [waiver()] }).close(
      coverage([summary({ takenAt: day('2026-02-02') })]),
    );
    expect(notices).toEqual([
      {
        kind: 'expired',
        message: `the waiver of c for ${registry}/team/app expired on 2026-02-01`,
        where: 'regaudit.yaml:3',
        check: 'c',
        registry,
        repository: 'team/app',
      },
    ]);
  });
});

const others: Readonly<
  Record<string, readonly [PlacedException, FindingWithoutFingerprint, boolean]>
> = {
  'its own subject': [waiver(), failed(), true],
  'another repository': [waiver(), failed('team/web'), false],
  'another check': [waiver(), failed('team/app', { check: 'd' }), false],
  'checks by wildcard': [waiver({ check: '*' }), failed('team/app', { check: 'd' }), true],
  'repositories by wildcard': [waiver({ repository: 'team/*' }), failed('team/web'), true],
  'registries by wildcard': [waiver({ registry: 'ecr://*' }), failed(), true],
  'a wildcard of registries does not reach into names': [
    waiver({ registry: 'ecr://*', repository: 'app' }),
    failed(),
    false,
  ],
  'a subject cut elsewhere': [
    waiver({ registry: `${registry}/team`, repository: 'app' }),
    failed(),
    true,
  ],
  'a registry without repository: all of it': [ofRegistry, failed('x'), true],
  'a repository pattern is not the registry itself': [
    waiver({ registry: '*', repository: '*' }),
    failed(null),
    false,
  ],
  'the registry itself': [ofRegistry, failed(null), true],
};

describe('what a waiver covers', () => {
  test.each(Object.entries(others))('%s', (_, [given, about, covered]) => {
    const policy = open({ waivers: [given] });
    const { suppression } = policy.label(about, failing(), expected(day('2026-01-15')));
    expect(suppression?.kind).toBe(covered ? 'waiver' : undefined);
  });
});

test('whatever the policy says, a verdict stays, an unknown is never waived or in a baseline, and a failure is never accepted', () => {
  const pattern = fc.constantFrom('*', 'team/*', 'team/app', 'c', registry, 'ecr://*');
  const any = fc.record({ check: pattern, registry: pattern, repository: pattern });
  const marks = fc.constantFrom('0'.repeat(32));
  fc.assert(
    fc.property(
      fc.array(any),
      fc.array(any),
      marks,
      fc.constantFrom(...verdicts),
      fc.constantFrom(...severities),
      (waivers, accepted, evidence, word, severity) => {
        const policy = open({
          waivers: waivers.map((one) => waiver(one)),
          acceptUnknown: accepted.map((one) => waiver(one)),
          baseline: [{ check: 'c', registry, repository: 'team/app', verdict: 'fail', evidence }],
          hash: () => evidence,
        });
        const verdict = {
          verdict: word,
          says: '',
          evidence: [],
          blocked: [],
          notes: [],
        } as Verdict;
        const before = failed('team/app', { verdict: word, severity });
        const { suppression, ...after } = policy.label(
          before,
          verdict,
          expected(day('2026-01-15')),
        );
        const { suppression: _, ...same } = before;
        expect(after).toEqual(same);
        const allowed = {
          fail: [undefined, 'waiver', 'baseline'],
          unknown: [undefined, 'accepted'],
          pass: [undefined],
          'not-applicable': [undefined],
        };
        expect(allowed[word]).toContain(suppression?.kind);
      },
    ),
  );
});

describe('notices of exceptions', () => {
  const notices = (list: PlacedException[], about: Coverage = coverage()) =>
    kinds(open({ waivers: list }).close(about).notices);

  test('one that covered nothing is unused', () => {
    expect(notices([waiver()])).toEqual(['unused']);
  });
  test('one that was used is not', () => {
    const policy = open({ waivers: [waiver()] });
    policy.label(failed(), failing(), expected(day('2026-01-15')));
    expect(policy.close(coverage()).notices).toEqual([]);
  });
  test('one whose subject is unknown now is not', () => {
    const policy = open({ waivers: [waiver()] });
    policy.label(blind(), unknown, expected(day('2026-01-15')));
    expect(policy.close(coverage()).notices).toEqual([]);
  });
  test.each([
    ['of another registry', [summary({ id: 'ecr://1/x' })], {}],
    ['of a registry that was not reached', [summary({ reachable: false })], {}],
    [
      'of a registry whose list was cut',
      [summary({ listing: { state: 'unknown', why: 'denied', from } })],
      {},
    ],
    ['of a check that did not run', [summary()], { checks: new Set(['d']) }],
    ['of a repository not asked for', [summary()], { filtered: true, wanted: () => false }],
  ])('one %s is not called unused', (_, registries, more) => {
    expect(notices([waiver()], coverage(registries, more))).toEqual([]);
  });
  test.each([
    ['every check', waiver({ check: '*' })],
    ['everything', waiver({ registry: '*', repository: '*' })],
    ['no registry', ofNoRegistry],
  ])('one that names %s is over-broad', (_, given) => {
    expect(notices([given])).toContain('over-broad');
  });
  test('two that could cover the same overlap, and name each other', () => {
    const list = [waiver({ line: 3 }), waiver({ line: 9, repository: 'team/*' })];
    const found = open({ waivers: list }).close(coverage()).notices;
    const [overlapping] = found.filter(({ kind }) => kind === 'overlapping');
    expect(overlapping).toMatchObject({ where: 'regaudit.yaml:9' });
    expect(overlapping?.message).toContain('regaudit.yaml:3');
  });
  test('two of different checks or names do not', () => {
    const list = [waiver(), waiver({ check: 'd' }), waiver({ repository: 'team/web' })];
    expect(notices(list)).not.toContain('overlapping');
  });
  test('an accepted unknown has the same notices', () => {
    const policy = open({ acceptUnknown: [waiver(), waiver({ repository: 'team/web' })] });
    const { suppression } = policy.label(blind(), unknown, expected(day('2026-01-15')));
    expect(suppression?.kind).toBe('accepted');
    expect(kinds(policy.close(coverage()).notices)).toEqual(['unused']);
  });
});

describe('a baseline', () => {
  const adopt = (verdict: Verdict = failing(), about: FindingWithoutFingerprint = failed()) => {
    const policy = open({ adopts: true });
    policy.label(about, verdict, expected(day('2026-01-15')));
    return policy.close(coverage()).adopted;
  };
  const label = (baseline: readonly BaselineEntry[], verdict: Verdict, about = failed()) =>
    open({ baseline }).label(about, verdict, expected(day('2026-01-15'))).suppression?.kind ?? null;

  test('holds the failures that were there', () => {
    expect(label(adopt(), failing())).toBe('baseline');
  });
  test('does not go by the message', () => {
    expect(label(adopt(), { ...failing(), says: 'else' } as Verdict)).toBe('baseline');
  });
  test('a failure with other evidence is new', () => {
    expect(label(adopt(), failing({ mode: 'only', patterns: ['v*'] }))).toBeNull();
  });
  test('the order of a list and words of explanation are no other evidence', () => {
    const some = failing([{ name: 'a', why: 'old words' }, { name: 'b' }]);
    const same = failing([{ name: 'b' }, { why: 'new words', name: 'a' }]);
    expect(label(adopt(some), same)).toBe('baseline');
    expect(label(adopt(some), failing([{ name: 'a' }]))).toBeNull();
  });
  test('beyond what a report shows of a list, everything counts', () => {
    const many = Array.from({ length: 500 }, (_, index) => `role-${index}`);
    expect(label(adopt(failing(many)), failing(many))).toBe('baseline');
    expect(label(adopt(failing(many)), failing([...many, 'intruder']))).toBeNull();
  });
  test('an excuse that can no longer be read makes no failure new', () => {
    const excused = failing();
    const evidence = 'evidence' in excused ? excused.evidence : [];
    const more = {
      ...excused,
      evidence: [...evidence, { fact: 'contentOrigin', value: {}, from }],
    } as Verdict;
    expect(label(adopt(more), failing())).toBe('baseline');
  });
  test('newer images are no other evidence', () => {
    const about = failed('team/app', { check: 'd' });
    const images = (image: string) => failing([{ image, signedBy: [] }], 'recentSignatures');
    expect(label(adopt(images('a'), about), images('b'), about)).toBe('baseline');
  });
  test('holds neither unknowns nor what is waived', () => {
    const policy = open({ adopts: true, waivers: [waiver()] });
    policy.label(failed(), failing(), expected(day('2026-01-15')));
    policy.label(blind('team/web'), unknown, expected(day('2026-01-15')));
    expect(policy.close(coverage()).adopted).toEqual([]);
  });
  test('a failure that is waived and in the baseline is waived, and its entry stays', () => {
    const policy = open({ baseline: adopt(), waivers: [waiver()] });
    expect(policy.label(failed(), failing(), expected(day('2026-01-15'))).suppression?.kind).toBe(
      'waiver',
    );
    expect(policy.close(coverage()).notices).toEqual([]);
  });

  const person = (name: string): Identity => {
    return { kind: 'person', name, via: 'role', foreign: false, administrator: false };
  };
  const machine: Identity = { ...person('ci'), kind: 'workload' };
  const pushing = (names: readonly Identity[], missing?: Failed['missing']): Failed => ({
    ...failing(names, 'pushers'),
    ...(missing === undefined ? {} : { missing }),
  });
  const gap = (why: Blocked['why'], more: Partial<Blocked> = {}): Blocked => {
    return { ...denied.blocked?.[0], fact: 'pushers', why, operation: 'List', ...more } as Blocked;
  };
  const about = failed('team/app', { check: 'e' });

  test('holds a failure to the entries it names, whatever else is in the list or missing', () => {
    const baseline = adopt(pushing([person('alice'), machine]), about);
    expect(label(baseline, pushing([person('alice')]), about)).toBe('baseline');
    expect(label(baseline, pushing([person('alice')], [gap('denied')]), about)).toBe('baseline');
    expect(label(baseline, pushing([person('alice'), person('bob')]), about)).toBeNull();
  });

  test('takes no failure of which the rest may be known at the next try', () => {
    const adopted = (why: Blocked['why']) => {
      const missing = [gap(why)];
      return adopt(pushing([person('alice')], missing), { ...about, missing }).length;
    };
    expect(adopted('denied')).toBe(1);
    expect(adopted('throttled')).toBe(0);
    expect(adopted('unreachable')).toBe(0);
  });

  const doubt = (input: string | null): Verdict => {
    return { verdict: 'unknown', blocked: [gap('inconclusive', { input })] };
  };
  const doubtful = (input: string | null, more: readonly Blocked[] = []) =>
    failed('team/app', {
      check: 'e',
      verdict: 'unknown',
      blocked: [gap('inconclusive', { input }), ...more],
    });

  test('holds an inconclusive unknown to the input that was read', () => {
    const baseline = adopt(doubt('a'), doubtful('a'));
    expect(baseline).toMatchObject([{ check: 'e', verdict: 'unknown' }]);
    expect(label(baseline, doubt('a'), doubtful('a'))).toBe('baseline');
    expect(label(baseline, doubt('b'), doubtful('b'))).toBeNull();
    expect(label(baseline, pushing([person('alice')]), about)).toBeNull();
  });

  test('takes no unknown for another reason, and none of which no input is told', () => {
    expect(adopt(doubt(null), doubtful(null))).toEqual([]);
    const denial = [gap('denied')];
    expect(adopt({ verdict: 'unknown', blocked: denial }, doubtful('a', denial))).toEqual([]);
  });

  const entry: BaselineEntry = {
    check: 'c',
    registry,
    repository: 'team/app',
    verdict: 'fail',
    evidence: '0'.repeat(32),
  };
  const fates: Readonly<
    Record<string, readonly [Partial<BaselineEntry>, Coverage, 'judged' | null, string[]]>
  > = {
    'does not fail any more': [{}, coverage(), 'judged', ['fixed']],
    'its repository is gone': [{}, coverage(), null, ['vanished']],
    'its check is gone': [{ check: 'gone' }, coverage(), null, ['vanished']],
    'its registry was not scanned': [{ registry: 'ecr://1/x' }, coverage(), null, ['not-scanned']],
    'its check exists and did not run': [{ check: 'e' }, coverage(), null, ['not-scanned']],
    'it was not asked for': [
      {},
      coverage([summary()], { filtered: true, wanted: () => false }),
      null,
      ['not-scanned'],
    ],
    'the list of repositories was cut': [
      {},
      coverage([summary({ listing: { state: 'unknown', why: 'denied', from } })]),
      null,
      ['unknown-now'],
    ],
  };
  test.each(Object.entries(fates))(
    'an entry that was not met: %s',
    (_, [more, about, met, told]) => {
      const policy = open({ baseline: [{ ...entry, ...more }], adopts: true });
      if (met === 'judged') policy.runs('c', registry, 'team/app');
      const { notices, adopted } = policy.close(about);
      expect(kinds(notices)).toEqual(told);
      const stays = told.includes('unknown-now') || told.includes('not-scanned');
      expect(adopted).toEqual(stays ? [{ ...entry, ...more }] : []);
    },
  );
  test('an entry that is unknown now is told so and stays', () => {
    const policy = open({ baseline: [entry], adopts: true });
    policy.runs('c', registry, 'team/app');
    expect(
      policy.label(blind(), unknown, expected(day('2026-01-15'))).suppression?.kind,
    ).toBeUndefined();
    const { notices, adopted } = policy.close(coverage());
    expect(kinds(notices)).toEqual(['unknown-now']);
    expect(adopted).toEqual([entry]);
  });
  test('an entry whose evidence changed is replaced, not gone', () => {
    const policy = open({ baseline: [entry], adopts: true });
    policy.label(failed(), failing(), expected(day('2026-01-15')));
    const { notices, adopted } = policy.close(coverage());
    expect(notices).toEqual([]);
    expect(adopted).toHaveLength(1);
    expect(adopted[0]?.evidence).not.toBe(entry.evidence);
  });
});

describe('a check set by place', () => {
  const rules = exceptional(
    {
      c: {
        where: [
          { repository: 'sandbox/*', set: 'off' },
          { repository: 'sandbox/kept', set: 'on' },
          { registry: 'ecr://*', repository: 'core/*', set: 'critical' },
        ],
      },
      d: { set: 'off', where: [{ repository: 'core/*', set: 'low' }] },
    },
    (check) => check === 'c',
  );
  const policy = open({ exceptional: rules });

  test.each([
    ['c', 'sandbox/x', false],
    ['c', 'sandbox/kept', true],
    ['c', 'core/x', true],
    ['c', 'other', true],
    ['d', 'other', false],
    ['d', 'core/x', true],
    ['e', 'sandbox/x', true],
  ])('%s at %s runs: %s', (check, repository, runs) => {
    expect(policy.runs(check, registry, repository)).toBe(runs);
  });
  test('has the severity of the last rule that fits, whatever its verdict', () => {
    const at = (repository: string, check = 'c', verdict: Verdict = failing()) =>
      policy.label(failed(repository, { check }), verdict, expected(day('2026-01-15'))).severity;
    expect([at('core/x'), at('other'), at('core/x', 'd')]).toEqual(['critical', 'high', 'low']);
    expect(at('core/x', 'c', { ...failing(), verdict: 'pass' } as Verdict)).toBe('critical');
  });
  test('tells for how many subjects it was off', () => {
    const { notices } = policy.close(coverage());
    expect(notices.map(({ kind, check }) => [kind, check])).toEqual([
      ['switched-off', 'c'],
      ['switched-off', 'd'],
    ]);
    expect(notices[0]?.message).toContain('one subject');
  });
  test('without exceptions there is nothing to ask', () => {
    expect(exceptional({ c: 'off', d: { set: 'low' } }, () => true)).toBeNull();
  });
});
