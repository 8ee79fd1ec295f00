import { Refused } from './outcome.ts';

/** One DER element (X.690): its tag byte, its content and all of its bytes. */
export interface Der {
  readonly tag: number;
  readonly content: Buffer;
  readonly raw: Buffer;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const bad = (what: string) => new Refused(`it is malformed: ${what}`);

/** The bytes as exactly one element. Throws `Refused` for anything but definite, minimal lengths. */
export function der(bytes: Uint8Array): Der {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = elementAt(all, 0);
  if (first.raw.length !== all.length) throw bad('bytes follow a DER element');
  return first;
}

/** The elements within a constructed element. */
export function children(node: Der): readonly Der[] {
  const found: Der[] = [];
  for (let at = 0; at < node.content.length; ) {
    const next = elementAt(node.content, at);
    found.push(next);
    at += next.raw.length;
  }
  return found;
}

function elementAt(bytes: Buffer, at: number): Der {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw bad('a DER element is cut short');
  if ((tag & 0x1f) === 0x1f) throw bad('a long DER tag');
  let length = first;
  let start = at + 2;
  if (first > 0x80 && first <= 0x84) {
    const size = first & 0x7f;
    length = 0;
    for (const byte of bytes.subarray(start, start + size)) length = length * 256 + byte;
    start += size;
    if (length < 0x80 || length < 256 ** (size - 1)) throw bad('a DER length is not minimal');
  } else if (first >= 0x80) throw bad('a DER length is indefinite');
  const end = start + length;
  if (end > bytes.length) throw bad('a DER element is cut short');
  return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(at, end) };
}

/** The element at an index of a list. Throws `Refused` if it is missing or has another tag. */
export function at(list: readonly Der[], index: number, tag?: number): Der {
  const found = list[index];
  if (found === undefined || (tag !== undefined && found.tag !== tag))
    throw bad('a DER structure has another shape');
  return found;
}

/** The number of a context tag such as [0]; -1: none. */
export function context({ tag }: Der): number {
  return (tag & 0xc0) === 0x80 ? tag & 0x1f : -1;
}

/** An object identifier in dotted form. */
export function oidOf(node: Der): string {
  if (node.tag !== tags.oid) throw bad('an object identifier is missing');
  const parts: bigint[] = [];
  let value = 0n;
  for (const byte of node.content) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    parts.push(value);
    value = 0n;
  }
  const [head = 0n, ...rest] = parts;
  const root = head < 80n ? head / 40n : 2n;
  return [root, head - root * 40n, ...rest].join('.');
}

/** A string of one of the types that names have. */
export function stringOf({ tag, content }: Der): string {
  switch (tag) {
    case tags.utf8:
      return new TextDecoder('utf-8', { fatal: true }).decode(content);
    case tags.printable:
    case tags.ia5:
      return content.toString('latin1');
    default:
      throw bad('a text of an unusual type');
  }
}

/** UTCTime or GeneralizedTime in UTC. */
export function timeOf({ tag, content }: Der): Date {
  const text = content.toString('latin1');
  const shape =
    tag === tags.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?Z$/;
  const parts = shape.exec(text);
  if ((tag !== tags.utcTime && tag !== tags.time) || parts === null)
    throw bad('a time that cannot be read');
  const [year = 0, month = 0, ...rest] = parts.slice(1).map(Number);
  const century = tag === tags.time ? 0 : year < 50 ? 2000 : 1900;
  const [day = 0, hour = 0, minute = 0, second = 0] = rest;
  return new Date(Date.UTC(century + year, month - 1, day, hour, minute, second));
}

/** A small non-negative integer. */
export function numberOf({ tag, content }: Der): number {
  if (tag !== tags.integer && tag !== 0x80 && tag !== 0x81) throw bad('a number is missing');
  if (content.length === 0 || content.length > 6 || (content[0] ?? 0) >= 0x80)
    throw bad('a number is out of range');
  return content.readUIntBE(0, content.length);
}
