import { expect, test } from 'vitest';
import { defineCheck, fail, pass } from '../../src/engine/check.ts';
import { evaluateLines } from '../../src/engine/scan.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';
import type { AnyFact } from '../../src/model/fact.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';

const common = {
  severity: 'high',
  title: 'A',
  why: 'B',
  checklist: [],
  topics: [],
  references: ['https://example.org'],
} as const;
const locked = defineCheck({
  ...common,
  id: 'locked',
  subject: 'repository',
  needs: ['tagLock'],
  judge: ({ tagLock }) => (tagLock.mode === 'all' ? pass('locked') : fail('open')),
});
const hooked = defineCheck({
  ...common,
  id: 'hooked',
  subject: 'repository',
  needs: ['webhooks'],
  judge: ({ webhooks }) => (webhooks.length === 0 ? pass('none') : fail('some')),
});
const enforced = defineCheck({
  ...common,
  id: 'enforced',
  subject: 'registry',
  needs: ['settingsInForce'],
  judge: ({ settingsInForce }) => {
    if (settingsInForce.mode === 'no') throw new Error('cannot judge');
    return pass('in force');
  },
});

const from = { operation: 'Get', field: 'f' };
const known = (value: unknown): AnyFact => ({ state: 'known', value, from });
const denied: AnyFact = {
  state: 'unknown',
  why: 'denied',
  from: { operation: 'List', permission: 'x:List' },
};
const none: AnyFact = { state: 'unsupported', note: 'has no webhooks' };
const registry = (facts: Record<string, AnyFact> = {}): SnapshotLine => ({
  kind: 'registry',
  registry: 'x://1',
  provider: 'x',
  unreachable: null,
  takenAt: '2026-01-01T00:00:00.000Z',
  facts,
  repositoryDefaults: { webhooks: none },
});
const repository = (name: string, facts: Record<string, AnyFact>): SnapshotLine => ({
  kind: 'repository',
  registry: 'x://1',
  name,
  facts,
});
const end = (listing: unknown): SnapshotLine =>
  ({ kind: 'end', registry: 'x://1', listing, calls: 7 }) as SnapshotLine;
const whole = (repositories: number) => known({ repositories, others: 0 });

async function scan(
  readings: readonly SnapshotLine[],
  wants: (verdict: string) => boolean = () => true,
) {
  const findings: FindingWithoutFingerprint[] = [];
  const crashes: string[] = [];
  const summary = await evaluateLines(readings, {
    checks: [locked, hooked, enforced],
    expected: nothingDeclared,
    derivations: [],
    onCrash: (check) => crashes.push(check),
    sink: { wants, add: (finding) => findings.push(finding) },
  });
  const short = findings.map(({ check, subject, verdict }) => `${check} ${subject} ${verdict}`);
  return { summary, findings, crashes, short };
}

test('each subject is judged by its checks', async () => {
  const { short, summary, findings } = await scan([
    registry({ settingsInForce: known({ mode: 'yes' }) }),
    repository('a', { tagLock: known({ mode: 'all' }), webhooks: none }),
    repository('b', { tagLock: known({ mode: 'none' }), webhooks: none }),
    end(whole(2)),
  ]);
  expect(short).toEqual([
    'enforced x://1 pass',
    'locked x://1/a pass',
    'hooked x://1/a not-applicable',
    'locked x://1/b fail',
    'hooked x://1/b not-applicable',
  ]);
  expect(summary.registries[0]).toMatchObject({
    judged: 2,
    calls: 7,
    verdicts: { pass: 2, fail: 1, 'not-applicable': 2 },
  });
  expect(findings[3]).toMatchObject({
    message: 'open',
    repository: 'b',
    evidence: [{ fact: 'tagLock', operation: 'Get', field: 'f', value: { mode: 'none' } }],
  });
});

test('a list that was denied is one unknown for each repository check, but not for what can never apply', async () => {
  const { short } = await scan([
    registry({ settingsInForce: known({ mode: 'yes' }) }),
    end(denied),
  ]);
  expect(short).toEqual([
    'enforced x://1 pass',
    'locked x://1 unknown',
    'hooked x://1 not-applicable',
  ]);
});

test('a list that broke off is unknown beside what was judged before', async () => {
  const { short } = await scan([
    registry(),
    repository('a', { tagLock: known({ mode: 'all' }), webhooks: none }),
    end(denied),
  ]);
  expect(short).toContain('locked x://1/a pass');
  expect(short).toContain('locked x://1 unknown');
});

test('an empty registry is not applicable once, never a pass', async () => {
  const { short } = await scan([
    registry({ settingsInForce: known({ mode: 'yes' }) }),
    end(whole(0)),
  ]);
  expect(short).toEqual([
    'enforced x://1 pass',
    'locked x://1 not-applicable',
    'hooked x://1 not-applicable',
  ]);
});

test('readings that stop before the end leave the list unknown', async () => {
  const { short, summary } = await scan([
    registry(),
    repository('a', { tagLock: known({ mode: 'all' }), webhooks: none }),
  ]);
  expect(short).toContain('locked x://1 unknown');
  expect(summary.registries[0]?.listing).toMatchObject({ state: 'unknown', why: 'not-collected' });
});

test('an unreachable registry is unknown throughout, with its reason', async () => {
  const reason = {
    state: 'unknown',
    why: 'unreachable',
    from: { operation: 'SignIn', detail: 'no route' },
  } as const;
  const { short, findings } = await scan([
    { ...registry(), unreachable: reason } as SnapshotLine,
    end(reason),
  ]);
  expect(short).toEqual([
    'enforced x://1 unknown',
    'locked x://1 unknown',
    'hooked x://1 not-applicable',
  ]);
  expect(findings[0]?.blocked).toEqual([
    {
      cure: null,
      input: null,
      fact: 'settingsInForce',
      why: 'unreachable',
      operation: 'SignIn',
      permission: null,
      detail: 'no route',
    },
  ]);
});

test('a judgment that throws is unknown, heard of, and does not stop the rest', async () => {
  const { short, crashes, findings } = await scan([
    registry({ settingsInForce: known({ mode: 'no', stored: 's' }) }),
    repository('a', { tagLock: known({ mode: 'all' }), webhooks: none }),
    end(whole(1)),
  ]);
  expect(short.slice(0, 2)).toEqual(['enforced x://1 unknown', 'locked x://1/a pass']);
  expect(findings[0]?.blocked[0]?.why).toBe('crashed');
  expect(crashes).toEqual(['enforced']);
});

test('what the sink does not want is still counted', async () => {
  const { findings, summary } = await scan(
    [
      registry(),
      repository('a', { tagLock: known({ mode: 'all' }), webhooks: none }),
      end(whole(1)),
    ],
    (verdict) => verdict === 'fail',
  );
  expect(findings).toEqual([]);
  expect(summary.checks.get('locked')).toMatchObject({
    pass: 1,
    fail: 0,
    unknown: 0,
    'not-applicable': 0,
  });
});

test('two registries may be interleaved', async () => {
  const other = (reading: SnapshotLine): SnapshotLine => ({ ...reading, registry: 'x://2' });
  const { short } = await scan([
    registry(),
    other(registry()),
    other(repository('b', { tagLock: known({ mode: 'none' }), webhooks: none })),
    repository('a', { tagLock: known({ mode: 'all' }), webhooks: none }),
    end(whole(1)),
    other(end(whole(1))),
  ]);
  expect(short).toContain('locked x://1/a pass');
  expect(short).toContain('locked x://2/b fail');
});

test('a long list in evidence is shortened, and says so', async () => {
  const hooks = Array.from({ length: 30 }, (_, index) => ({
    host: `h${index}`,
    transport: 'verified-tls',
  }));
  const { findings } = await scan([
    registry(),
    repository('a', { tagLock: known({ mode: 'all' }), webhooks: known(hooks) }),
    end(whole(1)),
  ]);
  const value = findings.find(({ check, repository: name }) => check === 'hooked' && name === 'a')
    ?.evidence[0]?.value;
  expect(value).toHaveLength(21);
  expect((value as unknown[]).at(-1)).toBe('and 10 more');
});

test('the policy decides which checks run where, and what it exempts is counted apart', async () => {
  const kinds = { a: 'waiver', b: null, c: 'accepted' } as const;
  const labelled: string[] = [];
  const summary = await evaluateLines(
    [
      registry(),
      repository('a', { tagLock: known({ mode: 'none' }), webhooks: known(['x']) }),
      repository('b', { tagLock: known({ mode: 'none' }), webhooks: known(['x']) }),
      repository('c', { tagLock: denied, webhooks: known([]) }),
      end(whole(3)),
    ],
    {
      checks: [locked, hooked],
      expected: nothingDeclared,
      derivations: [],
      onCrash: () => undefined,
      sink: { wants: () => false, add: () => undefined },
      policy: {
        runs: (check, _, name) => check !== 'hooked' || name === 'b',
        label(finding, verdict, { now }) {
          labelled.push(`${finding.check} ${finding.repository} ${verdict.verdict} ${now}`);
          const kind = kinds[finding.repository as 'a' | 'b' | 'c'];
          const exception = { reason: '', owner: null, until: '', ticket: null };
          const suppression = kind === null ? null : { kind, ...exception };
          return { ...finding, severity: finding.check === 'hooked' ? 'low' : 'high', suppression };
        },
      },
    },
  );
  const counted = { fail: 2, unknown: 1, waived: 1, accepted: 1, baselined: 0 };
  expect(summary.checks.get('locked')).toMatchObject(counted);
  expect(summary.checks.get('hooked')).toMatchObject({ fail: 1, unknown: 0, pass: 0 });
  expect(summary.registries[0]?.verdicts).toMatchObject({ fail: 3, waived: 1, accepted: 1 });
  expect(summary.active).toMatchObject({
    high: { fail: 1, unknown: 0 },
    low: { fail: 1, unknown: 0 },
  });
  expect(labelled).toEqual([
    'locked a fail 2026-01-01T00:00:00.000Z',
    'locked b fail 2026-01-01T00:00:00.000Z',
    'hooked b fail 2026-01-01T00:00:00.000Z',
    'locked c unknown 2026-01-01T00:00:00.000Z',
  ]);
});
