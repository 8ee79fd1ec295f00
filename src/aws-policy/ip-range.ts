/** A range of addresses: first and last address as numbers, and the original text. */
export interface IpRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly text: string;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * Parses an address or CIDR block as IAM does; null: neither. IAM gives a bare address the prefix /32 in
 * either version, so a bare IPv6 address is a wide block (IAM User Guide, …_condition_operators, IP address).
 */
export function readRange(text: string): IpRange | null {
  const [address = '', written, ...rest] = text.split('/');
  const version = address.includes(':') ? 6 : 4;
  const value = version === 6 ? readV6(address) : readV4(address);
  const prefix = written === undefined ? 32 : readNumber(written, BITS[version]);
  if (value === null || prefix === null || rest.length > 0) return null;
  const size = 1n << BigInt(BITS[version] - prefix);
  const first = value - (value % size);
  return { version, first, last: first + size - 1n, text };
}

function readNumber(text: string, most: number): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) <= most ? Number(text) : null;
}

function readV4(text: string): bigint | null {
  const parts = text.split('.').map((part) => readNumber(part, 255));
  if (parts.length !== 4) return null;
  return parts.reduce<bigint | null>(
    (sum, part) => (sum === null || part === null ? null : sum * 256n + BigInt(part)),
    0n,
  );
}

function readV6(text: string): bigint | null {
  const [head = '', tail, ...rest] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = 8 - left.length - right.length;
  if (rest.length > 0 || (tail === undefined ? gap !== 0 : gap < 1)) return null;
  const groups = [...left, ...Array<string>(gap).fill('0'), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** Addresses that are not routed on the public internet (IANA special-purpose registries). */
const unroutable = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/3',
  '4000::/2',
  '8000::/1',
].flatMap((text) => readRange(text) ?? []);

/** Above this size a range is no effective restriction: an IPv4 /8, an IPv6 /16. */
const WIDE = { 4: 1n << 24n, 6: 1n << 112n } as const;

/**
 * How much of the public internet the ranges cover together, in either IP version. 'all': everything;
 * 'wide': more than an IPv4 /8 or an IPv6 /16; 'narrow': at most that.
 */
export function breadth(ranges: readonly IpRange[]): 'all' | 'wide' | 'narrow' {
  const versions = [4, 6] as const;
  const open = versions.map((version) => {
    const reserved = total(version, unroutable);
    const inside = total(version, [...unroutable, ...ranges]) - reserved;
    const routable = (1n << BigInt(BITS[version])) - reserved;
    return inside === routable ? 'all' : inside > WIDE[version] ? 'wide' : 'narrow';
  });
  return open.find((size) => size === 'all') ?? open.find((size) => size === 'wide') ?? 'narrow';
}

function total(version: 4 | 6, ranges: readonly IpRange[]): bigint {
  const sorted = ranges
    .filter((range) => range.version === version)
    .sort((one, other) => (one.first < other.first ? -1 : one.first > other.first ? 1 : 0));
  let sum = 0n;
  let next = 0n;
  for (const { first, last } of sorted) {
    const from = first > next ? first : next;
    if (last >= from) {
      sum += last - from + 1n;
      next = last + 1n;
    }
  }
  return sum;
}

/** The intersection of two lists of CIDR blocks, which are nested or disjoint: of each nested pair the smaller. */
export function commonRanges(one: readonly string[], other: readonly string[]): readonly string[] {
  const inside = (text: string, wide: readonly IpRange[]) => {
    const range = readRange(text);
    return wide.some(
      (block) =>
        range?.version === block.version && block.first <= range.first && range.last <= block.last,
    );
  };
  const [left, right] = [one, other].map((list) => list.flatMap((text) => readRange(text) ?? []));
  return [
    ...one.filter((text) => inside(text, right ?? [])),
    ...other.filter((text) => inside(text, left ?? []) && !one.includes(text)),
  ];
}
