/*
 * Regular languages over the characters of tags, by derivatives (Brzozowski, 1964): linear, without
 * backtracking, and with an answer to "does one contain the other" that `RegExp` cannot give.
 */

/** A tag begins with one of `tagStart` and goes on with `tagCharacters` (OCI Distribution, pulling). */
const tagStart = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_';
export const tagCharacters = `${tagStart}.-`;
const longestTag = 128;

export type Language = { readonly key: string; readonly nullable: boolean } & (
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly characters: string }
  | { readonly kind: 'sequence'; readonly first: Language; readonly rest: Language }
  | { readonly kind: 'choice'; readonly options: readonly Language[] }
  | { readonly kind: 'star'; readonly of: Language }
);

/** The empty text alone. */
export const empty: Language = { kind: 'empty', key: 'e', nullable: true };

/** One character of a set; those that no tag can have are left out. */
export function oneOf(characters: string): Language {
  const legal = [...tagCharacters].filter((one) => characters.includes(one)).join('');
  return { kind: 'set', characters: legal, key: `[${legal}]`, nullable: false };
}

const nothing = oneOf('');

export function sequence(first: Language, rest: Language): Language {
  if (first.key === nothing.key || rest.key === nothing.key) return nothing;
  if (first.kind === 'empty') return rest;
  if (rest.kind === 'empty') return first;
  // To the right, so that equal languages get equal keys more often.
  if (first.kind === 'sequence') return sequence(first.first, sequence(first.rest, rest));
  const nullable = first.nullable && rest.nullable;
  return { kind: 'sequence', first, rest, key: `(${first.key}${rest.key})`, nullable };
}

export function choice(languages: readonly Language[]): Language {
  const flat = languages.flatMap((one) => (one.kind === 'choice' ? one.options : [one]));
  const byKey = new Map(flat.map((one) => [one.key, one]));
  byKey.delete(nothing.key);
  const keys = [...byKey.keys()].sort();
  const options = keys.flatMap((key) => byKey.get(key) ?? []);
  const [only] = options;
  if (only === undefined) return nothing;
  if (options.length === 1) return only;
  const nullable = options.some((one) => one.nullable);
  return { kind: 'choice', options, key: `{${keys.join('|')}}`, nullable };
}

export function star(of: Language): Language {
  if (of.kind === 'star' || of.kind === 'empty') return of;
  return of.key === nothing.key ? empty : { kind: 'star', of, key: `${of.key}*`, nullable: true };
}

export const anyText = star(oneOf(tagCharacters));

/** Most steps of one comparison. */
const mostSteps = 200_000;

/** Does `outer` hold every tag that `inner` holds? Exact; null: that takes more steps than it may. */
export function contains(outer: Language, inner: Language): boolean | null {
  const letters = lettersOf([outer, inner]);
  const count = { steps: 0 };
  const seen = new Set<string>();
  let frontier: (readonly [Language, Language])[] = [[inner, outer]];
  for (let length = 1; length <= longestTag && frontier.length > 0; length += 1) {
    const next: (readonly [Language, Language])[] = [];
    for (const [within, without] of frontier) {
      for (const letter of letters) {
        if (length === 1 && !tagStart.includes(letter)) continue;
        const left = derivative(within, letter, count);
        if (left.key === nothing.key) continue;
        const right = derivative(without, letter, count);
        if (left.nullable && !right.nullable) return false;
        const pair = `${left.key} ${right.key}`;
        count.steps += pair.length / 100;
        if (count.steps > mostSteps) return null;
        if (seen.has(pair)) continue;
        seen.add(pair);
        next.push([left, right]);
      }
    }
    frontier = next;
  }
  return true;
}

/** What may follow `letter`. */
function derivative(language: Language, letter: string, count: { steps: number }): Language {
  count.steps += 1;
  switch (language.kind) {
    case 'empty':
      return nothing;
    case 'set':
      return language.characters.includes(letter) ? empty : nothing;
    case 'sequence': {
      const { first, rest } = language;
      const through = sequence(derivative(first, letter, count), rest);
      return first.nullable ? choice([through, derivative(rest, letter, count)]) : through;
    }
    case 'choice':
      return choice(language.options.map((one) => derivative(one, letter, count)));
    case 'star':
      return sequence(derivative(language.of, letter, count), language);
  }
}

/** One character for each group that the languages do not tell apart. */
function lettersOf(languages: readonly Language[]): readonly string[] {
  const sets = [...new Set([tagStart, ...languages.flatMap(setsIn)])];
  const groups = new Map<string, string>();
  for (const letter of tagCharacters) {
    const group = sets.map((set) => (set.includes(letter) ? '1' : '0')).join('');
    if (!groups.has(group)) groups.set(group, letter);
  }
  return [...groups.values()];
}

function setsIn(language: Language): readonly string[] {
  switch (language.kind) {
    case 'empty':
      return [];
    case 'set':
      return [language.characters];
    case 'sequence':
      return [...setsIn(language.first), ...setsIn(language.rest)];
    case 'choice':
      return language.options.flatMap(setsIn);
    case 'star':
      return setsIn(language.of);
  }
}
