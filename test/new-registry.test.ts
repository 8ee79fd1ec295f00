import { describe, expect, test } from 'vitest';
import { newRegistry } from '../src/generate/new-registry.ts';

describe('npm run new registry', () => {
  const made = newRegistry(['harbor'], 'tiny-hub');
  const files = typeof made === 'string' ? [] : made;

  test('writes an adapter of about 160 lines, one of them for each fact of the model, a demo, an estate, READMEs and a test', () => {
    const adapter = files.filter(({ path }) => /^src\/providers\/tiny-hub\/.*\.ts$/.test(path));
    const lines = adapter.map(({ text }) => text.trimEnd().split('\n').length);
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(170);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'src/providers/tiny-hub/README.md',
        'src/demo/tiny-hub/demo.ts',
        'fixtures/tiny-hub/demo/estate.json',
        'test/providers/tiny-hub-scenarios.test.ts',
      ]),
    );
  });

  test('leaves no placeholder, and calls everything by the name of the registry', () => {
    expect(files.filter(({ path, text }) => /\b(?:ID|NAME|TYPE|VAR)\b/.test(path + text))).toEqual(
      [],
    );
    expect(files.filter(({ path, text }) => !/tiny-hub|TinyHub/.test(path + text))).toEqual([]);
  });

  test('claims no value for a fact that nothing reads yet', () => {
    const provides = files.find(({ path }) => path.endsWith('/provides.ts'))?.text ?? '';
    expect(provides).toContain('networkAccess: notYet,');
    expect(provides).not.toMatch(/always\(|unsupported\(/);
  });

  test.each([
    ['harbor', 'there is a registry harbor already'],
    ['Tiny', /is not the short name/],
    ['../x', /is not the short name/],
    ['', /is not the short name/],
  ])('refuses %j', (id, why) => {
    expect(newRegistry(['harbor'], id)).toEqual(
      typeof why === 'string' ? why : expect.stringMatching(why),
    );
  });
});
