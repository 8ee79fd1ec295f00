import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { runsIn, stances } from '../../src/policy/profiles.ts';

const ids = (profile: keyof typeof stances) =>
  checks.filter((check) => runsIn(profile, check)).map(({ id }) => id);

test('baseline is few checks, all of them there, grave and part of recommended', () => {
  const { checks: named } = stances.baseline;
  expect(ids('baseline').sort()).toEqual([...named].sort());
  expect(ids('baseline').length).toBeLessThan(checks.length / 4);
  expect(ids('recommended')).toEqual(expect.arrayContaining(ids('baseline')));
  for (const check of checks.filter(({ id }) => named.includes(id)))
    expect(['critical', 'high']).toContain(check.severity);
});

test('recommended is what runs by default, strict is everything', () => {
  expect(ids('recommended')).toEqual(checks.filter((one) => one.byDefault).map(({ id }) => id));
  expect(ids('strict')).toEqual(checks.map(({ id }) => id));
  expect(stances.strict.failOn).toBe('medium');
});
