import { expect, test } from 'vitest';
import { covers, matches, overlap } from '../../src/model/wildcard.ts';

/** Every text over the letters up to a length, the empty one included. */
function texts(letters: string, longest: number): string[] {
  let last = [''];
  const all = [''];
  for (let length = 1; length <= longest; length += 1) {
    last = last.flatMap((text) => [...letters].map((letter) => text + letter));
    all.push(...last);
  }
  return all;
}

test('two wildcards overlap exactly when a text matches both', () => {
  const candidates = texts('ab', 6);
  const patterns = texts('ab*', 3);
  for (const one of patterns) {
    for (const other of patterns) {
      const both = candidates.some((text) => matches(one, text) && matches(other, text));
      expect([one, other, overlap(one, other)]).toEqual([one, other, both]);
    }
  }
});

test('patterns of thousands of characters are compared, those of more than anybody writes are refused', () => {
  const stars = (length: number) => 'a*'.repeat(length / 2);
  expect(overlap(stars(2000), `${stars(2000)}b`)).toBe(true);
  expect(covers(stars(4000), 'a'.repeat(4000))).toBe(true);
  for (const compare of [overlap, covers])
    expect(() => compare(stars(20_000), stars(20_000))).toThrow('too long to compare');
});
