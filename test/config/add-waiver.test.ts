import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { withException } from '../../src/config/add-waiver.ts';
import { anyText, fc } from '../support/search.ts';

const waiver = {
  check: 'tags-immutable',
  registry: 'ecr://123456789012/eu-west-1',
  repository: 'team/app',
  reason: 'because: it # is',
  expires: '2027-01-31',
};
const item = (indent: string) =>
  [
    '- check: tags-immutable',
    '  registry: ecr://123456789012/eu-west-1',
    '  repository: team/app',
    '  reason: "because: it # is"',
    '  expires: 2027-01-31',
    '',
  ]
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');

const rows: Readonly<Record<string, readonly [string, string]>> = {
  'an empty file': ['', `waivers:\n${item('  ')}`],
  'nothing but comments': ['# mine\n', `# mine\n\nwaivers:\n${item('  ')}`],
  'no list yet, and odd spacing': [
    'failOn:   high # gate\nchecks: { a:  off }\n',
    `failOn:   high # gate\nchecks: { a:  off }\n\nwaivers:\n${item('  ')}`,
  ],
  'no line feed at the end': ['failOn: high', `failOn: high\n\nwaivers:\n${item('  ')}`],
  'a list in the middle, with comments between': [
    'waivers:\n  # first\n  - check: x # why\n    reason: |\n      long\n\n      text\n    expires: 2026-01-01 # soon\n# next\nfailOn: low\n',
    `waivers:\n  # first\n  - check: x # why\n    reason: |\n      long\n\n      text\n    expires: 2026-01-01 # soon\n${item('  ')}# next\nfailOn: low\n`,
  ],
  'an item that ends with a block of text': [
    'waivers:\n  - check: x\n    reason: >\n      long\n      text\nfailOn: low\n',
    `waivers:\n  - check: x\n    reason: >\n      long\n      text\n${item('  ')}failOn: low\n`,
  ],
  'a list that is not indented': [
    'waivers:\n- {check: x}\n',
    `waivers:\n- {check: x}\n${item('')}`,
  ],
  'a list at the very end without line feed': [
    'waivers:\n    - check: x',
    `waivers:\n    - check: x\n${item('    ')}`,
  ],
};

describe('a waiver is written into YAML, and nothing else changes', () => {
  test.each(Object.entries(rows))('%s', (_, [before, after]) => {
    expect(withException(before, waiver, false)).toBe(after);
  });
  test('with the line ends of Windows', () => {
    const [before, after] = rows['no list yet, and odd spacing'] ?? ['', ''];
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    expect(withException(windows(before), waiver, false)).toBe(windows(after));
  });
});

test.each([
  'waivers: []\nfailOn: low # gate\n',
  'waivers: [{check: x}] # list\nfailOn: low\n',
  'waivers:\nfailOn: low\n',
  '{failOn: low}\n',
  '%YAML 1.2\n---\nfailOn: low\n...\n',
])('a rare form gets it too, and keeps its comments: %j', (text) => {
  const result = withException(text, waiver, false);
  const before = parse(text);
  expect(parse(result)).toEqual({ ...before, waivers: [...(before.waivers ?? []), waiver] });
  for (const comment of text.match(/#.*/g) ?? []) expect(result).toContain(comment);
});

test('a list that stands elsewhere is not touched', () => {
  const text = 'include: &a [x]\nwaivers: *a\n';
  expect(() => withException(text, waiver, false)).toThrow('cannot be added to');
});

test('JSON stays JSON, with its indentation', () => {
  const text = '{\n\t"failOn": "low"\n}\n';
  const result = withException(text, waiver, true);
  expect(JSON.parse(result)).toEqual({ failOn: 'low', waivers: [waiver] });
  expect(result).toContain('\n\t"failOn": "low"');
  expect(() => withException('# x\n{}', waiver, true)).toThrow('not plain JSON');
});

test('whatever is said in it means itself when it is read again', () => {
  fc.assert(
    fc.property(
      anyText(20).filter((text) => text !== ''),
      (reason) => {
        const { waivers } = parse(withException('failOn: low\n', { ...waiver, reason }, false));
        expect(waivers[0].reason).toBe(reason.replaceAll('${', () => '$${'));
      },
    ),
  );
});

test.each([
  ['', 'acceptUnknown:\n'],
  ['waivers:\n  - check: a\n', 'waivers:\n  - check: a\n\nacceptUnknown:\n'],
])('an unknown that is accepted goes into a list of its own: %j', (before, begin) => {
  expect(withException(before, waiver, false, 'acceptUnknown').startsWith(begin)).toBe(true);
  const json = withException('{"waivers": []}', waiver, true, 'acceptUnknown');
  expect(JSON.parse(json)).toEqual({ waivers: [], acceptUnknown: [waiver] });
});
