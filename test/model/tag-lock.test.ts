import { describe, expect, test } from 'vitest';
import { mayNameSignature, namesOnlySignatures } from '../../src/model/signature-tag.ts';
import { isAsStrict, movableTags, type TagLock } from '../../src/model/tag-lock.ts';
import { covers, matches } from '../../src/model/wildcard.ts';

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

const tags = texts('abc', 5);
const patterns = texts('ab*', 3);

test('covers says yes exactly when every text of the inner wildcard is matched', () => {
  for (const outer of patterns) {
    for (const inner of patterns) {
      const all = tags.every((tag) => !matches(inner, tag) || matches(outer, tag));
      expect(covers(outer, inner), `${outer} covers ${inner}`).toBe(all);
    }
  }
});

const few = texts('a*', 2);
const locks: TagLock[] = [
  { mode: 'none' },
  { mode: 'all' },
  ...few.flatMap((pattern): TagLock[] => [
    { mode: 'all-except', patterns: [pattern, 'b'] },
    { mode: 'only', patterns: [pattern, 'b'] },
  ]),
];
function isLocked(lock: TagLock, tag: string): boolean {
  switch (lock.mode) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'all-except':
      return !lock.patterns.some((pattern) => matches(pattern, tag));
    case 'only':
      return lock.patterns.some((pattern) => matches(pattern, tag));
  }
}

test('a tag that no movable wildcard matches is locked', () => {
  for (const lock of locks) {
    for (const wanted of few) {
      const movable = movableTags(lock, [wanted]);
      const left = tags.filter((tag) => matches(wanted, tag) && !isLocked(lock, tag));
      const hidden = left.filter((tag) => !movable.some((pattern) => matches(pattern, tag)));
      expect(hidden, `${JSON.stringify(lock)} for ${wanted}`).toEqual([]);
    }
  }
});

test('a lock called as strict locks whatever the other one locks', () => {
  for (const copy of locks) {
    for (const source of locks) {
      if (!isAsStrict(copy, source)) continue;
      const laxer = tags.filter((tag) => isLocked(source, tag) && !isLocked(copy, tag));
      expect(laxer, `${JSON.stringify(copy)} for ${JSON.stringify(source)}`).toEqual([]);
    }
  }
});

test('a lock is as strict as itself', () => {
  for (const lock of locks) expect(isAsStrict(lock, lock), JSON.stringify(lock)).toBe(true);
});

const digest = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

describe('signature tags', () => {
  test.each([
    '*',
    'sha256-*',
    's*',
    '*.sig',
    '*.att',
    '*.sbom',
    `sha256-${digest}`,
    `sha256-${digest}.sig`,
    '*-0f1e*',
    '*e1f0',
  ])('%s may name one', (pattern) => {
    expect(mayNameSignature(pattern)).toBe(true);
  });

  test.each(['v*', 'latest', '*-dev', 'pr-*', 'sha256-short', 'SHA256-*', ''])(
    '%j names none',
    (pattern) => {
      expect(mayNameSignature(pattern)).toBe(false);
    },
  );

  test.each([
    ['sha256-*', true],
    ['sha256-*.sig', true],
    ['sha256-0f*', true],
    ['sha256*', false],
    ['*.sig', false],
    ['*', false],
  ] as const)('%s names nothing else: %s', (pattern, only) => {
    expect(namesOnlySignatures(pattern)).toBe(only);
  });
});
