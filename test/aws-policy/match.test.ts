import { describe, expect, test, vi } from 'vitest';
import { covers, matches, matchesArn, overlaps } from '../../src/aws-policy/match.ts';
import { fc, tries } from '../support/search.ts';
import { glob } from './support/concrete.ts';

const letters = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength });
const pattern = letters('ab*?', 7);
const word = letters('ab', 7);

function steps(run: () => void): number {
  const spy = vi.spyOn(String.prototype, 'charCodeAt');
  run();
  const count = spy.mock.calls.length;
  spy.mockRestore();
  return count;
}

describe('wildcards', () => {
  test('match as the simple reference does', () => {
    fc.assert(
      fc.property(pattern, word, (one, text) => {
        expect(matches(one, text)).toBe(glob(one, text));
      }),
      tries(2_000),
    );
  });

  test('a pattern that covers another matches all it matches', () => {
    fc.assert(
      fc.property(pattern, pattern, letters('ab', 5), letters('ab', 5), (one, other, x, y) => {
        if (!covers(one, other)) return;
        const runs = [`${x}a`, `${y}b`];
        const text = other.replaceAll('?', 'a').replaceAll('*', () => runs.reverse()[0] ?? '');
        expect(glob(one, text)).toBe(true);
      }),
      tries(2_000),
    );
  });

  test('patterns that match one text overlap', () => {
    fc.assert(
      fc.property(pattern, pattern, word, (one, other, text) => {
        if (glob(one, text) && glob(other, text)) expect(overlaps(one, other)).toBe(true);
      }),
      tries(2_000),
    );
  });

  test.each([
    ['a pattern that fails late', `${'*a'.repeat(500)}b`],
    ['one long piece', `*${'a'.repeat(999)}b`],
    ['question marks', `*${'?'.repeat(500)}b`],
    ['nothing but stars', `${'*'.repeat(999)}b`],
  ])('%s takes steps in proportion to the pattern', (_title, hostile) => {
    const text = 'a'.repeat(200);
    const count = steps(() => expect(matches(hostile, text)).toBe(false));
    expect(count).toBeLessThanOrEqual(2 * (hostile.length + 1) * (text.length + 1));
    const twice = steps(() => matches(`${hostile.slice(0, -1).repeat(2)}b`, text));
    expect(twice).toBeLessThanOrEqual(2 * count + 2_000);
  });

  test('an ARN operator compares part by part', () => {
    const spoof = 'arn:aws:iam::999999999999:role/x:iam::111111111111:role/ci';
    const wide = 'arn:aws*:iam::111111111111:role/ci';
    expect(matches(wide, spoof)).toBe(true);
    expect(matchesArn(wide, spoof)).toBe(false);
    expect(matchesArn(wide, 'arn:aws-cn:iam::111111111111:role/ci')).toBe(true);
    expect(matchesArn('arn:aws:iam::1:x:*', 'arn:aws:iam::1:x:y:z')).toBe(true);
    expect(matchesArn('*', spoof)).toBe(false);
  });
});
