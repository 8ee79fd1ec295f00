import type { ValueOf } from './fact.ts';
import type { RepositoryFacts } from './repository.ts';
import { signatureTags } from './signature-tag.ts';

export type Retention = ValueOf<RepositoryFacts['retention']>;
export type RetentionRule = Extract<Retention, { mode: 'rules' }>['rules'][number];

/** Limits that keep everything in practice: the usual quota of images in one repository, and ten years. */
const neverReached = { images: 100_000, days: 3650 };

/** Whether the rule ever removes an image; false for rules that only keep or archive, or keep everything. */
export function everRemoves({ removes, keeps }: RetentionRule): boolean {
  return removes && isReached(keeps);
}

/** Whether the rule ever removes an image or archives it, which prevents pulls. */
export function everTakes(rule: RetentionRule): boolean {
  return (rule.removes || rule.archives === true) && isReached(rule.keeps);
}

/** Whether the limit ever removes anything in practice. */
export function isReached(keeps: RetentionRule['keeps']): boolean {
  switch (keeps.mode) {
    case 'newest':
      return keeps.images < neverReached.images;
    case 'days':
      return keeps.days < neverReached.days;
  }
}

/** Whether the rule selects images without a tag. A pattern requires a tag. */
export function selectsUntagged({ selects, patterns }: RetentionRule): boolean {
  return selects === 'untagged' || (selects === 'any' && patterns.length === 0);
}

/** Formats a rule as `rule 1 (old builds) [images tagged pr-*, 14 days after their push]`. */
export function describeRule(rule: RetentionRule): string {
  return `${rule.name} [${describeSelection(rule)}, ${describeLimit(rule)}]`;
}

function describeSelection({ selects, patterns, spares = [] }: RetentionRule): string {
  const others = spares.filter((tags) => tags !== signatureTags);
  const but = others.length === 0 ? '' : ` except those tagged ${others.join(' or ')}`;
  if (patterns.length > 0) return `images tagged ${patterns.join(' and ')}${but}`;
  switch (selects) {
    case 'tagged':
      return `tagged images${but}`;
    case 'untagged':
      return 'untagged images';
    case 'any':
      return `all images${but}`;
  }
}

const moments = {
  push: 'their push',
  pull: 'their last pull',
  archive: 'their archival',
  untag: 'the loss of their last tag',
} as const;

function describeLimit({ keeps }: RetentionRule): string {
  switch (keeps.mode) {
    case 'newest':
      return `all but the newest ${keeps.images}`;
    case 'days':
      return `${keeps.days} days after ${moments[keeps.since]}`;
  }
}
