/**
 * A contiguous range of addresses in one 128-bit space: IPv4 is the IPv4-mapped block of IPv6 (RFC 4291,
 * 2.5.5.2), so that `::ffff:0:0/96` does not count as a small IPv6 range.
 */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

const mapped: AddressRange = { first: 0xffffn << 32n, last: (0xffffn << 32n) | 0xffffffffn };
const number = /^(0|[1-9]\d{0,2})$/;
const group = /^[0-9a-f]{1,4}$/i;

/**
 * Parses an address or a CIDR range of either family. Null for anything else, including octets with leading
 * zeros (some parsers read octal) and a lone `0.0.0.0` or `::` (some read "any").
 */
export function parseRange(text: string): AddressRange | null {
  const [address = '', length, ...rest] = text.split('/');
  const four = parseIPv4(address);
  const base = four === null ? parseIPv6(address) : mapped.first | four;
  if (base === null || rest.length > 0) return null;
  if (length === undefined) return lone(base);
  const longest = four === null ? 128 : 32;
  if (!number.test(length) || Number(length) > longest) return null;
  const size = 1n << BigInt(longest - Number(length));
  const first = base - (base % size);
  return { first, last: first + size - 1n };
}

/** Whether one of the networks contains the whole range. */
export function inside(range: AddressRange, networks: readonly AddressRange[]): boolean {
  return networks.some(({ first, last }) => first <= range.first && range.last <= last);
}

/** Counts the addresses of all ranges per family, overlaps once. */
export function addressCount(ranges: readonly AddressRange[]): { ipv4: bigint; ipv6: bigint } {
  const ipv4 = size(ranges.flatMap((range) => common(range, mapped)));
  return { ipv4, ipv6: size(ranges) - ipv4 };
}

function size(ranges: readonly AddressRange[]): bigint {
  let total = 0n;
  let counted = -1n;
  for (const { first, last } of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (last <= counted) continue;
    total += last - (first > counted ? first - 1n : counted);
    counted = last;
  }
  return total;
}

/** The intersection of two CIDR ranges, which are nested or disjoint. */
function common(a: AddressRange, b: AddressRange): AddressRange[] {
  if (inside(a, [b])) return [a];
  return inside(b, [a]) ? [b] : [];
}

function lone(address: bigint): AddressRange | null {
  return address === 0n || address === mapped.first ? null : { first: address, last: address };
}

function parseIPv4(text: string): bigint | null {
  const octets = text.split('.');
  if (octets.length !== 4) return null;
  if (!octets.every((octet) => number.test(octet) && Number(octet) < 256)) return null;
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

function parseIPv6(text: string): bigint | null {
  const halves = spelledOut(text).split('::');
  if (halves.length > 2) return null;
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...new Array<string>(missing).fill('0'), ...(tail ?? [])];
  if (!all.every((part) => group.test(part))) return null;
  return all.reduce((sum, part) => (sum << 16n) | BigInt(`0x${part}`), 0n);
}

/** Expands a trailing IPv4 address to two groups (RFC 4291, 2.2). */
function spelledOut(text: string): string {
  const end = text.lastIndexOf(':') + 1;
  const four = parseIPv4(text.slice(end));
  if (four === null) return text;
  return `${text.slice(0, end)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
}
