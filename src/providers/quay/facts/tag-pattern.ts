/** The tags that a regular expression matches, as wildcards of whole tags. */
export interface TagSet {
  readonly wildcards: readonly string[];
  /** False: the wildcards match other tags besides. */
  readonly exact: boolean;
}

interface Part {
  readonly wildcards: readonly string[];
  readonly exact: boolean;
}

/** Where a pattern is read: `null` anywhere means that it is not understood. */
interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

const longest = 500;
const mostWildcards = 64;
const deepest = 10;
const anything: Part = { wildcards: ['*'], exact: false };
const everything: Part = { wildcards: ['*'], exact: true };
const nothing: Part = { wildcards: [''], exact: true };
const digits = [...'0123456789'];

/**
 * Reads a pattern of a policy. `whole`: it has to match the whole tag (immutability: `re.fullmatch`); `part`:
 * a part of it is enough (pruning: the search of the database). Null: it has something that is not read here.
 */
export function tagSet(pattern: string, matching: 'whole' | 'part'): TagSet | null {
  if (pattern.length > longest) return null;
  const reader: Reader = { text: pattern, at: 0, depth: 0 };
  const alternatives: Part[] = [];
  for (;;) {
    const start = skip(reader, '^');
    const body = sequenceAt(reader);
    const end = skip(reader, '$');
    if (body === null || (reader.at < pattern.length && pattern[reader.at] !== '|')) return null;
    const before = start || matching === 'whole' ? nothing : everything;
    const after = end || matching === 'whole' ? nothing : everything;
    alternatives.push(joined(joined(before, body), after));
    if (!skip(reader, '|')) break;
  }
  return either(alternatives);
}

function skip(reader: Reader, text: string): boolean {
  if (!reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function sequenceAt(reader: Reader): Part | null {
  let read = nothing;
  while (reader.at < reader.text.length && !'|)$'.includes(reader.text[reader.at] ?? '')) {
    const atom = atomAt(reader);
    if (atom === null) return null;
    const repeated = repeatedAt(reader, atom);
    if (repeated === null) return null;
    read = joined(read, repeated);
  }
  return read;
}

function atomAt(reader: Reader): Part | null {
  const char = reader.text[reader.at] ?? '';
  reader.at += 1;
  if (/[A-Za-z0-9_-]/.test(char)) return { wildcards: [char], exact: true };
  switch (char) {
    case '.':
      return anything;
    case '\\':
      return escapeAt(reader);
    case '[':
      return classAt(reader);
    case '(':
      return groupAt(reader);
    default:
      return null;
  }
}

function escapeAt(reader: Reader): Part | null {
  const char = reader.text[reader.at] ?? '';
  reader.at += 1;
  if (char === 'd') return { wildcards: digits, exact: true };
  if (/[wsDWS]/.test(char)) return anything;
  return /[^A-Za-z0-9]/.test(char) ? { wildcards: [char], exact: true } : null;
}

function classAt(reader: Reader): Part | null {
  const end = reader.text.indexOf(']', reader.at + 1);
  if (end === -1) return null;
  const body = reader.text.slice(reader.at, end);
  reader.at = end + 1;
  if (body === '0-9') return { wildcards: digits, exact: true };
  if (body.startsWith('^') || !/^[A-Za-z0-9_.]{1,12}$/.test(body)) return anything;
  return { wildcards: [...new Set(body)], exact: true };
}

function groupAt(reader: Reader): Part | null {
  if (!skip(reader, '?:') && reader.text[reader.at] === '?') return null;
  reader.depth += 1;
  if (reader.depth > deepest) return null;
  const alternatives: Part[] = [];
  do {
    const one = sequenceAt(reader);
    if (one === null) return null;
    alternatives.push(one);
  } while (skip(reader, '|'));
  reader.depth -= 1;
  return skip(reader, ')') ? either(alternatives) : null;
}

function repeatedAt(reader: Reader, atom: Part): Part | null {
  const any = atom === anything && reader.text[reader.at - 1] === '.';
  const rest = reader.text.slice(reader.at);
  const [quantifier] = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(rest) ?? [''];
  if (quantifier === '') return atom;
  reader.at += quantifier.length;
  // Lazy or possessive: the same tags.
  if (!skip(reader, '?')) skip(reader, '+');
  if (quantifier === '*' && any) return everything;
  if (quantifier === '?') return either([nothing, atom]);
  return anything;
}

function joined(one: Part, other: Part): Part {
  const wildcards = one.wildcards.flatMap((before) =>
    other.wildcards.map((after) => `${before}${after}`.replace(/\*+/g, '*')),
  );
  return bounded(wildcards, one.exact && other.exact);
}

function either(alternatives: readonly Part[]): Part {
  return bounded(
    alternatives.flatMap(({ wildcards }) => wildcards),
    alternatives.every(({ exact }) => exact),
  );
}

function bounded(wildcards: readonly string[], exact: boolean): Part {
  const distinct = [...new Set(wildcards)];
  return distinct.length > mostWildcards ? anything : { wildcards: distinct, exact };
}
