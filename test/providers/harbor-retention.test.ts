import { describe, expect, it } from 'vitest';
import { everRemoves, type RetentionRule } from '../../src/model/retention.ts';
import { immutable } from '../../src/providers/harbor/decode/immutability.ts';
import { keepRules } from '../../src/providers/harbor/decode/retention.ts';
import { retentionOf } from '../../src/providers/harbor/facts/retention.ts';
import {
  globs,
  type Image,
  type Rule,
  runRetention,
  type Selector,
} from '../support/harbor/retention-run.ts';

const everywhere = [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }];

function globOf({ patterns }: Selector): string {
  const [first = '', ...others] = patterns;
  return others.length === 0 ? first : `{${patterns.join(',')}}`;
}

/** The rules as Harbor sends them, through the adapter. */
function removals(rules: readonly Rule[], locks: readonly Selector[]): readonly RetentionRule[] {
  const selector = (one: Selector) => ({
    kind: 'doublestar',
    decoration: one.decoration,
    pattern: globOf(one),
  });
  const policy = {
    algorithm: 'or',
    scope: { level: 'project', ref: 1 },
    trigger: { kind: 'Schedule', settings: { cron: '0 0 0 * * *' } },
    rules: rules.map((rule) => ({
      action: 'retain',
      template: rule.template,
      params: { [rule.template]: rule.amount },
      scope_selectors: { repository: everywhere },
      tag_selectors: [
        {
          ...selector(rule),
          ...(rule.untagged === null
            ? {}
            : { extras: JSON.stringify({ untagged: rule.untagged }) }),
        },
      ],
    })),
  };
  const rulesOfLocks = locks.map((lock) => ({
    action: 'immutable',
    scope_selectors: { repository: everywhere },
    tag_selectors: [selector(lock)],
  }));
  const found = retentionOf(keepRules(policy, 1), immutable(rulesOfLocks), false);
  return found.mode === 'rules' ? found.rules.filter(everRemoves) : [];
}

const tags = ['dev1', 'dev2', 'v1', 'v2', 'x', 'q1', 'q2'];
const tagSets = [[], ...tags.map((tag) => [tag]), ['dev1', 'v1'], ['dev1', 'dev2'], ['v2', 'x']];
const ages = [0, 1, 3, 8, 20, 400];
/** Each set of tags at each age, pulled lately, long ago and never; no two are of the same age. */
const repository: readonly Image[] = tagSets.flatMap((set, at) =>
  ages.flatMap((age, step) =>
    [null, age / 2, age].map((pulled, turn) => ({
      tags: set,
      pushed: age + at / 1000 + step / 10_000 + turn / 100_000,
      pulled,
    })),
  ),
);

/** Does the model say that the image may go? */
function claimed({ selects, patterns, spares = [], keeps }: RetentionRule, image: Image): boolean {
  const has = (pattern: string) => image.tags.some((tag) => globs(pattern, tag));
  if (selects === 'untagged' || !patterns.every(has) || spares.some(has)) return false;
  if (keeps.mode === 'newest') {
    const newer = repository.filter(({ pushed }) => pushed < image.pushed).length;
    const pulledLater = repository.filter(
      ({ pulled }) => (pulled ?? 9999) < (image.pulled ?? 9999),
    ).length;
    return Math.max(newer, pulledLater) >= keeps.images;
  }
  const age = keeps.since === 'pull' ? (image.pulled ?? image.pushed) : image.pushed;
  return age >= keeps.days;
}

/** Numbers that look random and are the same each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const patterns = [['*'], ['v*'], ['dev*'], ['*1'], ['x'], ['v*', 'dev*'], ['dev1', 'x']];
const templates = [
  ['always', 0],
  ['latestPushedK', 0],
  ['latestPushedK', 3],
  ['latestPulledN', 2],
  ['nDaysSinceLastPush', 5],
  ['nDaysSinceLastPull', 5],
] as const;

function drawn(seed: number) {
  const roll = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
  const selector = (): Selector => {
    const decoration = pick(['matches', 'excludes'] as const);
    return { decoration, patterns: pick(patterns.slice(0, decoration === 'matches' ? 7 : 5)) };
  };
  const rules = Array.from({ length: 1 + roll(3) }, (): Rule => {
    const [template, amount] = pick(templates);
    return { ...selector(), template, amount, untagged: pick([null, null, true, false]) };
  });
  return { rules, locks: Array.from({ length: Math.max(0, roll(4) - 1) }, selector) };
}

describe('retention, held to a run of it image by image', () => {
  const seeds = Array.from({ length: 20 }, (_, at) => at * 100 + 1);

  it.each(seeds)('no tagged image goes that the model does not name (seeds from %i)', (from) => {
    for (let seed = from; seed < from + 100; seed += 1) {
      const { rules, locks } = drawn(seed);
      const named = removals(rules, locks);
      const left = new Set(runRetention(repository, rules, locks));
      const missed = repository.filter(
        (image) =>
          image.tags.length > 0 && !left.has(image) && !named.some((rule) => claimed(rule, image)),
      );
      expect({ seed, rules, locks, missed }).toMatchObject({ missed: [] });
    }
  });

  it.each(seeds)('what the model says is removed is removed (seeds from %i)', (from) => {
    for (let seed = from; seed < from + 100; seed += 1) {
      const { rules, locks } = drawn(seed);
      const named = removals(rules, locks);
      const left = new Set(runRetention(repository, rules, locks));
      const gone = repository.filter((image) => !left.has(image));
      const told = {
        tagged: named.some(({ selects }) => selects === 'tagged'),
        untagged: named.some(({ selects }) => selects === 'untagged'),
      };
      const real = {
        tagged: gone.some((image) => image.tags.length > 0),
        untagged: gone.some((image) => image.tags.length === 0),
      };
      const wrongly = {
        tagged: told.tagged && !real.tagged,
        untagged: told.untagged && !real.untagged,
      };
      expect({ seed, rules, locks, named, wrongly }).toMatchObject({
        wrongly: { tagged: false, untagged: false },
      });
    }
  });
});
