import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isScalar, isSeq, LineCounter, stringify, YAMLSeq } from 'yaml';
import { boundedDocument } from '../decode/bounded-yaml.ts';
import type { Exception } from '../model/exception.ts';
import { UsageError } from '../model/usage-error.ts';

const options = { logLevel: 'error', version: '1.2' } as const;

/** The lists of exceptions in a configuration. */
export type ExceptionList = 'waivers' | 'acceptUnknown';

/**
 * The text of a configuration with one more exception, all else as it was: comments, order, spacing. In:
 * a sound configuration as YAML, or as JSON when `json`, and which list it goes into. Throws `UsageError`
 * when the list is written in a way that cannot be added to.
 */
export function withException(
  text: string,
  waiver: Exception,
  json: boolean,
  key: ExceptionList = 'waivers',
): string {
  const entry = Object.fromEntries(
    Object.entries(waiver).map(([key, value]) => [key, literal(value)]),
  );
  const plain = text.replaceAll('\r\n', '\n');
  const added = json ? inJson(plain, entry, key) : inYaml(plain, entry, key);
  const result = plain === text ? added : added.replaceAll('\n', '\r\n');
  const before = dataOf(text);
  const list = Array.isArray(before[key]) ? before[key] : [];
  const expected = { ...before, [key]: [...list, entry] };
  if (isDeepStrictEqual(dataOf(result), expected)) return result;
  throw new UsageError(
    `the list ${key} is written in a way that cannot be added to`,
    `add this by hand:\n${stringify([entry], style)}`,
  );
}

/** Escapes variable substitution. */
function literal(text: string): string {
  return text.replaceAll('${', () => '$${');
}

function dataOf(text: string): Record<string, unknown> {
  const value: unknown = boundedDocument(text, options).toJS();
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

type Entry = Readonly<Record<string, string>>;

/** Keeps long texts on one line. */
const style = { lineWidth: 0 } as const;

function inYaml(text: string, entry: Entry, key: ExceptionList): string {
  const lines = new LineCounter();
  const document = boundedDocument(text, { ...options, lineCounter: lines });
  const { contents } = document;
  const block = contents === null || (isMap(contents) && contents.flow !== true);
  if (!block || /^\.\.\.\s*$/m.test(text)) return rewritten(document, entry, key);
  const list = isMap(contents) ? contents.get(key, true) : undefined;
  if (list === undefined) return appended(text, `${key}:\n${item(entry, 2)}`);
  const last = isSeq(list) && list.flow !== true ? list.items.at(-1) : undefined;
  const [end, start] = [rangeOf(last)?.[1], rangeOf(list)?.[0]];
  if (end === undefined || start === undefined) return rewritten(document, entry, key);
  return insertedAfter(text, end, item(entry, lines.linePos(start).col - 1));
}

function rangeOf(node: unknown): readonly number[] | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.range ?? undefined) : undefined;
}

function item(entry: Entry, indent: number): string {
  return stringify([entry], style).replace(/^(?=.)/gm, ' '.repeat(indent));
}

function appended(text: string, block: string): string {
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  const blank = text.trim() === '' || text.endsWith('\n\n') ? '' : '\n';
  return `${text}${gap}${blank}${block}`;
}

/** The end of the value's last line, so that a trailing comment stays with it. */
function insertedAfter(text: string, end: number, block: string): string {
  const newline = text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end);
  if (newline < 0) return `${text}\n${block}`;
  return text.slice(0, newline + 1) + block + text.slice(newline + 1);
}

/** Flow lists and other rare forms: correct, but spacing may change. */
function rewritten(document: Document, entry: Entry, key: ExceptionList): string {
  const list = document.get(key);
  if (isSeq(list)) list.flow = false;
  if (list instanceof YAMLSeq) document.addIn([key], entry);
  else document.set(key, [entry]);
  return document.toString(style);
}

function inJson(text: string, entry: Entry, key: ExceptionList): string {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new UsageError('a .json file that is not plain JSON cannot be added to');
  }
  const list = Array.isArray(value[key]) ? value[key] : [];
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify({ ...value, [key]: [...list, entry] }, null, indent)}\n`;
}
