import type { Random } from './random.ts';

const words = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    '\\',
    '\n',
    '\r',
    '\t',
    '\0',
    '\u2028',
    '\ud800',
    '\ufeff',
  ],
  ...['__proto__', 'constructor', 'prototype', 'null', 'true', '-0', '1e400', '1e-400', 'NaN'],
  ...['9007199254740993', '\\u0000', '\\ud800', '&a', '*a', '<<', '!!js/function', '|', '>', '---'],
  ...[
    '$' + '{HOME}',
    '$$' + '{x}',
    '%00',
    '../',
    'file:///',
    '(a+)+$',
    '*',
    '**',
    '\u202e',
    '\x1b[2J',
  ],
] as const;

const values: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1e308, 0.1, '', 'x', '*', '__proto__', '\u0000', '\ud800'],
  ...[[], {}, [[]], [null], [{}], { '': 1 }, { constructor: 1 }, '2026-13-45', '9'.repeat(400)],
  ...['x'.repeat(5000), Array.from({ length: 300 }, () => 0)],
];

/** A text with one or two changes of any kind. */
export function mutated(text: string, random: Random): string {
  let changed = text;
  for (let left = 1 + random.below(2); left > 0; left -= 1) changed = once(changed, random);
  return changed;
}

function once(text: string, random: Random): string {
  const [a, b] = [random.below(text.length + 1), random.below(text.length + 1)];
  const [from, to] = a < b ? [a, b] : [b, a];
  const short = Math.min(to, from + 1 + random.below(20));
  switch (random.below(7)) {
    case 0:
      return text.slice(0, from) + random.of(words) + text.slice(from);
    case 1:
      return text.slice(0, from) + text.slice(short);
    case 2:
      return text.slice(0, from) + random.of(words) + text.slice(short);
    case 3:
      return text.slice(0, to);
    case 4:
      return text.slice(0, to) + text.slice(from, Math.min(to, from + 2000)) + text.slice(to);
    case 5:
      return (
        text.slice(0, from) + random.of(words).repeat(1 + random.below(3000)) + text.slice(from)
      );
    default:
      return changedJson(text, random) ?? text.slice(0, from) + text.slice(short);
  }
}

/** One value of a JSON text replaced, doubled or taken out; null: it is not JSON. */
export function changedJson(text: string, random: Random): string | null {
  const root = parsed(text);
  if (root === undefined) return null;
  const place = random.of(placesOf(root));
  if (place === undefined) return JSON.stringify(random.of(values));
  const { holder, key } = place;
  if (random.below(3) === 0 && !Array.isArray(holder)) Reflect.deleteProperty(holder, key);
  else if (random.below(4) === 0) Reflect.set(holder, random.of(words), Reflect.get(holder, key));
  else Reflect.set(holder, key, random.of(values));
  return JSON.stringify(root);
}

/**
 * Less than the text said: cut off, or one value of it of another type. Not a list or an object that became
 * empty, and nothing left out: both may be an answer.
 */
export function damaged(text: string, random: Random): string {
  const root = random.below(3) === 0 ? undefined : parsed(text);
  const place = root === undefined ? undefined : random.of(placesOf(root));
  if (place === undefined) return text.slice(0, random.below(text.length));
  const { holder, key } = place;
  Reflect.set(holder, key, otherType(Reflect.get(holder, key), random));
  return JSON.stringify(root);
}

function otherType(value: unknown, random: Random): unknown {
  const others = [17, 'zz-none', { zz: 'none' }, [['zz']]];
  const kind = (one: unknown) => (Array.isArray(one) ? 'array' : typeof one);
  return random.of(others.filter((other) => kind(other) !== kind(value)));
}

interface Position {
  readonly holder: object;
  readonly key: string;
}

/** Every value below the root; undefined stands for the root. */
function placesOf(root: unknown): readonly (Position | undefined)[] {
  const found: (Position | undefined)[] = [undefined];
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      found.push({ holder: value, key });
      waiting.push(inner);
    }
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
