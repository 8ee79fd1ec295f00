import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retentionConfigured } from '../../checks/retention/retention-configured.ts';
import { retentionSparesProduction } from '../../checks/retention/retention-spares-production.ts';
import { untaggedExpire } from '../../checks/retention/untagged-expire.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';
import { everRemoves, type RetentionRule } from '../../src/model/retention.ts';
import { matches } from '../../src/model/wildcard.ts';
import { retention } from '../../src/providers/ecr/decode/lifecycle.ts';
import {
  evaluateLifecycle,
  runLifecycle,
  type SimulatedImage,
  type SimulatedRule,
} from './support/ecr-lifecycle-simulation.ts';

type Selection = SimulatedRule['selection'];
const expire = { type: 'expire' } as const;
const archive = { type: 'transition', targetStorageClass: 'archive' } as const;
const rule = (
  rulePriority: number,
  selection: Selection,
  action: SimulatedRule['action'] = expire,
): SimulatedRule => ({ rulePriority, selection, action });
const newest = (countNumber: number) => ({ countType: 'imageCountMoreThan', countNumber }) as const;
const days = (countNumber: number, since: 'Pushed' | 'Pulled' | 'Transitioned' = 'Pushed') =>
  ({ countType: `sinceImage${since}`, countUnit: 'days', countNumber }) as const;
const tagged = (...tagPatternList: string[]) => ({ tagStatus: 'tagged', tagPatternList }) as const;
const untagged = { tagStatus: 'untagged' } as const;
const any = { tagStatus: 'any' } as const;
const archived = { storageClass: 'archive', ...days(365, 'Transitioned') } as const;

const decoded = (rules: readonly SimulatedRule[]) =>
  retention({ lifecyclePolicyText: JSON.stringify({ rules }) });
const expected = { ...nothingDeclared, now: '2026-12-01T00:00:00Z', repository: 'app' };
const judge = (rules: readonly SimulatedRule[], productionTags: string[] = []) => {
  const known = { retention: decoded(rules), garbageCollection: { mode: 'none' } } as const;
  return {
    configured: retentionConfigured.judge(known, expected),
    untagged: untaggedExpire.judge(known, expected),
    spares: retentionSparesProduction.judge(known, { ...expected, productionTags }),
  };
};

const image = (id: string, pushedOn: number, ...tags: string[]): SimulatedImage => ({
  id,
  tags,
  pushedOn,
});
const expired = (rules: SimulatedRule[], images: SimulatedImage[], today: number) =>
  [...evaluateLifecycle(rules, images, today).keys()].sort();

describe('the simulation gives the results of the examples in the user guide', () => {
  const mixed = [
    image('A', 0, 'beta-1', 'prod-1'),
    image('B', 1, 'beta-2', 'prod-2'),
    image('C', 2, 'beta-3'),
  ];
  const [prod, beta] = [tagged('prod*'), tagged('beta*')];

  test('an image that a higher rule has seen is left alone by a lower one', () => {
    const rules = [rule(1, { ...prod, ...newest(1) }), rule(2, { ...beta, ...newest(1) })];
    expect(expired(rules, mixed, 10)).toEqual(['A']);
  });

  test('the order of the priorities changes the result', () => {
    const rules = [rule(1, { ...beta, ...newest(1) }), rule(2, { ...prod, ...newest(1) })];
    expect(expired(rules, mixed, 10)).toEqual(['A', 'B']);
  });

  test('several patterns of one rule must all be matched', () => {
    const images = [
      image('A', 0, 'alpha-1'),
      image('B', 1, 'beta-1'),
      image('C', 2, 'alpha-2', 'beta-2'),
      image('D', 8, 'alpha-3'),
      image('E', 9, 'beta-3'),
      image('F', 10, 'alpha-4', 'beta-4'),
    ];
    expect(expired([rule(1, { ...tagged('alpha*', 'beta*'), ...days(5) })], images, 12)).toEqual([
      'C',
    ]);
  });

  test('all rule types together', () => {
    const images = [
      image('A', 0, 'alpha-1', 'beta-1'),
      image('B', 1),
      image('C', 2, 'alpha-2'),
      image('D', 3, 'git hash'),
      image('E', 3),
    ];
    const rules = [
      rule(1, { ...tagged('alpha*'), ...newest(1) }),
      rule(2, { ...untagged, ...days(1) }),
      rule(3, { ...any, ...newest(1) }),
    ];
    // The guide counts image E among the images of rule 3; with it the newest is D or E, pushed the same day.
    expect(expired(rules, images, 4).filter((id) => id !== 'D')).toEqual(['A', 'B']);
  });
});

describe('a rule acts only on the images that higher rules leave to it', () => {
  test('untagged images that belong to a rule without effect are never removed', () => {
    for (const limit of [newest(100_000), days(3650)]) {
      const rules = [rule(1, { ...untagged, ...limit }), rule(2, { ...any, ...days(30) })];
      expect(judge(rules).untagged.verdict).toBe('fail');
      expect(judge(rules).configured.verdict).toBe('pass');
    }
  });

  test('a rule that higher rules leave no image removes nothing', () => {
    const rules = [
      rule(1, { ...untagged, ...newest(100_001) }),
      rule(2, { ...tagged('*'), ...newest(100_001) }),
      rule(3, { ...any, ...days(30) }),
    ];
    const { configured, spares } = judge(rules);
    expect(configured).toMatchObject({ verdict: 'fail' });
    expect(configured.says).toContain('rule 3, whose images all belong to higher rules');
    expect(spares.verdict).toBe('pass');
  });

  test('a lower rule without priority one is sorted, not taken in the order of the text', () => {
    const rules = [rule(2, { ...any, ...days(30) }), rule(1, { ...untagged, ...newest(100_000) })];
    expect(judge(rules).untagged.verdict).toBe('fail');
  });

  test('production and signatures shielded by higher rules are spared', () => {
    const shield = [rule(1, { ...tagged('prod*'), ...newest(9999) })];
    const all = rule(3, { ...any, ...days(30) });
    expect(judge([...shield, all], ['prod*']).spares.verdict).toBe('fail');
    const full = [...shield, rule(2, { ...tagged('sha256-*'), ...newest(9999) }), all];
    expect(judge(full, ['prod*']).spares).toMatchObject({ verdict: 'pass' });
    expect(judge(full, ['prod*', 'release-*']).spares.verdict).toBe('fail');
  });

  test('a shield of several patterns covers only images that match them all', () => {
    const lower = rule(2, { ...tagged('v*'), ...days(30) });
    expect(
      judge([rule(1, { ...tagged('v*', 'x*'), ...newest(9999) }), lower]).configured.verdict,
    ).toBe('pass');
    expect(
      judge([rule(1, { ...tagged('v*', '*'), ...newest(9999) }), lower]).configured,
    ).toMatchObject({
      verdict: 'pass',
      says: expect.not.stringContaining('rule 2'),
    });
  });

  test('the sentence names only rules that can take an image of production', () => {
    // alphagov/govuk-infrastructure#765: deployed-* and release-* above a rule for everything.
    const rules = [
      rule(1, { ...tagged('deployed-*'), ...newest(1000) }),
      rule(2, { ...tagged('release-*'), ...newest(20) }),
      rule(3, { ...untagged, ...days(1) }),
      rule(4, { ...any, ...newest(200) }),
    ];
    const { spares } = judge(rules, ['release-*']);
    expect(spares.verdict).toBe('fail');
    expect(spares.says).toContain('rule 2');
  });

  test('an image that also carries a tag of production is kept by the higher rule, and the sentence says so', () => {
    const rules = [
      rule(1, { ...tagged('production*'), ...newest(9999) }),
      rule(2, { ...tagged('history-*'), ...days(10) }),
    ];
    const { spares } = judge(rules, ['production*']);
    expect(spares.verdict).toBe('pass');
    expect(spares.says).not.toContain('all the same');
    const open = judge([rule(2, { ...tagged('history-*'), ...days(10) })], ['production*']).spares;
    expect(open.says).toContain('one of their tags is removed');
  });

  test('a tag is on one image at a time, so a rule that keeps one of them removes nothing', () => {
    const exact = ['prod', 'stage'].map((tag, at) =>
      rule(at + 1, { ...tagged(tag), ...newest(1) }),
    );
    const { configured, spares } = judge(exact, ['prod']);
    expect(configured.verdict).toBe('fail');
    expect(spares.verdict).toBe('pass');
    expect(judge([rule(1, { ...tagged('prod'), ...days(30) })], ['prod']).spares.verdict).toBe(
      'fail',
    );
  });

  test('a list of exact tags asks for an image with all of them', () => {
    const both = [rule(1, { ...tagged('prod', 'staging'), ...days(30) })];
    expect(judge(both, ['prod']).spares.verdict).toBe('fail');
  });
});

describe('the archive', () => {
  const toArchive = (priority: number, selection: Selection) => rule(priority, selection, archive);

  test('images expire from the archive only if something archives them', () => {
    const alone = judge([rule(1, { ...any, ...archived })]);
    expect(alone.configured.verdict).toBe('fail');
    expect(alone.configured.says).toContain('archived by hand');
    expect(alone.untagged.verdict).toBe('fail');
    const both = judge([
      toArchive(1, { ...any, ...days(90, 'Pulled') }),
      rule(2, { ...any, ...archived }),
    ]);
    expect(both.configured.verdict).toBe('pass');
    expect(both.untagged.verdict).toBe('pass');
  });

  test('what is archived and what expires must be the same images', () => {
    const rules = [
      toArchive(1, { ...tagged('v*'), ...days(30) }),
      rule(2, { ...untagged, ...archived }),
    ];
    expect(judge(rules).configured.verdict).toBe('fail');
    expect(judge(rules).untagged.verdict).toBe('fail');
  });

  test('a rule that archives after ten years archives nothing', () => {
    const rules = [toArchive(1, { ...any, ...days(3650) }), rule(2, { ...any, ...archived })];
    expect(judge(rules).configured.verdict).toBe('fail');
  });

  test('an archived image cannot be pulled, so production must not be archived while it may be in use', () => {
    expect(judge([toArchive(1, { ...any, ...days(30) })], ['v*']).spares.verdict).toBe('fail');
    expect(judge([toArchive(1, { ...any, ...days(180, 'Pulled') })], ['v*']).spares.verdict).toBe(
      'pass',
    );
  });
});

/** Limits that the model takes as never reached, and small ones. */
const limits = fc.constantFrom<Selection>(
  ...[1, 3, 100_000].map((count) => ({ tagStatus: 'any', ...newest(count) }) as const),
  ...[2, 3_650].map((count) => ({ tagStatus: 'any', ...days(count) }) as const),
  { tagStatus: 'any', ...days(2, 'Pulled') },
  { tagStatus: 'any', ...days(90, 'Transitioned'), storageClass: 'archive' },
);
const patternLists = fc.uniqueArray(fc.constantFrom('a*', 'ab*', 'b', '*', '*b', 'v1'), {
  minLength: 1,
  maxLength: 2,
});
const selections = fc.oneof(
  patternLists.map((tagPatternList) => ({ tagStatus: 'tagged' as const, tagPatternList })),
  fc.constant({ tagStatus: 'untagged' as const }),
  fc.constant({ tagStatus: 'any' as const }),
);
const simulatedRules = fc
  .array(fc.record({ limit: limits, selection: selections, archives: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((drafts) =>
    drafts.map(({ limit, selection, archives }, at) => {
      const inArchive = limit.storageClass === 'archive';
      return rule(at + 1, { ...limit, ...selection }, archives && !inArchive ? archive : expire);
    }),
  );
/** A tag for every combination of the patterns. */
const oneOfEach = ['a', 'ab', 'abx', 'axb', 'b', 'v1', 'xb'];
const tagSets = fc.uniqueArray(fc.constantFrom(...oneOfEach), { maxLength: 3 });

/** Long enough for each small limit, archive included, and too short for those that are never reached. */
const horizon = 110;

/** Does an image with these tags go in the long run, with five newer images of the same kind beside it? */
function goes(rules: readonly SimulatedRule[], tags: readonly string[]): boolean {
  const newer = [1, 2, 3, 4, 5].map((day) => image(`newer-${day}`, day, ...tags));
  const left = runLifecycle(rules, [image('old', 0, ...tags), ...newer], { from: 6, to: horizon });
  return !left.some(({ id }) => id === 'old');
}

const selectsImage = (
  { selects, patterns, spares = [] }: RetentionRule,
  tags: readonly string[],
) => {
  if (tags.length === 0 ? selects === 'tagged' : selects === 'untagged') return false;
  if (spares.some((spare) => tags.some((tag) => matches(spare, tag)))) return false;
  return patterns.every((pattern) => tags.some((tag) => matches(pattern, tag)));
};

const removing = (rules: readonly SimulatedRule[]): readonly RetentionRule[] => {
  const found = decoded(rules);
  return found.mode === 'rules' ? found.rules.filter(everRemoves) : [];
};

/** The simulation gives one tag to six images at once, which no repository can hold. */
const countsOneTag = (rules: readonly SimulatedRule[]) =>
  rules.some(
    ({ selection: { countType, tagPatternList = [] } }) =>
      countType === 'imageCountMoreThan' && tagPatternList.some((tag) => !tag.includes('*')),
  );

const everyKind = Array.from({ length: 2 ** oneOfEach.length }, (_, chosen) =>
  oneOfEach.filter((_tag, at) => (chosen & (1 << at)) !== 0),
);

describe('the model agrees with the day-by-day simulation', () => {
  const seed = { seed: 20_261_201, numRuns: 600 };

  test('every image that goes is selected by a rule that removes', () => {
    fc.assert(
      fc.property(simulatedRules, tagSets, (rules, tags) => {
        fc.pre(!countsOneTag(rules));
        if (goes(rules, tags)) {
          expect(removing(rules).some((one) => selectsImage(one, tags))).toBe(true);
        }
      }),
      seed,
    );
  });

  test('untagged images go exactly when the model says that a rule removes them', () => {
    fc.assert(
      fc.property(simulatedRules, (rules) => {
        expect(removing(rules).some((one) => selectsImage(one, []))).toBe(goes(rules, []));
      }),
      seed,
    );
  });

  test('where the model says that a rule removes images, some image goes', () => {
    fc.assert(
      fc.property(simulatedRules, (rules) => {
        if (removing(rules).length > 0) {
          expect(everyKind.some((tags) => goes(rules, tags))).toBe(true);
        }
      }),
      seed,
    );
  });
});
