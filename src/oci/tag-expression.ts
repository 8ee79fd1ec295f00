import {
  anyText,
  choice,
  empty,
  type Language,
  oneOf,
  sequence,
  star,
  tagCharacters,
} from './regular-language.ts';

/** The tags that a rule matches if it has to match the whole tag, and if a part of it is enough. */
export interface RuleLanguage {
  readonly whole: Language;
  readonly part: Language;
}

const mostParts = 2_000;
const longestRule = 1_000;
const deepest = 20;

/**
 * Reads a rule for immutable tags, a regular expression of RE2 (docs, immutable tags). Null: it has
 * something whose meaning is not read here: flags, word boundaries, names of classes, quotation, or an
 * anchor inside of it.
 */
export function ruleLanguage(rule: string): RuleLanguage | null {
  if (rule.length > longestRule) return null;
  const reader = { text: rule, at: 0, parts: 0, depth: 0 };
  const alternatives: RuleLanguage[] = [];
  for (;;) {
    const start = skip(reader, '^') || skip(reader, '\\A');
    const body = sequenceAt(reader);
    const end = skip(reader, '$') || skip(reader, '\\z');
    if (body === null || (reader.at < rule.length && rule[reader.at] !== '|')) return null;
    const before = start ? empty : anyText;
    const after = end ? empty : anyText;
    alternatives.push({ whole: body, part: sequence(before, sequence(body, after)) });
    if (!skip(reader, '|')) break;
  }
  return {
    whole: choice(alternatives.map(({ whole }) => whole)),
    part: choice(alternatives.map(({ part }) => part)),
  };
}

interface Reader {
  readonly text: string;
  at: number;
  parts: number;
  depth: number;
}

function skip(reader: Reader, token: string): boolean {
  if (!reader.text.startsWith(token, reader.at)) return false;
  reader.at += token.length;
  return true;
}

/** Up to what ends a sequence: `|`, `)`, an anchor or the end of the rule. */
function sequenceAt(reader: Reader): Language | null {
  const found: Language[] = [];
  while (
    reader.at < reader.text.length &&
    !/^(?:[|)$^]|\\[Az])/.test(reader.text.slice(reader.at, reader.at + 2))
  ) {
    const atom = atomAt(reader);
    const repeated = atom === null ? null : repeatedAt(reader, atom);
    if (repeated === null) return null;
    found.push(repeated);
  }
  return found.reduceRight((rest, first) => sequence(first, rest), empty);
}

function atomAt(reader: Reader): Language | null {
  reader.parts += 1;
  if (reader.parts > mostParts) return null;
  if (skip(reader, '(')) return groupAt(reader);
  if (skip(reader, '[')) return classAt(reader);
  if (skip(reader, '.')) return oneOf(tagCharacters);
  const next = reader.text[reader.at] ?? '';
  if (/[*+?]/.test(next)) return null;
  const characters = charactersAt(reader);
  return characters === null ? null : oneOf(characters);
}

/** A group, whether it captures, has a name or neither; its flags are not read. */
function groupAt(reader: Reader): Language | null {
  const head = /^\?(?::|P?<\w+>)/.exec(reader.text.slice(reader.at, reader.at + 100))?.[0] ?? '';
  if (head === '' && reader.text[reader.at] === '?') return null;
  reader.at += head.length;
  reader.depth += 1;
  if (reader.depth > deepest) return null;
  const options: Language[] = [];
  do {
    const option = sequenceAt(reader);
    if (option === null) return null;
    options.push(option);
  } while (skip(reader, '|'));
  reader.depth -= 1;
  return skip(reader, ')') ? choice(options) : null;
}

/** A character that stands for itself, or what a backslash stands for. */
function charactersAt(reader: Reader): string | null {
  if (!skip(reader, '\\')) {
    const one = reader.text[reader.at] ?? null;
    reader.at += 1;
    return one;
  }
  const letter = reader.text[reader.at] ?? '';
  reader.at += 1;
  if (/[A-Za-z0-9]/.test(letter)) return shorthands[letter] ?? null;
  return letter === '' ? null : letter;
}

const digits = '0123456789';
const words = tagCharacters.replace(/[.-]/g, '');
/** No tag has a space, a tab or a line break. */
const shorthands: Readonly<Record<string, string>> = {
  d: digits,
  D: without(digits),
  w: words,
  W: without(words),
  s: '',
  S: tagCharacters,
  t: '\t',
  n: '\n',
};

function without(characters: string): string {
  return [...tagCharacters].filter((one) => !characters.includes(one)).join('');
}

function classAt(reader: Reader): Language | null {
  const negated = skip(reader, '^');
  let characters = skip(reader, ']') ? ']' : '';
  while (!skip(reader, ']')) {
    if (reader.at >= reader.text.length || reader.text.startsWith('[:', reader.at)) return null;
    const from = charactersAt(reader);
    if (from === null) return null;
    const range = reader.text[reader.at] === '-' && reader.text[reader.at + 1] !== ']';
    if (!range) {
      characters += from;
      continue;
    }
    reader.at += 1;
    const to = charactersAt(reader);
    if (to === null || from.length !== 1 || to.length !== 1 || from > to) return null;
    characters += [...tagCharacters].filter((one) => one >= from && one <= to).join('');
  }
  return oneOf(negated ? without(characters) : characters);
}

/** Lazy or not makes no difference to what matches. */
function repeatedAt(reader: Reader, atom: Language): Language | null {
  const repeated = quantified(reader, atom);
  skip(reader, '?');
  const more = reader.text.slice(reader.at);
  return /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(more) ? null : repeated;
}

function quantified(reader: Reader, atom: Language): Language | null {
  if (skip(reader, '*')) return star(atom);
  if (skip(reader, '+')) return sequence(atom, star(atom));
  if (skip(reader, '?')) return choice([atom, empty]);
  const counts = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(
    reader.text.slice(reader.at, reader.at + 12),
  );
  if (counts === null) return atom;
  const [all, least = '', comma, most = ''] = counts;
  reader.at += all.length;
  const low = Number(least);
  const high = comma === undefined ? low : most === '' ? null : Number(most);
  reader.parts += low + (high === null ? 1 : Math.max(0, high - low));
  if (reader.parts > mostParts || (high !== null && high < low)) return null;
  const tail = high === null ? star(atom) : times(choice([atom, empty]), high - low);
  return sequence(times(atom, low), tail);
}

function times(language: Language, count: number): Language {
  return Array.from({ length: count }, () => language).reduce(
    (rest, one) => sequence(one, rest),
    empty,
  );
}

/** A wildcard with `*`, as the configuration has them. */
export function wildcardLanguage(wildcard: string): Language {
  return [...wildcard].reduceRight(
    (rest, one) => sequence(one === '*' ? anyText : oneOf(one), rest),
    empty,
  );
}
