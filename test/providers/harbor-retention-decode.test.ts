import { describe, expect, it } from 'vitest';
import { retentionConfigured } from '../../checks/retention/retention-configured.ts';
import { retentionSparesProduction } from '../../checks/retention/retention-spares-production.ts';
import { untaggedExpire } from '../../checks/retention/untagged-expire.ts';
import type { JsonObject } from '../../src/decode/fields.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';
import { known } from '../../src/providers/facts.ts';
import { immutable } from '../../src/providers/harbor/decode/immutability.ts';
import { keepRules } from '../../src/providers/harbor/decode/retention.ts';
import { retentionOf } from '../../src/providers/harbor/facts/retention.ts';
import { instance } from '../support/harbor/replay.ts';
import { removedBy, type Stored } from '../support/harbor/retention-by-documents.ts';

const tagSets = [
  [],
  ['v1'],
  ['v2'],
  ['v10'],
  ['dev1'],
  ['dev2'],
  ['x'],
  ['q1'],
  ['v1', 'dev1'],
  ['v2', 'x'],
  ['dev2', 'q1'],
];
const pushes = [0.1, 2, 8, 25, 60, 150, 700, 4000];
/** No two images are of the same age. */
const repository: readonly Stored[] = tagSets.flatMap((tags, at) =>
  pushes.flatMap((age, step) =>
    [Number.POSITIVE_INFINITY, age / 9, age * 0.9].map((pulled, turn) => {
      const apart = at / 1000 + step / 10_000 + turn / 100_000;
      return { tags, pushed: age + apart, pulled: pulled + apart };
    }),
  ),
);

/** Numbers that look random and are the same each time. */
function dice(seed: number) {
  let state = seed;
  const roll = (sides: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  return { roll, pick: <T>(of: readonly T[]): T => of[roll(of.length)] as T };
}

type Dice = ReturnType<typeof dice>;

const globs = ['**', '*', 'v*', 'dev*', '*1', 'x', '{v*,dev*}', '{dev1,x}', 'v?', '[dq]*', ''];

function selectorOf({ pick }: Dice, extras: boolean): JsonObject {
  const said = pick([undefined, '', '{"untagged":true}', '{"untagged":false}', '{}']);
  return {
    kind: 'doublestar',
    decoration: pick(['matches', 'excludes']),
    pattern: pick(globs),
    ...(extras && said !== undefined ? { extras: said } : {}),
  };
}

function scope(pattern: string, decoration = 'repoMatches'): JsonObject {
  return { repository: [{ kind: 'doublestar', decoration, pattern }] };
}

function scopesOf({ roll, pick }: Dice): JsonObject {
  if (roll(8) > 0) return scope('**');
  const pattern = pick(['web', '*', 'other', '**/*', '{web,other}', '']);
  return pick<JsonObject>([{}, scope(pattern, pick(['repoMatches', 'repoExcludes']))]);
}

function ruleOf(dice: Dice): JsonObject {
  const { roll, pick } = dice;
  const template = pick([
    'always',
    'latestPushedK',
    'latestPulledN',
    'latestActiveK',
    'nDaysSinceLastPush',
    'nDaysSinceLastPull',
    'lastXDays',
  ]);
  // Ten years and more is for ever; what nobody pulls goes all the same.
  const endless = template === 'nDaysSinceLastPull' ? 45 : 200_000;
  const amount = pick<unknown>([0, 3, 12, endless, -1, '4', 7.9]);
  const selectors = roll(10) === 0 ? pick([0, 2]) : 1;
  return {
    action: 'retain',
    template,
    ...(roll(10) === 0 ? { disabled: true } : {}),
    params: roll(8) === 0 ? {} : { [template]: amount },
    tag_selectors: Array.from({ length: selectors }, () => selectorOf(dice, true)),
    scope_selectors: scopesOf(dice),
  };
}

function drawn(seed: number) {
  const own = dice(seed);
  const trigger = own.pick<JsonObject>([
    ...Array.from({ length: 6 }, () => ({ kind: 'Schedule', settings: { cron: '0 0 0 * * *' } })),
    { kind: 'Schedule', settings: { cron: '' } },
    { kind: 'Manual', settings: { cron: '0 0 0 * * *' } },
  ]);
  const policy: JsonObject = {
    algorithm: 'or',
    scope: { level: 'project', ref: 1 },
    trigger,
    rules: Array.from({ length: own.roll(4) }, () => ruleOf(own)),
  };
  const locks = Array.from(
    { length: Math.max(0, own.roll(5) - 2) },
    (): JsonObject => ({
      action: 'immutable',
      ...(own.roll(5) === 0 ? { disabled: true } : {}),
      tag_selectors: [selectorOf(own, false)],
      scope_selectors: own.pick<JsonObject>([scope('**'), scope('{**}'), scope(''), {}]),
    }),
  );
  return { policy, locks };
}

/** What the three checks say; null: that it is unknown. */
function verdicts(policy: JsonObject, locks: readonly JsonObject[], project = 1) {
  const read = known('getRetention', '', () =>
    retentionOf(keepRules(policy, project), immutable(locks), false),
  );
  if (read.state !== 'known') return null;
  const retention = read.value;
  const undeclared = { ...nothingDeclared, now: '2026-12-01T00:00:00Z', repository: 'web' };
  const garbageCollection = { mode: 'none' as const };
  return {
    configured: retentionConfigured.judge({ retention }, undeclared).verdict,
    untagged: untaggedExpire.judge({ retention, garbageCollection }, undeclared).verdict,
    spares: retentionSparesProduction.judge({ retention }, undeclared).verdict,
    sparesDeclared: retentionSparesProduction.judge(
      { retention },
      { ...undeclared, productionTags: ['v*'] },
    ),
  };
}

const young = 90;

/** Tagged images whose loss no limit of the check excuses. */
function lostInUse(gone: readonly Stored[]): readonly Stored[] {
  const rank = (age: (image: Stored) => number, image: Stored) =>
    repository.filter((other) => age(other) < age(image)).length;
  return gone.filter(
    (image) =>
      image.tags.length > 0 &&
      image.pushed < young &&
      image.pulled < young &&
      rank(({ pushed }) => pushed, image) < 10 &&
      rank(({ pulled }) => pulled, image) < 10,
  );
}

/** Policies that ran on a Harbor 2.16.0, and what was seen to go. */
const ran: readonly (readonly [
  policy: number,
  project: number,
  untagged: boolean,
  dev: boolean,
])[] = [
  [35, 116, false, true],
  [36, 117, true, true],
  [37, 118, false, true],
  [18, 76, false, false],
  [22, 80, false, false],
  [25, 84, false, false],
  [10, 68, false, false],
];
/** What the project held: the rule keeps ten, and there are five. */
const held: readonly Stored[] = [[], ['dev1'], ['v1'], ['v2'], ['x']].map((tags, at) => ({
  tags,
  pushed: at + 1,
  pulled: Number.POSITIVE_INFINITY,
}));

describe('a policy that ran', () => {
  it.each(ran)('%i of project %i removed what was seen', (id, project, untagged, dev) => {
    const policy = instance[`/retentions/${id}`] as JsonObject;
    const gone = removedBy(policy, [], 'web', held);
    expect(gone.some(({ tags }) => tags.length === 0)).toBe(untagged);
    expect(gone.some(({ tags }) => tags.length > 0)).toBe(dev);
    const said = verdicts(policy, [], project);
    // The newest ten stay here; of more, untagged ones would go.
    expect(said?.untagged).toBe(untagged || id === 18 ? 'pass' : 'fail');
  });
});

describe('the verdicts about retention, held to a run of it', () => {
  const seeds = Array.from({ length: 8 }, (_, at) => at * 1237 + 7);

  it.each(seeds)('are what a run leaves and removes (seeds from %i)', (from) => {
    for (let seed = from; seed < from + 500; seed += 1) {
      const { policy, locks } = drawn(seed);
      const said = verdicts(policy, locks);
      if (said === null) continue;
      const gone = removedBy(policy, locks, 'web', repository);
      const production = gone.filter(
        ({ tags, pulled }) =>
          tags.length > 0 && tags.every((tag) => tag.startsWith('v')) && pulled < young,
      );
      const real = {
        configured: gone.length > 0 ? 'pass' : 'fail',
        untagged: gone.some(({ tags }) => tags.length === 0) ? 'pass' : 'fail',
        spares: lostInUse(gone).length > 0 ? 'fail' : said.spares,
        sparesDeclared: production.length > 0 ? 'fail' : said.sparesDeclared.verdict,
      };
      const told = { ...said, sparesDeclared: said.sparesDeclared.verdict };
      expect({ seed, policy, locks, ...told }).toEqual({ seed, policy, locks, ...real });
    }
  });

  it('are mostly decided', () => {
    const all = Array.from({ length: 1000 }, (_, seed) => drawn(seed));
    const decided = all.filter(({ policy, locks }) => verdicts(policy, locks) !== null);
    expect(decided.length).toBeGreaterThan(300);
  });
});
