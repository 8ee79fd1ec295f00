import { expect, test } from 'vitest';
import { safeJson, safeLine, safeText } from '../../src/reporters/safe-text.ts';
import { anyText, fc } from '../support/search.ts';

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Text made of what does harm, and of anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001b[2J',
        '\u001b]8;;',
        '\u0007',
        '\r',
        '\n',
        '\u202e',
        '\u200b',
        '\u009b',
      ),
      fc.constantFrom('::', '##[', '##vso[', ']', '::error::', ' ', '\ud800', '\ufeff', '😀'),
      anyText(8),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

test.each([
  ['an ordinary name is left alone', 'team/app:v1.2 größe 漢字', 'team/app:v1.2 größe 漢字'],
  ['a colour sequence leaves a mark', 'a\u001b[31mb', 'a\ufffdb'],
  [
    'a hyperlink leaves marks around its text',
    'a\u001b]8;;https://x\u0007b\u001b]8;;\u0007c',
    'a\ufffdb\ufffdc',
  ],
  ['an unfinished sequence hides nothing that follows', 'a\u001b]8;;rest', 'a\ufffd8;;rest'],
  ['line ends become one blank', 'a\r\n\u2028b', 'a b'],
  ['a bidi override leaves a mark', 'a\u202etxt.exe', 'a\ufffdtxt.exe'],
  ['zero-width characters leave one mark', 'te\u200b\u200dam', 'te\ufffdam'],
  ['half a surrogate pair leaves a mark', 'a\ud800b', 'a\ufffdb'],
])('%s', (_, text, safe) => {
  expect(safeText(text)).toBe(safe);
});

test('a long text is cut, says so and leaves no half character', () => {
  expect(safeText('😀'.repeat(10), 6)).toBe('😀😀…');
  expect(safeText('x'.repeat(10_000), 9000)).toMatch(/^x{4096}…$/);
});

test('any text becomes one line of visible characters within its length', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 4, max: 40 }), (text, most) => {
      const safe = safeText(text, most);
      expect(safe).not.toMatch(hidden);
      expect(safe.length).toBeLessThanOrEqual(most);
      expect(safeText(text, most, false)).toMatch(/^[ -~]*$/);
    }),
  );
});

test.each([
  ['::error::x', ': :error::x'],
  ['    ::add-mask::x', '    : :add-mask::x'],
  ['a ##[error]x and ##vso[task.complete]y', 'a # #[error]x and # #vso[task.complete]y'],
  ['##teamcity[buildStop]', '# #teamcity[buildStop]'],
  ['arn:aws:iam::123456789012:role/ci', 'arn:aws:iam::123456789012:role/ci'],
  ['## not a command', '## not a command'],
])('the line %j is printed as %j', (line, safe) => {
  expect(safeLine(line)).toBe(safe);
});

test('no line is a command of a CI', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(safeLine(text)).not.toMatch(/^\s*::|##[a-z]*\[/i);
    }),
  );
});

test('JSON keeps every value and shows no hidden character and no command', () => {
  fc.assert(
    fc.property(fc.record({ name: hostile, list: fc.array(hostile) }), (value) => {
      const json = safeJson(value);
      expect(JSON.parse(json)).toEqual(value);
      expect(json).not.toMatch(hidden);
      expect(json).not.toContain('##');
    }),
  );
});
