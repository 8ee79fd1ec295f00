import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type AddressRange, addressCount, inside, parseRange } from '../../src/model/cidr.ts';
import { fc } from '../support/search.ts';

function range(text: string): AddressRange {
  const parsed = parseRange(text);
  if (parsed === null) throw new Error(`no range: ${text}`);
  return parsed;
}

const count = (...texts: string[]) => addressCount(texts.map(range));

describe('addresses and ranges are read', () => {
  it.each([
    ['192.0.2.7', 1n, 0n],
    ['192.0.2.0/24', 256n, 0n],
    ['10.1.2.3/8', 2n ** 24n, 0n],
    ['0.0.0.0/0', 2n ** 32n, 0n],
    ['2001:db8::1', 0n, 1n],
    ['2001:db8::/32', 0n, 2n ** 96n],
    ['2001:0DB8:0:0:0:0:0:1/64', 0n, 2n ** 64n],
    ['64:ff9b::192.0.2.33', 0n, 1n],
    ['::1', 0n, 1n],
    ['1::/128', 0n, 1n],
  ])('%s holds %d IPv4 and %d IPv6 addresses', (text, ipv4, ipv6) => {
    expect(count(text)).toEqual({ ipv4, ipv6 });
  });

  it.each([
    '',
    '/8',
    '*',
    'any',
    'Internet',
    '0.0.0.0',
    '::',
    '::ffff:0.0.0.0',
    '10.0.0',
    '10.0.0.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    ' 10.0.0.0/8',
    '10.0.0.1-10.0.0.9',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1::2::3',
    ':::',
    ':1',
    'fe80::1%eth0',
    '12345::',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '::/129',
  ])('%j is no range', (text) => {
    expect(parseRange(text)).toBeNull();
  });

  it('reads the addresses that Node reads, and no others', () => {
    const part = fc.oneof(fc.constantFrom('', '0', '00', 'ff', '12345', 'g', '1.2.3.4', '256'));
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.array(part, { maxLength: 9 }).map((parts) => parts.join(':')),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(text, (address) => {
        const longest = { 4: '/32', 6: '/128' }[isIP(address)];
        expect(parseRange(`${address}${longest ?? ''}`) !== null).toBe(longest !== undefined);
      }),
    );
  });
});

describe('ranges are counted together', () => {
  it('counts overlaps once', () => {
    expect(count('10.0.0.0/8', '10.1.0.0/16', '10.0.0.0/8').ipv4).toBe(2n ** 24n);
  });

  it('adds what lies apart', () => {
    expect(count('10.0.0.0/17', '10.0.128.0/17', '192.0.2.1', '2001:db8::/33')).toEqual({
      ipv4: 2n ** 16n + 1n,
      ipv6: 2n ** 95n,
    });
  });

  it('counts IPv4 written as IPv6 as IPv4', () => {
    expect(count('::ffff:0:0/96')).toEqual({ ipv4: 2n ** 32n, ipv6: 0n });
    expect(count('::ffff:192.0.2.0/120', '192.0.2.0/24')).toEqual({ ipv4: 256n, ipv6: 0n });
    expect(count('::fffe:0:0/95')).toEqual({ ipv4: 2n ** 32n, ipv6: 2n ** 32n });
  });

  it('gives the same count in any order', () => {
    const part = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
    const many = fc.array(
      part.map(([address, length]) => range(`${address}/${length}`)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(many, (ranges) => {
        expect(addressCount([...ranges].reverse())).toEqual(addressCount(ranges));
        expect(addressCount([...ranges, ...ranges])).toEqual(addressCount(ranges));
      }),
    );
  });
});

describe('a range lies inside networks', () => {
  it.each([
    ['10.2.3.0/24', ['10.0.0.0/8'], true],
    ['10.0.0.0/8', ['10.0.0.0/8'], true],
    ['10.0.0.0/7', ['10.0.0.0/8'], false],
    ['192.0.2.1', ['198.51.100.0/24', '192.0.2.0/24'], true],
    ['::ffff:192.0.2.1', ['192.0.2.0/24'], true],
    ['2001:db8::/32', ['192.0.2.0/24'], false],
    ['192.0.2.1', [], false],
  ])('%s in %j: %s', (text, networks, answer) => {
    expect(inside(range(text), networks.map(range))).toBe(answer);
  });
});
