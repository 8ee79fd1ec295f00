import { expect, test } from 'vitest';
import type { CheckTally, RegistryTally } from '../../src/model/tally.ts';
import { decide } from '../../src/policy/decide.ts';

const zero: CheckTally = { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 };
const whole = {
  state: 'known',
  value: { repositories: 1, others: 0 },
  from: { operation: 'List' },
} as const;
const cut = { state: 'unknown', why: 'denied', from: { operation: 'List' } } as const;
const registry = (more: Partial<RegistryTally> = {}): RegistryTally => ({
  id: 'x://1',
  provider: 'x',
  reachable: true,
  takenAt: '2026-01-01T00:00:00.000Z',
  judged: 1,
  ended: true,
  listing: whole,
  calls: 1,
  verdicts: zero,
  ...more,
});

interface Situation {
  high?: Partial<CheckTally>;
  low?: Partial<CheckTally>;
  registries?: RegistryTally[];
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
    { high: { unknown: 1 }, registries: [registry({ judged: 0 })] },
    3,
    false,
  ],
  'interrupted outranks a failure': [{ high: { fail: 1 }, interrupted: 'SIGINT' }, 130, false],
  terminated: [{ interrupted: 'SIGTERM' }, 143, false],
  'out of time': [{ interrupted: 'timeout' }, 3, false],
  'out of time with a failure': [{ high: { fail: 1 }, interrupted: 'timeout' }, 1, false],
};

test.each(Object.entries(rows))('%s', (_name, [situation, exitCode, complete]) => {
  const checks = new Map([
    ['a', { ...zero, ...situation.high }],
    ['b', { ...zero, ...situation.low }],
  ]);
  const decision = decide(
    { checks, registries: situation.registries ?? [registry()] },
    {
      failOn: situation.failOn ?? 'high',
      severities: new Map([
        ['a', 'high'],
        ['b', 'low'],
      ]),
      interrupted: situation.interrupted ?? null,
    },
  );
  expect(decision).toMatchObject({ exitCode, complete });
  expect(decision.reason).not.toMatch(/\.$/);
});
