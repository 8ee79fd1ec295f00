import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { everRemoves, type RetentionRule } from '../../../model/retention.ts';
import { signatureTags } from '../../../model/signature-tag.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { covers } from '../../../model/wildcard.ts';
import type { KeepRule } from '../decode/retention.ts';

/*
 * Harbor's rules say what to keep, and what none of them keeps is removed; the model's say what is
 * removed. An image is safe if only one rule keeps it, so a rule of the model may claim more removal
 * than there is where several rules overlap, but never less.
 */

/**
 * What is removed from a project by its rules. Retention leaves images with
 * a locked tag alone (src/pkg/retention/policy/action/performer.go). `cached`: images come by being pulled.
 */
export function retentionOf(
  rules: readonly KeepRule[],
  lock: TagLock,
  cached: boolean,
): ValueOf<RepositoryFacts['retention']> {
  const tagged = rules.length === 0 ? [] : [...selected(rules, cached), ...unselected(rules)];
  const removals = [
    ...tagged.map((rule) => besideLock(rule, lock)),
    ...(rules.length === 0 ? [] : withoutTag(rules)),
  ];
  return removals.length === 0 ? { mode: 'none' } : { mode: 'rules', rules: removals };
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
      const lost = !cached && rule.byPull && others.every(({ byPull }) => byPull);
      return lost ? [removal, neverPulled(removal)] : [removal];
    });
  });
}

/** What was just pushed goes too, if only the pull decides and nobody has pulled it yet. */
function neverPulled(removal: RetentionRule): RetentionRule {
  return { ...removal, name: `${removal.name} (never pulled)`, keeps: atOnce };
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

function withoutTag(rules: readonly KeepRule[]): RetentionRule[] {
  const selecting = rules.filter(({ untagged }) => untagged);
  if (selecting.some(keepsAll)) return [];
  const [first, ...others] = selecting;
  return [
    {
      name: first === undefined ? 'what no rule selects' : first.name,
      selects: 'untagged',
      patterns: [],
      removes: true,
      keeps: first === undefined ? atOnce : mostGenerous(first, others),
    },
  ];
}

/** A removal without the images that a lock holds. */
function besideLock(rule: RetentionRule, lock: TagLock): RetentionRule {
  switch (lock.mode) {
    case 'none':
      return rule;
    case 'all':
      return { ...rule, removes: false };
    case 'all-except': {
      // Images all of whose tags are open. Of several patterns any may match, which a rule cannot say.
      const [open, ...more] = lock.patterns;
      if (open === undefined || more.length > 0) return rule;
      return { ...rule, patterns: [...rule.patterns, open] };
    }
    case 'only': {
      const spares = [...(rule.spares ?? []), ...lock.patterns];
      const wanted = rule.patterns.length === 0 ? ['*'] : rule.patterns;
      const held = wanted.some((tags) => spares.some((spared) => covers(spared, tags)));
      return { ...rule, ...sparing(spares), removes: rule.removes && !held };
    }
  }
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
