import { expect, test } from 'vitest';
import { nothingDeclared } from '../../src/model/expectations.ts';
import type { RecordedTags, RepositoryKey, TagRecord } from '../../src/model/tag-digests.ts';
import type { TagLock } from '../../src/model/tag-lock.ts';
import { decideDifference } from '../../src/policy/decide-difference.ts';
import { compareReports } from '../../src/policy/difference.ts';
import { compareTags } from '../../src/policy/moved-tags.ts';
import { seenIn } from '../../src/policy/seen.ts';
import { report } from '../reporters/reports.ts';

const place: RepositoryKey = { registry: 'oci://r', name: 'app' };
const nobody = () => null;

function tags(
  named: Readonly<Record<string, string>>,
  lock: TagLock | null = { mode: 'none' },
  isCache = false,
): RecordedTags {
  return {
    tags: Object.entries(named).map(([tag, digest]) => ({ tag, digest })),
    lock,
    isCache,
  };
}

function recordOf(all: Readonly<Record<string, RecordedTags | null>>): TagRecord {
  return {
    repositories: () => Object.keys(all).map((name) => ({ ...place, name })),
    has: ({ name }) => name in all,
    tagsOf: ({ name }) => all[name] ?? null,
  };
}

function moved(was: RecordedTags | null, is: RecordedTags | null, declared = {}) {
  return compareTags(recordOf({ app: was }), recordOf({ app: is }), {
    severity: 'high',
    expected: { ...nothingDeclared, ...declared },
    suppressionOf: nobody,
  });
}

const before = tags({ '1.0': 'a', latest: 'a' });
const after = tags({ '1.0': 'a', latest: 'b', '2.0': 'b' });

test('a tag that names another digest has moved; one that only one side names has not', () => {
  expect(moved(before, after)).toEqual({
    compared: 2,
    notCompared: 0,
    moved: [
      {
        kind: 'mutable',
        severity: 'low',
        registry: 'oci://r',
        repository: 'app',
        tag: 'latest',
        was: 'a',
        is: 'b',
        suppression: null,
      },
    ],
  });
});

test.each([
  ['a tag of a locked repository', { mode: 'all' }, {}, 'immutable', 'high'],
  ['a tag that a pattern locks', { mode: 'only', patterns: ['l*'] }, {}, 'immutable', 'high'],
  ['a tag that no pattern locks', { mode: 'only', patterns: ['v*'] }, {}, 'mutable', 'low'],
  [
    'a tag exempt from the lock',
    { mode: 'all-except', patterns: ['latest'] },
    {},
    'mutable',
    'low',
  ],
  ['a declared tag', { mode: 'none' }, { productionTags: ['lat*'] }, 'production', 'high'],
  [
    'another tag than those declared',
    { mode: 'none' },
    { productionTags: ['v*'] },
    'mutable',
    'low',
  ],
  [
    'a declared repository',
    { mode: 'none' },
    { productionRepositories: ['app'] },
    'production',
    'high',
  ],
  ['another repository', { mode: 'none' }, { productionRepositories: ['web'] }, 'mutable', 'low'],
] as const)('%s', (_, lock, declared, kind, severity) => {
  const locked = { ...before, lock: lock as TagLock };
  expect(moved(locked, after, declared).moved).toMatchObject([{ kind, severity }]);
});

test('the tags of a cache follow its upstream, declared or not', () => {
  const cache = { ...after, isCache: true };
  expect(moved(before, cache, { productionTags: ['*'] }).moved).toMatchObject([
    { kind: 'cache', severity: 'low' },
  ]);
});

test('a lock that is unknown makes no tag immutable', () => {
  expect(moved({ ...before, lock: null }, after).moved).toMatchObject([{ kind: 'mutable' }]);
});

test('the tag of an image is what stands behind its name', () => {
  const found = moved(tags({ 'team/app:v1': 'a' }), tags({ 'team/app:v1': 'b' }), {
    productionTags: ['v*'],
  });
  expect(found.moved).toMatchObject([{ tag: 'team/app:v1', kind: 'production' }]);
});

test('a repository whose tags one side did not read is counted, and a new one is not', () => {
  expect(moved(null, after)).toMatchObject({ compared: 0, notCompared: 1, moved: [] });
  expect(moved(before, null)).toMatchObject({ compared: 0, notCompared: 1, moved: [] });
  const rules = { severity: 'high', expected: nothingDeclared, suppressionOf: nobody } as const;
  expect(compareTags(recordOf({}), recordOf({ app: after }), rules)).toMatchObject({
    notCompared: 0,
  });
});

const changes = compareReports(seenIn(report({})), seenIn(report({})));
const waiver = {
  kind: 'waiver',
  reason: 'r',
  owner: null,
  until: '2027-01-01',
  ticket: null,
} as const;

test.each([
  ['a production tag that moved fails', { productionTags: ['*'] }, null, 'high', 1],
  ['a waiver of tags-immutable holds for moved tags', { productionTags: ['*'] }, waiver, 'high', 0],
  ['any other tag fails at a low threshold alone', {}, null, 'high', 0],
  ['any other tag fails at a low threshold', {}, null, 'low', 1],
  ['without a threshold nothing fails', { productionTags: ['*'] }, null, 'none', 0],
] as const)('%s', (_, declared, suppression, failOn, code) => {
  const found = moved(before, after, declared);
  const labelled = { ...found, moved: found.moved.map((one) => ({ ...one, suppression })) };
  const decided = decideDifference({ ...changes, tags: labelled }, { failOn, interrupted: false });
  expect(decided.exitCode).toBe(code);
  if (code === 1) expect(decided.reason).toContain('1 moved tag of severity');
});
