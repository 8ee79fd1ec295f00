import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
} from 'yaml';
import { boundedDocument, YamlTooCostly } from '../decode/bounded-yaml.ts';

/** A problem in a file, with its position. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type Path = readonly string[];

/** A parsed file that keeps positions. */
export interface SourceDocument {
  /** Plain data; null for an empty file, undefined if it cannot be parsed. */
  readonly value: unknown;
  /** Syntax errors. */
  readonly problems: readonly Problem[];
  /** Position of the value at a path; with `key`, of its key. */
  readonly place: (path: Path, what: 'key' | 'value') => Omit<Problem, 'message'>;
}

/** Parses YAML 1.2 or JSON. Never throws: errors are in `problems`. */
export function readDocument(text: string): SourceDocument {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  let document: Document;
  try {
    document = boundedDocument(text, { lineCounter: lines, logLevel: 'error', version: '1.2' });
  } catch (error) {
    return broken(reason(error), error instanceof YamlTooCostly ? at(error.offset) : top);
  }
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    ...at(error.pos[0]),
    message: plainer(error.code, error.message),
  }));
  const place = (path: Path, what: 'key' | 'value') => at(offsetOf(document, path, what));
  // Duplicate keys leave a document that can be read on; anything else would only echo the first error.
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  if (!readable) return { value: undefined, problems, place };
  try {
    return { value: document.toJS(), problems, place };
  } catch (error) {
    return { ...broken(reason(error)), place };
  }
}

const top = { line: 1, column: 1 };
const tooDeep = 'nested too deeply';
/** Messages of a stack overflow, in a function or a regular expression. */
const stackEnded = /^Maximum call stack|Stack overflow$/;

function broken(message: string, at: Omit<Problem, 'message'> = top): SourceDocument {
  return { value: undefined, problems: [{ ...at, message }], place: () => top };
}

function reason(error: unknown): string {
  if (error instanceof ReferenceError && error.message.startsWith('Excessive alias count')) {
    return 'aliases (*name) repeat more than any configuration needs';
  }
  const message = error instanceof Error ? error.message : String(error);
  return stackEnded.test(message) ? tooDeep : message;
}

function plainer(code: string, message: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'duplicate key';
    case 'MULTIPLE_DOCS':
      return 'a second document begins (---); only one is read';
    case 'TAB_AS_INDENT':
      return 'a tab indents this line; YAML wants spaces';
    default:
      return stackEnded.test(message) ? tooDeep : message;
  }
}

/** Follows the path as far as it exists; a value without a position takes that of its key. */
function offsetOf(document: Document, path: Path, what: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const { key, value } = child(resolved(node, document), step);
    const last = index === path.length - 1;
    offset = (last && what === 'key' ? startOf(key) : startOf(value)) ?? startOf(key) ?? offset;
    node = value;
  }
  return offset;
}

function child(node: unknown, step: string): { key?: unknown; value?: unknown } {
  if (isSeq(node)) return { value: node.items[Number(step)] };
  if (!isMap(node)) return {};
  const pair = node.items.findLast(({ key }) => String(isScalar(key) ? key.value : key) === step);
  return isPair(pair) ? { key: pair.key, value: pair.value } : {};
}

function resolved(node: unknown, document: Document): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
}

function startOf(node: unknown): number | undefined {
  if (!isNode(node)) return undefined;
  // A value left empty has a range of no length after its key.
  if (isScalar(node) && node.range && node.range[0] === node.range[1]) return undefined;
  return node.range?.[0];
}
