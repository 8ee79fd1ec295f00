import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { everRemoves, type RetentionRule } from '../../../model/retention.ts';
import { signatureTags } from '../../../model/signature-tag.ts';
import { covers, overlap } from '../../../model/wildcard.ts';
import { Inconclusive } from '../../facts.ts';
import type { Immutable } from '../decode/immutability.ts';
import type { KeepRule } from '../decode/retention.ts';

/*
 * Harbor's rules say what to keep, and what none of them keeps is removed; the model's say what is
 * removed. An image is safe if only one rule keeps it, so a rule of the model may claim more removal
 * than there is where several rules overlap, but never less.
 */

/**
 * What is removed from a project by its rules. Retention leaves immutable images alone (src/pkg/retention/policy/action/performer.go). `cached`: images come by being pulled.
 */
export function retentionOf(
  rules: readonly KeepRule[],
  held: Immutable,
  cached: boolean,
): ValueOf<RepositoryFacts['retention']> {
  const tagged = rules.length === 0 ? [] : [...selected(rules, cached), ...unselected(rules)];
  const removals = [
    ...tagged
      .map((rule) => besideImmutable(rule, held))
      .filter((rule) => !rule.removes || isPossible(rule)),
    ...(rules.length === 0 || held.untagged ? [] : withoutTag(rules, cached)),
  ];
  return removals.length === 0 ? { mode: 'none' } : { mode: 'rules', rules: removals };
}

/**
 * Whether there can be a tag that meets the rule. An image goes only if each of its tags is left out
 * where tags are left out, so one tag has to meet all patterns.
 */
function isPossible({ patterns, spares = [] }: RetentionRule): boolean {
  const kept = (tags: string) => spares.some((spared) => covers(spared, tags));
  const meet = patterns.every((one) => patterns.every((other) => overlap(one, other)));
  return meet && !kept('*') && !patterns.some(kept);
}

const atOnce: RetentionRule['keeps'] = { mode: 'days', days: 0, since: 'push' };

const anyRemoval: RetentionRule = {
  name: '',
  selects: 'untagged',
  patterns: [],
  removes: true,
  keeps: atOnce,
};

/** For each rule with a limit: the tagged images that it selects and that are beyond its limit. */
function selected(rules: readonly KeepRule[], cached: boolean): RetentionRule[] {
  const spares = patternsOf(rules.filter(keepsAll), 'matches');
  const beyond = patternsOf(rules.filter(keepsAll), 'excludes');
  return rules.flatMap((rule) => {
    if (rule.keeps === 'everything') return [];
    const each = rule.tags === 'matches' ? rule.patterns : ['*'];
    return each.flatMap((pattern) => {
      const others = rules.filter((other) => coversAll(other, pattern));
      const removal: RetentionRule = {
        name: rule.name,
        selects: 'tagged',
        patterns: [...(pattern === '*' ? [] : [pattern]), ...beyond],
        ...sparing(spares),
        removes: !spares.some((spared) => covers(spared, pattern)),
        keeps: mostGenerous(rule, others),
      };
      return [removal, ...neverPulled(removal, [rule, ...others], cached)];
    });
  });
}

/** What was just pushed goes too, if only the pull decides and nobody has pulled it yet. */
function neverPulled(
  removal: RetentionRule,
  rules: readonly KeepRule[],
  cached: boolean,
): RetentionRule[] {
  if (cached || !rules.every(({ byPull }) => byPull)) return [];
  return [{ ...removal, name: `${removal.name} (never pulled)`, keeps: atOnce }];
}

/** The tagged images that no rule selects: they go with the next run. */
function unselected(rules: readonly KeepRule[]): RetentionRule[] {
  const spares = patternsOf(rules, 'matches');
  if (spares.includes('*')) return [];
  return [
    {
      name: 'what no rule selects',
      selects: 'tagged',
      patterns: patternsOf(rules, 'excludes'),
      ...sparing(spares),
      removes: true,
      keeps: atOnce,
    },
  ];
}

/** Signatures are accessories of their image here, and go or stay with it. */
function sparing(tags: readonly string[]): Pick<RetentionRule, 'spares'> {
  return tags.length === 0 ? {} : { spares: [...new Set([...tags, signatureTags])] };
}

function withoutTag(rules: readonly KeepRule[], cached: boolean): RetentionRule[] {
  const selecting = rules.filter(({ untagged }) => untagged);
  if (selecting.some(keepsAll)) return [];
  const [first, ...others] = selecting;
  if (first === undefined) return [{ ...anyRemoval, name: 'what no rule selects' }];
  const removal = { ...anyRemoval, name: first.name, keeps: mostGenerous(first, others) };
  return [removal, ...neverPulled(removal, selecting, cached)];
}

/**
 * A removal without the images that are immutable. Throws when an immutability rule that cannot be
 * evaluated may hold all that it removes.
 */
function besideImmutable(rule: RetentionRule, held: Immutable): RetentionRule {
  const { only, open, perhaps } = held;
  if (only.includes('*') || open.some((tags) => tags.length === 0)) {
    return { ...rule, removes: false };
  }
  const left = withoutImmutable(rule, held);
  const aims = left.patterns.length === 0 ? ['*'] : left.patterns;
  if (left.removes && aims.some((tags) => perhaps.some((wide) => covers(wide, tags)))) {
    throw new Inconclusive(`whether immutability rules hold what ${rule.name} removes`);
  }
  return left;
}

function withoutImmutable(rule: RetentionRule, { only, open }: Immutable): RetentionRule {
  const patterns = open.reduce<string[]>(openTo, [...rule.patterns]);
  const spares = [...(rule.spares ?? []), ...only];
  const wanted = patterns.length === 0 ? ['*'] : patterns;
  const held = wanted.some((tags) => spares.some((spared) => covers(spared, tags)));
  const meets = choices(open).some((tags) =>
    isPossible({ ...rule, patterns: [...rule.patterns, ...tags], spares }),
  );
  return { ...rule, patterns, ...sparing(spares), removes: rule.removes && !held && meets };
}

const mostChoices = 1000;

/** Every way to take one of each list; of very many the first. */
function choices(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (taken, list) =>
      taken.flatMap((some) => list.map((one) => [...some, one])).slice(0, mostChoices),
    [[]],
  );
}

/** Images all of whose tags are open too. Of several open patterns any may match, which a rule cannot say. */
function openTo(patterns: readonly string[], open: readonly string[]): string[] {
  const meeting = open.filter((tags) => patterns.every((pattern) => overlap(pattern, tags)));
  const [one, ...more] = meeting.length === 0 ? open : meeting;
  if (one === undefined || one === '*' || more.length > 0) return [...patterns];
  return [...patterns, one];
}

function keepsAll({ keeps }: KeepRule): boolean {
  return keeps === 'everything';
}

function patternsOf(rules: readonly KeepRule[], tags: KeepRule['tags']): string[] {
  return [...new Set(rules.flatMap((rule) => (rule.tags === tags ? rule.patterns : [])))];
}

/** Does a rule select every image with a tag that matches the wildcard? */
function coversAll({ tags, patterns }: KeepRule, wanted: string): boolean {
  return tags === 'matches' && patterns.some((pattern) => covers(pattern, wanted));
}

/**
 * The limit of a rule, or that of another rule for the same images that keeps more: one that is never
 * reached, or a longer one of the same kind.
 */
function mostGenerous(rule: KeepRule, others: readonly KeepRule[]): RetentionRule['keeps'] {
  const limits = [rule, ...others].flatMap(({ keeps }) => (keeps === 'everything' ? [] : [keeps]));
  const [own = atOnce] = limits;
  const endless = limits.find((keeps) => !everRemoves({ ...anyRemoval, keeps }));
  if (endless !== undefined) return endless;
  return limits.reduce((most, next) => (keepsMore(next, most) ? next : most), own);
}

function keepsMore(one: RetentionRule['keeps'], other: RetentionRule['keeps']): boolean {
  if (one.mode === 'newest') return other.mode === 'newest' && one.images > other.images;
  return other.mode === 'days' && one.since === other.since && one.days > other.days;
}
