import { describe, expect, test } from 'vitest';
import { type AnyCheck, defineCheck, fail, pass } from '../../src/engine/check.ts';
import { count, countOutcome, noneActive, noVerdicts } from '../../src/engine/counts.ts';
import { decisive } from '../../src/engine/decisive.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { type Expectations, nothingDeclared } from '../../src/model/expectations.ts';
import type { AnyFact } from '../../src/model/fact.ts';
import type { CheckOutcome } from '../../src/model/scan-summary.ts';
import { notExposed } from '../../src/providers/contract.ts';
import { byHand, finding } from '../reporters/reports.ts';

const expected: Expectations = { ...nothingDeclared, now: '2026-01-01T00:00:00Z', repository: '' };
const common = {
  severity: 'high',
  title: 'A',
  why: 'B',
  checklist: [],
  topics: [],
  references: ['https://example.org'],
  subject: 'repository',
} as const;
const gate = defineCheck({
  ...common,
  id: 'gate',
  needs: ['signatureGate'],
  judge: ({ signatureGate }) =>
    signatureGate.mode === 'verifies' ? pass('verified') : fail('not verified'),
});
const both = defineCheck({
  ...common,
  id: 'both',
  needs: ['signatureGate', 'scanGate'],
  judge: ({ scanGate }) => (scanGate.mode === 'blocks' ? pass('blocked') : fail('not blocked')),
});

const from = { operation: 'Get' };
const ceiling = { note: 'it only looks', step: 'look at the cluster' };
const known = (value: unknown, more: object = {}): AnyFact => {
  return { state: 'known', value, from, ...more };
};
const judged = (check: AnyCheck, facts: Readonly<Record<string, AnyFact>>) =>
  evaluate(check, facts, expected);

describe('the best that a vendor can do', () => {
  const best = known({ mode: 'existence-only' }, { ceiling });

  test('is not applicable where it fails, with note and step', () => {
    expect(judged(gate, { signatureGate: best })).toEqual({
      verdict: 'not-applicable',
      notes: [ceiling.note],
      byHand: [{ fact: 'signatureGate', ...ceiling, page: null }],
    });
  });

  test('fails where the value is another one, and passes where the check does', () => {
    expect(judged(gate, { signatureGate: known({ mode: 'none' }) })).toMatchObject({
      verdict: 'fail',
    });
    const verifies = known({ mode: 'verifies', identity: 'ci' }, { ceiling });
    expect(judged(gate, { signatureGate: verifies })).toMatchObject({ verdict: 'pass' });
  });

  test('excuses no other fact of the check', () => {
    const facts = { signatureGate: best, scanGate: known({ mode: 'none' }) };
    expect(judged(both, facts)).toMatchObject({ verdict: 'fail' });
  });
});

describe('what no API tells', () => {
  const hidden = notExposed('no API tells', 'https://example.org/', 'look there');
  const denied: AnyFact = { state: 'unknown', why: 'denied', from };
  const never: AnyFact = { state: 'unsupported', note: 'there is none' };

  test('is to be checked by hand only where nothing else is unknown', () => {
    const facts = { signatureGate: hidden, scanGate: known({ mode: 'none' }) };
    expect(judged(both, facts)).toMatchObject({
      verdict: 'unknown',
      byHand: [{ step: 'look there' }],
    });
    const verdict = judged(both, { signatureGate: hidden, scanGate: denied });
    expect(verdict).toMatchObject({ blocked: [{ why: 'denied' }, { why: 'not-exposed' }] });
    expect(verdict).not.toHaveProperty('byHand');
  });

  test('and what is denied give way to what the platform cannot have', () => {
    for (const fact of [hidden, denied]) {
      expect(judged(both, { signatureGate: fact, scanGate: never })).toEqual({
        verdict: 'not-applicable',
        notes: ['there is none'],
      });
    }
  });
});

describe('the counts of the gate', () => {
  const place = { registry: 'ecr://1/x', repository: 'app' };
  const gap = { ...byHand.blocked?.[0], why: 'denied' } as const;
  const counted = (changes: Parameters<typeof finding>[1]) => {
    const one = finding(place, changes);
    const active = noneActive();
    count(one.verdict, one, [noVerdicts()], active);
    return active.high;
  };
  const suppressed = { suppression: { kind: 'baseline' } } as const;

  test('a suppressed fail on a part counts what is missing as unknown', () => {
    const missing = [gap as NonNullable<typeof byHand.blocked>[number]];
    expect(counted({ ...suppressed, missing })).toEqual({ fail: 0, unknown: 1, byHand: 0 });
    expect(counted({ missing })).toEqual({ fail: 1, unknown: 0, byHand: 0 });
    expect(counted(suppressed)).toEqual({ fail: 0, unknown: 0, byHand: 0 });
    const { blocked = [] } = byHand;
    expect(counted({ ...suppressed, missing: blocked })).toEqual({
      fail: 0,
      unknown: 0,
      byHand: 1,
    });
  });

  test('what is to be checked by hand is no unknown', () => {
    expect(counted(byHand)).toEqual({ fail: 0, unknown: 0, byHand: 1 });
  });

  test('a check of which anything is unknown is not among those judged', () => {
    const coverage = new Map<string, CheckOutcome>();
    const note = (changes: Parameters<typeof finding>[1]) => {
      const one = finding(place, changes);
      countOutcome({ coverage }, one.check, one.verdict, one);
      return coverage.get(one.check);
    };
    expect(note({ verdict: 'not-applicable' })).toBe('not-applicable');
    expect(note({})).toBe('judged');
    expect(note(byHand)).toBe('by-hand');
    expect(
      note({ verdict: 'unknown', blocked: [gap as NonNullable<typeof byHand.blocked>[number]] }),
    ).toBe('denied');
    expect(note({ verdict: 'pass' })).toBe('denied');
  });
});

test('what decides a failure are the entries that fail by themselves, or else all of them', () => {
  const check = {
    decidedBy: ['pushers'],
    judge: ({ pushers }: { readonly pushers: readonly string[] }) =>
      pushers.includes('alice') || pushers.length > 2 ? fail('too many') : pass('few'),
  };
  const named = (value: readonly string[]) =>
    decisive(check, [{ fact: 'pushers', value, from }], expected)[0]?.value;
  expect(named(['alice', 'ci'])).toEqual(['alice']);
  expect(named(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
});

test('a check that is async is unknown, and its rejection is nobody’s', async () => {
  const judge = (async () => {
    throw new Error('later');
  }) as unknown as AnyCheck['judge'];
  const crashes: string[] = [];
  const verdict = evaluate(
    { ...gate, judge },
    { signatureGate: known({ mode: 'none' }) },
    expected,
    (_, error) => crashes.push(String(error)),
  );
  // A rejection that nobody handles fails the run of the tests.
  await new Promise((resolve) => setImmediate(resolve));
  expect(verdict.verdict).toBe('unknown');
  expect(crashes).toEqual(['Error: gate returned neither pass nor fail']);
});
