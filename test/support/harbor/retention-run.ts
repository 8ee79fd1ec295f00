/*
 * What one run of Harbor's tag retention does to a repository, image by image, after its source: every rule
 * selects by its tags, keeps by its template, and what no rule keeps is deleted unless it is immutable. It
 * shares nothing with the adapter.
 */

export interface Image {
  readonly tags: readonly string[];
  /** Days ago. */
  readonly pushed: number;
  /** Days ago; null: never. */
  readonly pulled: number | null;
}

export interface Selector {
  readonly decoration: 'matches' | 'excludes';
  /** Alternatives of a glob, in which `*` is any run of characters. */
  readonly patterns: readonly string[];
}

export interface Rule extends Selector {
  readonly template: string;
  readonly amount: number;
  /** Of the extras; null: there are none. */
  readonly untagged: boolean | null;
}

/** The images that are left. */
export function runRetention(
  images: readonly Image[],
  rules: readonly Rule[],
  locks: readonly Selector[],
): readonly Image[] {
  const kept = new Set(rules.flatMap((rule) => keep(rule, images)));
  return images.filter((image) => kept.has(image) || locks.some((lock) => locked(lock, image)));
}

function keep(rule: Rule, images: readonly Image[]): readonly Image[] {
  const ofUntagged = rule.untagged ?? rule.decoration === 'matches';
  const chosen = images.filter((image) => selects(rule, image, ofUntagged));
  const pulls = ({ pulled }: Image) => pulled ?? Number.POSITIVE_INFINITY;
  const newest = (age: (image: Image) => number) =>
    [...chosen].sort((a, b) => age(a) - age(b)).slice(0, rule.amount);
  switch (rule.template) {
    case 'always':
      return chosen;
    case 'latestPushedK':
      return newest(({ pushed }) => pushed);
    case 'latestPulledN':
      return newest(pulls);
    case 'nDaysSinceLastPush':
      return chosen.filter(({ pushed }) => pushed <= rule.amount);
    case 'nDaysSinceLastPull':
      return chosen.filter((image) => pulls(image) <= rule.amount);
    default:
      throw new Error(`no template ${rule.template}`);
  }
}

/** For an image without a tag `excludes` turns the setting around. */
function selects({ decoration, patterns }: Selector, { tags }: Image, untagged: boolean): boolean {
  const hit = (tag: string) => patterns.some((pattern) => globs(pattern, tag));
  if (tags.length === 0) return decoration === 'matches' ? untagged : !untagged;
  return decoration === 'matches' ? tags.some(hit) : tags.some((tag) => !hit(tag));
}

/** Immutability asks with `untagged` false whatever its decoration. */
function locked(lock: Selector, image: Image): boolean {
  return selects(lock, image, false);
}

export function globs(pattern: string, text: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.\\+]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`).test(text);
}
