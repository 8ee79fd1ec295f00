/*
 * `acr purge`, which removes tags by their age, and manifests without tags (Azure/acr-cli, purge).
 */

/** What one run of the command removes. */
export interface Purge {
  /** Wildcards for repositories and their tags, of which any is enough. */
  readonly filters: readonly PurgeFilter[];
  /** Whole days since the last update of a tag or manifest. */
  readonly days: number;
  /** So many of the newest that match stay. */
  readonly keep: number;
  readonly untagged: boolean;
  /** The registry as it is named; empty: that of the task. */
  readonly registry: string;
  readonly dryRun: boolean;
}

export interface PurgeFilter {
  readonly repositories: Wildcard;
  readonly tags: Wildcard;
}

/** A wildcard for a regular expression; not `exact`: it matches more than the expression. */
export interface Wildcard {
  readonly pattern: string;
  readonly exact: boolean;
}

/** The image that the name `acr` stands for in a task. */
const images = /^(?:acr|mcr\.microsoft\.com\/acr\/acr-cli(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?)$/;

/** What a command of a task does to images. `unclear`: it may remove some, and which is not told. */
export type Removal =
  | { readonly mode: 'none' }
  | { readonly mode: 'purge'; readonly purge: Purge }
  | { readonly mode: 'unclear'; readonly why: string };

/** In: the words of a command, the image first. */
export function removalBy([image = '', command, ...rest]: readonly string[]): Removal {
  // No more than the image is named: what stands behind it may hold a secret.
  const name = /^[\w./:@-]{1,80}$/.test(image) ? image : 'a command';
  if (!images.test(image)) {
    return { mode: 'unclear', why: `runs ${name}, which may remove images` };
  }
  if (command === 'version') return { mode: 'none' };
  if (command === 'tag' || command === 'manifest') {
    if (rest[0] === 'list') return { mode: 'none' };
  }
  if (command !== 'purge') return { mode: 'unclear', why: `runs ${name}, which may remove images` };
  const purge = purgeOf(rest);
  return typeof purge === 'string'
    ? { mode: 'unclear', why: `runs acr purge ${purge}` }
    : { mode: 'purge', purge };
}

const flags: Readonly<Record<string, 'value' | 'switch'>> = {
  '--filter': 'value',
  '--ago': 'value',
  '--keep': 'value',
  '--untagged': 'switch',
  '--dry-run': 'switch',
  '--include-locked': 'switch',
  '--registry': 'value',
  '--username': 'value',
  '--password': 'value',
  '--config': 'value',
  '--concurrency': 'value',
  '--repository-page-size': 'value',
  '--filter-timeout-seconds': 'value',
};
const short: Readonly<Record<string, string>> = {
  '-f': '--filter',
  '-r': '--registry',
  '-u': '--username',
  '-p': '--password',
  '-c': '--config',
};

/** What the flags say; a text: why they do not tell. */
function purgeOf(words: readonly string[]): Purge | string {
  const given = flagsIn(words);
  if (typeof given === 'string') return given;
  const values = (flag: string) => given.flatMap(([name, value]) => (name === flag ? [value] : []));
  const filters = values('--filter').map(filterOf);
  const days = daysOf(values('--ago').at(-1) ?? '');
  const keep = /^\d{1,6}$/.exec(values('--keep').at(-1) ?? '0');
  const known = filters.flatMap((filter) => (filter === null ? [] : [filter]));
  if (filters.length === 0 || known.length < filters.length) {
    return 'with a filter that cannot be evaluated';
  }
  if (days === null) return 'with an age that cannot be evaluated';
  if (keep === null) return 'with a number to keep that cannot be evaluated';
  const on = (flag: string) => (values(flag).at(-1) ?? 'false') === 'true';
  return {
    filters: known.flat(),
    days,
    keep: Number(keep[0]),
    untagged: on('--untagged'),
    registry: values('--registry').at(-1) ?? '',
    dryRun: on('--dry-run'),
  };
}

function flagsIn(words: readonly string[]): readonly (readonly [string, string])[] | string {
  const given: [string, string][] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, head = word, inline] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? [];
    const name = short[head] ?? head;
    const kind = flags[name];
    if (kind === undefined) return 'with a flag that regaudit does not know';
    if (kind === 'switch') {
      if (inline !== undefined && inline !== 'true' && inline !== 'false') {
        return 'with a switch that cannot be evaluated';
      }
      given.push([name, inline ?? 'true']);
      continue;
    }
    const value = inline ?? words[at + 1];
    if (value === undefined) return 'with a flag that lacks its value';
    if (inline === undefined) at += 1;
    given.push([name, value]);
  }
  return given;
}

const units: Readonly<Record<string, number>> = { h: 1 / 24, m: 1 / 1440, s: 1 / 86_400 };

/** `30d`, `2d3h6m`, `720h` as whole days. */
function daysOf(ago: string): number | null {
  const [, days = '0', rest = ''] = /^(?:(\d{1,6})d)?((?:\d{1,6}[hms])*)$/.exec(ago) ?? [];
  if (ago === '' || (days === '0' && rest === '' && !/^0+d$/.test(ago))) return null;
  const more = [...rest.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, number, unit = '']) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
  return Math.floor(Number(days) + more);
}

/** `REPOSITORY:TAG`, both regular expressions: the first for a whole name, the second for any part of one. */
function filterOf(filter: string): readonly PurgeFilter[] | null {
  const parts = filter.split(':');
  const [repositories = '', tags = ''] = parts;
  if (parts.length !== 2 || repositories === '' || tags === '') return null;
  const left = wildcardsOf(repositories, true);
  const right = wildcardsOf(tags, false);
  if (left === null || right === null) return null;
  return left.flatMap((one) => right.map((other) => ({ repositories: one, tags: other })));
}

/** A part of a regular expression that stands for itself, for any text, or for some characters. */
const partForm =
  /(\.\*)|((?:\.|\\[dw]|\[[^\]\\^][^\]\\]*\])(?:[+*?]|\{\d+(?:,\d*)?\})?)|([A-Za-z0-9_/-]|\\[.\-_/+])(?![*+?{])/y;

/** `whole`: the expression must match all of a text. Null: it cannot be told as wildcards. */
function wildcardsOf(expression: string, whole: boolean): readonly Wildcard[] | null {
  const found = expression.split('|').map((one) => wildcardOf(one, whole));
  // `^a|b$` anchors one side of each alternative alone, which its wildcard says as well.
  const known = found.flatMap((one) => (one === null ? [] : [one]));
  return known.length === found.length ? known : null;
}

function wildcardOf(expression: string, whole: boolean): Wildcard | null {
  const start = whole || expression.startsWith('^');
  const end = whole || expression.endsWith('$');
  const inner = expression.replace(/^\^/, '').replace(/\$$/, '');
  let pattern = start ? '' : '*';
  let exact = true;
  partForm.lastIndex = 0;
  while (partForm.lastIndex < inner.length) {
    const [, any, some, literal] = partForm.exec(inner) ?? [];
    if (any === undefined && some === undefined && literal === undefined) return null;
    if (some !== undefined) exact = false;
    pattern += literal === undefined ? '*' : literal.replace('\\', '');
  }
  return { pattern: `${pattern}${end ? '' : '*'}`.replace(/\*+/g, '*'), exact };
}
