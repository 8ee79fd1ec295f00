import { everRemoves } from '../../../model/retention.ts';
import { covers } from '../../../model/wildcard.ts';
import type { LifecycleRule, RetentionRule } from './lifecycle-rule.ts';

/**
 * What the rules of a lifecycle policy do together. Each rule comes out with the images that are left to
 * it: "an image that matches the tagging requirements of a rule cannot be expired or archived by a rule
 * with a lower priority", whether or not the higher rule ever acts. Rules select images of one storage
 * class, so they shield each other within that class alone (ECR user guide, LifecyclePolicies).
 * In: the rules, highest priority first. Out: in the order of the rules; a rule for archived images
 * once for each rule that archives.
 */
export function effectsOf(rules: readonly LifecycleRule[]): RetentionRule[] {
  const left = rules.map((rule, at) => leftTo(rule, rules.slice(0, at)));
  const archiving = left.filter(({ does }) => does === 'transition').map(({ rule }) => rule);
  return left.flatMap((effect) =>
    effect.storageClass === 'archive' ? fromArchive(effect, archiving) : [effect.rule],
  );
}

interface Effect {
  readonly storageClass: LifecycleRule['storageClass'];
  readonly does: 'expire' | 'transition' | 'nothing';
  readonly rule: RetentionRule;
}

function leftTo(rule: LifecycleRule, earlier: readonly LifecycleRule[]): Effect {
  const { storageClass, name, patterns, keeps, action } = rule;
  const higher = earlier.filter((one) => one.storageClass === storageClass);
  const idle = idleBecause(rule, higher);
  const spares = rule.selects === 'untagged' ? [] : higher.flatMap(sparedBy);
  const works = idle === '';
  return {
    storageClass,
    does: works ? action : 'nothing',
    rule: {
      name: works ? name : `${name}, ${idle}`,
      selects: works ? selectionLeft(rule, higher) : rule.selects,
      patterns: [...patterns],
      removes: works && action === 'expire',
      keeps,
      ...(works && action === 'transition' ? { archives: true } : {}),
      ...(works && spares.length > 0 ? { spares: [...new Set(spares)] } : {}),
    },
  };
}

/** Why the rule acts on no image; empty: it acts on some. */
function idleBecause(rule: LifecycleRule, higher: readonly LifecycleRule[]): string {
  const untagged = rule.selects === 'tagged' || higher.some(takesUntagged);
  const tagged = rule.selects === 'untagged' || higher.some((one) => takesTagsOf(one, rule));
  if (untagged && tagged) return 'whose images all belong to higher rules';
  // A tag is on one image at a time, so a pattern without wildcard selects one image at most.
  const oneTag = rule.patterns.some((pattern) => !pattern.includes('*'));
  return oneTag && rule.keeps.mode === 'newest' && rule.keeps.images >= 1
    ? 'whose tag is on one image at a time'
    : '';
}

function takesUntagged({ selects }: LifecycleRule): boolean {
  return selects !== 'tagged';
}

/** Does the higher rule select every tagged image that this rule selects? */
function takesTagsOf(higher: LifecycleRule, { patterns }: LifecycleRule): boolean {
  if (higher.selects !== 'tagged') return higher.selects === 'any';
  const mine = patterns.length === 0 ? [] : patterns;
  return higher.patterns.every(
    (wanted) => isEveryTag(wanted) || mine.some((pattern) => covers(wanted, pattern)),
  );
}

function isEveryTag(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/**
 * Tags that keep an image from lower rules by themselves. Of several patterns that must all match, one
 * tag is enough only if the tags of one pattern match all the others too.
 */
function sparedBy({ patterns }: LifecycleRule): string[] {
  const alone = patterns.find((pattern) => patterns.every((other) => covers(other, pattern)));
  return alone === undefined ? [] : [alone];
}

function selectionLeft(
  { selects }: LifecycleRule,
  higher: readonly LifecycleRule[],
): RetentionRule['selects'] {
  if (selects !== 'any') return selects;
  if (higher.some(takesUntagged)) return 'tagged';
  return higher.some(({ patterns }) => patterns.length > 0 && patterns.every(isEveryTag))
    ? 'untagged'
    : 'any';
}

/** A rule for archived images acts on what other rules archive; else on what is archived by hand. */
function fromArchive(effect: Effect, archiving: readonly RetentionRule[]): RetentionRule[] {
  if (effect.does !== 'expire') return [effect.rule];
  const both = archiving
    .filter((rule) => everRemoves({ ...rule, removes: true }))
    .flatMap((rule) => common(rule, effect.rule));
  if (both.length > 0) return both;
  return [
    { ...effect.rule, removes: false, name: `${effect.rule.name}, for images archived by hand` },
  ];
}

function common(archiving: RetentionRule, removing: RetentionRule): RetentionRule[] {
  const kinds = [archiving.selects, removing.selects].filter((selects) => selects !== 'any');
  if (new Set(kinds).size > 1) return [];
  const [selects = 'any'] = kinds;
  const spares = [archiving, removing].flatMap(({ spares: tags = [] }) => tags);
  return [
    {
      ...removing,
      name: `${removing.name}, archived by ${archiving.name}`,
      selects,
      patterns: [...new Set([...archiving.patterns, ...removing.patterns])],
      ...(spares.length > 0 ? { spares: [...new Set(spares)] } : {}),
    },
  ];
}
