import { describe, expect, it } from 'vitest';
import type { TagLock } from '../../src/model/tag-lock.ts';
import { matchesAny } from '../../src/model/wildcard.ts';
import type { Tag } from '../../src/providers/quay/decode/tags.ts';
import { retentionOf } from '../../src/providers/quay/facts/retention.ts';
import { lockOf } from '../../src/providers/quay/facts/tag-lock.ts';
import { tagSet } from '../../src/providers/quay/facts/tag-pattern.ts';

const tags = [
  ...['v', 'v1', 'v1.0', 'v1.0.0', 'v10', 'v.', 'vv', 'v-1', 'latest', 'dev', 'dev-', 'dev-1'],
  ...['adev-1', 'release-1', 'release-', 'rc', 'rc1', 'a', 'b', 'ab', 'aab', 'abb', '1', '12'],
  ...['prod', 'prod-eu', 'preprod', 'x_y', 'V1', 'sha256-abc.sig'],
];
const patterns = [
  ...['.*', '^.*$', 'v.*', '^v.*$', '^v', 'v', 'v[0-9].*', 'v[0-9]+', 'v\\d', 'v\\d+\\.\\d+'],
  ...['dev-', '^dev-', '^dev-.*', 'dev|rc', '^(dev|rc).*$', '(?:dev|rc)1?', 'a?b', 'a*b', 'a+b'],
  ...['[ab]', '[ab]+', '[^ab]', 'prod(-eu)?', 'release-.*', '.+', '.', 'v\\..*', 'v.', 'x_y'],
  ...['(a|b)(b|a)', '^prod$|^dev$', 'v1\\.0(\\.0)?', '.*\\.sig', '.*-.*', '[a-z]+', 'v.*?', ''],
];

/** Python and PostgreSQL read these as JavaScript does. */
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);

describe.each(patterns)('the pattern %j', (pattern) => {
  it.each(['whole', 'part'] as const)('as wildcards, to match the %s tag', (matching) => {
    const set = tagSet(pattern, matching);
    expect(set).not.toBeNull();
    const real = matching === 'whole' ? whole(pattern) : new RegExp(pattern);
    for (const tag of tags) {
      const matched = matchesAny(set?.wildcards ?? [], tag);
      if (real.test(tag)) expect({ tag, matched }).toEqual({ tag, matched: true });
      else if (set?.exact === true) expect({ tag, matched }).toEqual({ tag, matched: false });
    }
  });
});

it.each([
  '(?<=a)b',
  'a\\b',
  '(?i)v',
  '[a',
  '(a',
  'a)',
  '*a',
  'a^b',
  'a$b',
  '\\Aa',
  'x'.repeat(600),
])('%j is not read', (pattern) => {
  expect(tagSet(pattern, 'whole')).toBeNull();
});

describe('what policies lock', () => {
  const policies = patterns.flatMap((pattern) => [
    { pattern, matches: true },
    { pattern, matches: false },
  ]);
  const pairs = policies.flatMap((one, at) => [
    [one],
    [one, policies[(at * 7 + 3) % policies.length] ?? one],
  ]);

  it('is never more than they do, alone or in twos', () => {
    for (const both of pairs) {
      const lock = lockIn(both);
      if (lock === null) continue;
      for (const tag of tags) {
        const really = both.some(({ pattern, matches }) => whole(pattern).test(tag) === matches);
        const told = isLocked(lock, tag);
        if (!really) expect({ both, tag, told }).toEqual({ both, tag, told: false });
      }
    }
  });

  it('is not what a tag says of itself to be open', () => {
    const open = { name: 'v1', immutable: false } as Tag;
    const held = { name: 'v2', immutable: true } as Tag;
    const all = [{ pattern: '.*', matches: true }];
    expect(lockOf(all, [open, held])).toEqual({ mode: 'all-except', patterns: ['v1'] });
    const some = [
      { pattern: 'v.*', matches: true },
      { pattern: 'r.*', matches: true },
    ];
    expect(lockOf(some, [open, held])).toEqual({ mode: 'only', patterns: ['r*'] });
    expect(lockOf([], [held])).toEqual({ mode: 'none' });
  });
});

function lockIn(both: Parameters<typeof lockOf>[0]): TagLock | null {
  try {
    return lockOf(both, []);
  } catch {
    return null;
  }
}

function isLocked(lock: TagLock, tag: string): boolean {
  switch (lock.mode) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'only':
      return matchesAny(lock.patterns, tag);
    case 'all-except':
      return !matchesAny(lock.patterns, tag);
  }
}

describe('what is pruned', () => {
  const days = { mode: 'seconds', seconds: 30 * 86_400 } as const;

  it('is never less than it really is', () => {
    for (const pattern of patterns) {
      for (const matches of [true, false]) {
        const found = retentionOf([{ name: 'p', pattern, matches, keeps: days }]);
        const rules = found.mode === 'rules' ? found.rules : [];
        for (const tag of tags.filter((one) => new RegExp(pattern).test(one) === matches)) {
          const told = rules.some(
            (rule) =>
              (rule.patterns.length === 0 || matchesAny(rule.patterns, tag)) &&
              !matchesAny(rule.spares ?? [], tag),
          );
          expect({ pattern, matches, tag, told }).toEqual({ pattern, matches, tag, told: true });
        }
      }
    }
  });

  it('is nothing without policies', () => {
    expect(retentionOf([])).toEqual({ mode: 'none' });
  });
});
