import { describe, expect, test } from 'vitest';
import { breadth, commonRanges, readRange } from '../../src/aws-policy/ip-range.ts';

const ranges = (...texts: string[]) => texts.flatMap((text) => readRange(text) ?? []);

describe('address ranges', () => {
  test.each([
    ['203.0.113.7', 3405803783n, 3405803783n],
    ['203.0.113.7/24', 3405803776n, 3405804031n],
    ['0.0.0.0/0', 0n, 4294967295n],
    ['::/0', 0n, 2n ** 128n - 1n],
    ['::1/128', 1n, 1n],
    ['2001:db8::/32', 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n],
    [
      '1:2:3:4:5:6:7:8/128',
      0x00010002000300040005000600070008n,
      0x00010002000300040005000600070008n,
    ],
  ])('%s is read', (text, first, last) => {
    expect(readRange(text)).toMatchObject({ first, last });
  });

  test('a bare IPv6 address is the block IAM makes of it', () => {
    expect(readRange('2001:db8::1')).toMatchObject({ first: 0x20010db8n << 96n });
  });

  test.each([
    '',
    'x',
    '1.2.3',
    '1.2.3.4.5',
    '256.0.0.1',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/8/8',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '12345::',
    '::/129',
    '1.2.3.4/-1',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:7:8::',
  ])('%j is none', (text) => {
    expect(readRange(text)).toBeNull();
  });

  test.each([
    ['all', ['0.0.0.0/0']],
    ['all', ['::/0']],
    ['all', ['2000::/3']],
    ['all', ['0.0.0.0/1', '128.0.0.0/1']],
    ['all', ['128.0.0.0/1', '64.0.0.0/2', '0.0.0.0/2']],
    [
      'all',
      [
        '1.0.0.0/8',
        '2.0.0.0/7',
        '4.0.0.0/6',
        '8.0.0.0/5',
        '16.0.0.0/4',
        '32.0.0.0/3',
        '64.0.0.0/2',
        '128.0.0.0/1',
      ],
    ],
    ['wide', ['0.0.0.0/1']],
    ['wide', ['52.0.0.0/7']],
    ['wide', ['2400::/12', '10.0.0.0/8']],
    ['narrow', ['52.0.0.0/8']],
    ['narrow', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '203.0.113.0/24']],
    ['narrow', ['2001:db8::/32']],
    ['narrow', []],
  ] as const)('%s is let in by %j', (size, texts) => {
    expect(breadth(ranges(...texts))).toBe(size);
  });

  test('common ranges are the smaller of each nested pair', () => {
    expect(
      commonRanges(
        ['10.0.0.0/8', '8.8.8.8', '::/0'],
        ['10.1.0.0/16', '8.8.0.0/16', '9.9.9.9', '::1/128'],
      ),
    ).toEqual(['8.8.8.8', '10.1.0.0/16', '::1/128']);
    expect(commonRanges(['10.0.0.0/8'], ['10.0.0.0/8'])).toEqual(['10.0.0.0/8']);
    expect(commonRanges(['10.0.0.0/8'], ['11.0.0.0/8'])).toEqual([]);
  });
});
