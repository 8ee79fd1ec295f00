import type { JsonObject } from '../../../src/decode/fields.ts';

/*
 * One run of tag retention over a repository, read from the JSON that Harbor sends and written after its
 * documents (Create Tag Retention Rules, Create Tag Immutability Rules, doublestar). Rules are joined by OR:
 * what one of them retains stays, everything else goes unless a tag of it is immutable. A repository that no
 * rule is for is left alone; so is, as runs have shown, one whose rules all lack a selector of tags. It shares
 * nothing with the adapter.
 */

export interface Stored {
  readonly tags: readonly string[];
  /** Days ago. */
  readonly pushed: number;
  /** Days ago; infinite: never. */
  readonly pulled: number;
}

type Raw = Readonly<Record<string, unknown>>;

/** The images that a run removes from a repository; none: nothing runs by itself. */
export function removedBy(
  policy: JsonObject,
  immutability: readonly JsonObject[],
  repository: string,
  images: readonly Stored[],
): readonly Stored[] {
  const trigger = raw(policy['trigger']);
  const cron = raw(trigger['settings'])['cron'];
  if (trigger['kind'] !== 'Schedule' || typeof cron !== 'string' || cron === '') return [];
  const here = list(policy['rules'])
    .filter((rule) => rule['disabled'] !== true)
    .filter((rule) => concerns(list(raw(rule['scope_selectors'])['repository']), repository));
  if (!here.some((rule) => list(rule['tag_selectors']).length > 0)) return [];
  const kept = new Set(here.flatMap((rule) => retained(rule, images)));
  const locks = immutability.filter((rule) => rule['disabled'] !== true);
  return images.filter((image) => !kept.has(image) && !locks.some((one) => holds(one, image)));
}

/** Every selector narrows; without one every repository is meant. */
function concerns(selectors: readonly Raw[], repository: string): boolean {
  return selectors.every(
    ({ decoration, pattern }) => glob(pattern, repository) === (decoration === 'repoMatches'),
  );
}

/** Every selector of tags narrows; a rule without one retains nothing. */
function retained(rule: Raw, images: readonly Stored[]): readonly Stored[] {
  const selectors = list(rule['tag_selectors']);
  if (selectors.length === 0) return [];
  const chosen = images.filter((image) => selectors.every((one) => selects(one, image)));
  const template = String(rule['template']);
  const given = raw(rule['params'])[template];
  const amount = (usual: number) =>
    typeof given === 'number' && given > -1 ? Math.trunc(given) : usual;
  const first = (count: number, age: (image: Stored) => number) =>
    [...chosen].sort((a, b) => age(a) - age(b)).slice(0, count);
  const within = (days: number, age: (image: Stored) => number) =>
    chosen.filter((image) => age(image) <= days);
  const push = ({ pushed }: Stored) => pushed;
  const pull = ({ pulled }: Stored) => pulled;
  switch (template) {
    case 'always':
      return chosen;
    case 'latestPushedK':
      return first(amount(10), push);
    case 'latestPulledN':
      return first(amount(10), pull);
    case 'latestActiveK':
      return first(amount(10), ({ pushed, pulled }) => Math.min(pushed, pulled));
    case 'nDaysSinceLastPush':
      return within(amount(30), push);
    case 'nDaysSinceLastPull':
      return within(amount(30), pull);
    case 'lastXDays':
      return within(amount(10), push);
    default:
      throw new Error(`no template ${template}`);
  }
}

/** `untagged` of the extras is for `matches`; `excludes` turns it around. Without extras both select. */
function selects({ decoration, pattern, extras }: Raw, { tags }: Stored): boolean {
  const matching = decoration === 'matches';
  if (tags.length > 0) return tags.some((tag) => glob(pattern, tag) === matching);
  if (typeof extras !== 'string' || extras === '') return true;
  return (JSON.parse(extras).untagged === true) === matching;
}

/** The first selector of each kind counts, and a rule without one holds nothing. */
function holds(rule: Raw, { tags }: Stored): boolean {
  const [repositories] = list(raw(rule['scope_selectors'])['repository']);
  const [selector] = list(rule['tag_selectors']);
  if (repositories === undefined || selector === undefined) return false;
  if (!concerns([repositories], 'web')) return false;
  const matching = selector['decoration'] === 'matches';
  if (tags.length === 0) return !matching;
  return tags.some((tag) => glob(selector['pattern'], tag) === matching);
}

/** doublestar: `*` within a path segment, `**` across, `?`, classes, alternatives. Empty: everything. */
export function glob(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string' || pattern === '') return true;
  return expand(pattern).some((one) => new RegExp(`^${expression(one)}$`).test(text));
}

function expand(pattern: string): readonly string[] {
  const found = /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern);
  if (found === null) return [pattern];
  const [, before = '', choices = '', after = ''] = found;
  return choices.split(',').flatMap((choice) => expand(`${before}${choice}${after}`));
}

function expression(pattern: string): string {
  const parts = pattern.match(/\*\*\/?|\*|\?|\[[^\]]*\]|./g);
  return (parts === null ? [] : parts)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.length > 1 ? part : part.replace(/[.\\+^$()|[\]{}]/g, '\\$&');
    })
    .join('');
}

function raw(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {};
}

function list(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value : [];
}
