import { expect, test } from 'vitest';
import type { RegistryCounts, VerdictCounts } from '../../src/model/scan-summary.ts';
import { decide } from '../../src/policy/decide.ts';

const zero: VerdictCounts = {
  fail: 0,
  unknown: 0,
  pass: 0,
  'not-applicable': 0,
  waived: 0,
  baselined: 0,
  accepted: 0,
  byHand: 0,
};
const whole = {
  state: 'known',
  value: { repositories: 1, others: 0 },
  from: { operation: 'List' },
} as const;
const cut = { state: 'unknown', why: 'denied', from: { operation: 'List' } } as const;
const some = { critical: 1, high: 1, medium: 1, low: 1 };
const registry = (more: Partial<RegistryCounts> = {}): RegistryCounts => ({
  id: 'x://1',
  provider: 'x',
  reachable: true,
  takenAt: '2026-01-01T00:00:00.000Z',
  judged: 1,
  ended: true,
  listing: whole,
  listingAccepted: false,
  calls: 1,
  verdicts: zero,
  ran: some,
  decided: some,
  coverage: new Map(),
  ...more,
});

const unreadOne = new Map([['a', 'denied']] as const);
const inapplicable = new Map([['a', 'not-applicable']] as const);
const none = { critical: 0, high: 0, medium: 0, low: 0 };

interface Situation {
  high?: Partial<VerdictCounts>;
  low?: Partial<VerdictCounts>;
  registries?: RegistryCounts[];
  strict?: boolean;
  failOn?: 'critical' | 'high' | 'medium' | 'low' | 'none';
  interrupted?: 'SIGINT' | 'SIGTERM' | 'timeout' | null;
}

const rows: Readonly<Record<string, readonly [Situation, number, boolean]>> = {
  'all passed': [{ high: { pass: 3 } }, 0, true],
  'a failure at the threshold': [{ high: { fail: 1 } }, 1, true],
  'a failure below the threshold': [{ low: { fail: 5 } }, 0, true],
  'a failure below, with a lower threshold': [{ low: { fail: 5 }, failOn: 'low' }, 1, true],
  'an unknown at the threshold': [{ high: { unknown: 1 } }, 3, false],
  'an unknown below the threshold': [{ low: { unknown: 1 } }, 0, false],
  'a failure and an unknown': [{ high: { fail: 1, unknown: 4 } }, 1, false],
  'no threshold': [{ high: { fail: 9, unknown: 9 }, failOn: 'none' }, 0, false],
  'a registry that could not be reached': [
    { registries: [registry(), registry({ reachable: false, listing: cut })] },
    3,
    false,
  ],
  'unreachable without a threshold': [
    { failOn: 'none', registries: [registry({ reachable: false, judged: 0, listing: cut })] },
    3,
    false,
  ],
  'a list that was cut': [{ registries: [registry({ listing: cut })] }, 3, false],
  'no repository anywhere': [{ registries: [registry({ judged: 0 })] }, 4, true],
  'no registry at all': [{ registries: [] }, 4, true],
  'no repository, but a failure of the registry': [
    { high: { fail: 1 }, registries: [registry({ judged: 0 })] },
    1,
    true,
  ],
  'no repository, and an unknown': [
    { high: { unknown: 1 }, registries: [registry({ judged: 0, coverage: unreadOne })] },
    3,
    false,
  ],
  'interrupted outranks a failure': [{ high: { fail: 1 }, interrupted: 'SIGINT' }, 130, false],
  terminated: [{ interrupted: 'SIGTERM' }, 143, false],
  'out of time': [{ interrupted: 'timeout' }, 3, false],
  'a failure that is waived': [{ high: { fail: 1, waived: 1 } }, 0, true],
  'failures in the baseline, and a new one': [{ high: { fail: 3, baselined: 2 } }, 1, true],
  'failures all in the baseline': [{ high: { fail: 3, baselined: 3 } }, 0, true],
  'an unknown that is accepted is still not complete': [
    { high: { unknown: 1, accepted: 1 } },
    0,
    false,
  ],
  'an unknown beside a waived failure': [{ high: { fail: 1, waived: 1, unknown: 1 } }, 3, false],
  'a list that was cut, and is accepted': [
    { registries: [registry({ listing: cut, listingAccepted: true })] },
    0,
    false,
  ],
  'a registry that could not be reached, whatever is accepted': [
    { registries: [registry({ reachable: false, listing: cut, listingAccepted: true })] },
    3,
    false,
  ],
  'what is to be checked by hand': [{ high: { unknown: 1, byHand: 1 } }, 0, true],
  'what is to be checked by hand, strictly': [
    { high: { unknown: 1, byHand: 1 }, strict: true },
    3,
    true,
  ],
  'what no vendor can do, strictly': [
    { high: { 'not-applicable': 1, byHand: 1 }, strict: true },
    3,
    true,
  ],
  'what is to be checked by hand below the threshold, strictly': [
    { low: { unknown: 1, byHand: 1 }, strict: true },
    0,
    true,
  ],
  'a registry of which nothing at the threshold was decided': [
    { registries: [registry(), registry({ decided: { ...some, critical: 0, high: 0 } })] },
    3,
    true,
  ],
  'a registry that no check of the threshold was asked of': [
    {
      registries: [
        registry({
          ran: { ...some, critical: 0, high: 0 },
          decided: { ...some, critical: 0, high: 0 },
        }),
      ],
    },
    0,
    true,
  ],
  'an empty registry beside another, of which nothing was decided': [
    { registries: [registry(), registry({ judged: 0, decided: none })] },
    3,
    true,
  ],
  'an empty registry beside another, to which no check applies': [
    { registries: [registry(), registry({ judged: 0, decided: none, coverage: inapplicable })] },
    0,
    true,
  ],
  'a registry with a repository to which no check applies': [
    { registries: [registry(), registry({ decided: none, coverage: inapplicable })] },
    3,
    true,
  ],
  'empty registries alone, to which no check applies': [
    { registries: [registry({ judged: 0, decided: none, coverage: inapplicable })] },
    4,
    true,
  ],
  'out of time with a failure': [{ high: { fail: 1 }, interrupted: 'timeout' }, 1, false],
};

/** What is active of a check's failures and unknowns. */
function left({ fail, unknown, waived, baselined, accepted, byHand }: VerdictCounts = zero) {
  const hidden = Math.min(byHand, unknown);
  return { fail: fail - waived - baselined, unknown: unknown - accepted - hidden, byHand };
}

test.each(Object.entries(rows))('%s', (_name, [situation, exitCode, complete]) => {
  const checks = new Map([
    ['a', { ...zero, ...situation.high }],
    ['b', { ...zero, ...situation.low }],
  ]);
  const unread = [...checks].filter(([, { unknown, byHand }]) => unknown > byHand);
  const coverage = new Map(unread.map(([id]) => [id, 'denied'] as const));
  const nothing = { fail: 0, unknown: 0, byHand: 0 };
  const active = {
    critical: nothing,
    medium: nothing,
    high: left(checks.get('a')),
    low: left(checks.get('b')),
  };
  const decision = decide(
    { checks, active, registries: situation.registries ?? [registry({ coverage })] },
    {
      failOn: situation.failOn ?? 'high',
      interrupted: situation.interrupted ?? null,
      strict: situation.strict ?? false,
    },
  );
  expect(decision).toMatchObject({ exitCode, complete });
  expect(decision.reason).not.toMatch(/\.$/);
});

test('what is exempt is told in the reason for a good ending', () => {
  const checks = new Map([
    ['a', { ...zero, fail: 5, waived: 2, baselined: 3, unknown: 1, accepted: 1 }],
  ]);
  const none = { fail: 0, unknown: 0, byHand: 0 };
  const active = { critical: none, high: none, medium: none, low: none };
  const { reason } = decide(
    { checks, active, registries: [registry()] },
    { failOn: 'high', interrupted: null },
  );
  expect(reason).toBe(
    'no failing or unknown finding of severity high or above, not counting 2 waived, 3 in the baseline, 1 unknown accepted',
  );
});
