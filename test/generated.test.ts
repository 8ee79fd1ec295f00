import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it, test } from 'vitest';
import { faultsOf } from '../src/declarative/verify.ts';
import type { Cases } from '../src/engine/cases.ts';
import { evaluate } from '../src/engine/evaluate.ts';
import { treeOf } from '../src/generate/catalogue.ts';
import { fixesLacking } from '../src/generate/failable.ts';
import { generate, write } from '../src/generate/generate.ts';
import { newCheck } from '../src/generate/new-check.ts';
import { generated } from '../src/generate/products.ts';
import { samplesOf } from '../src/generate/samples.ts';
import { nothingDeclared } from '../src/model/expectations.ts';
import { registryFacts } from '../src/model/registry.ts';
import { repositoryFacts } from '../src/model/repository.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { entries, providers } = await treeOf(root);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test('every generated file is what its generator makes (else: npm run generate)', async () => {
  const { products, missing } = await generated(root);
  const stale = products.filter(
    ({ path, text }) => readFileSync(join(root, path), 'utf8') !== text,
  );
  expect(missing).toEqual([]);
  expect(products.length).toBeGreaterThan(5);
  expect(stale.map(({ path }) => path)).toEqual([]);
});

test('every file that is generated as a whole is marked so, and reviews fold it', async () => {
  const patterns = readFileSync(join(root, '.gitattributes'), 'utf8')
    .split('\n')
    .flatMap((line) => /^(\S+) linguist-generated$/.exec(line)?.[1] ?? [])
    .map((glob) => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
  const { products: made } = await generated(root);
  const whole = made.filter(({ text }) => !text.includes('<!-- end of generated: '));
  expect(whole.length).toBeGreaterThan(50);
  const unmarked = whole.filter(({ path }) => !patterns.some((pattern) => pattern.test(path)));
  expect(unmarked.map(({ path }) => path)).toEqual([]);
  const halves = made.filter((product) => !whole.includes(product));
  expect(halves.filter(({ path }) => patterns.some((pattern) => pattern.test(path)))).toEqual([]);
});

/** In: files by path. Out: the root of a tree that has them, and an empty room of adapters. */
function treeWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-tree-'));
  folders.push(folder);
  mkdirSync(join(folder, 'src/providers'), { recursive: true });
  mkdirSync(join(folder, 'checks'));
  const place = '<!-- generated: checks -->\n<!-- end of generated: checks -->\n';
  writeFileSync(join(folder, 'README.md'), place);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const check = (id: string) => `export const ${id} = { id: '${id}' };\n`;
const casesOf = (id: string) =>
  `import { ${id} } from './${id}.ts';\nexport default { check: ${id}, rows: {} };\n`;

describe('generate names what is missing in a line, and writes nothing until it is there', () => {
  test.each([
    ['a check without cases', { 'checks/tags/foo.ts': check('foo') }, 'foo.ts has no cases file'],
    ['cases without a check', { 'checks/tags/foo.cases.ts': '' }, 'foo.cases.ts has no check'],
    [
      'a check of another name',
      { 'checks/tags/foo.ts': check('bar'), 'checks/tags/foo.cases.ts': '' },
      'checks/tags/foo.ts does not export foo with the id foo',
    ],
    [
      'the cases of another check',
      {
        'checks/tags/foo.ts': check('foo'),
        'checks/tags/foo.cases.ts': 'export default { check: {}, rows: {} };\n',
      },
      'foo.cases.ts does not hold the cases of foo',
    ],
    [
      'a check that throws when it is loaded',
      {
        'checks/tags/foo.ts': "throw new Error('oh\\nno');\n",
        'checks/tags/foo.cases.ts': casesOf('foo'),
      },
      'checks/tags/foo.ts or its cases cannot be loaded: oh',
    ],
    ['a theme that is none', { 'checks/odd/foo.ts': check('foo') }, 'checks/odd is none of the'],
    ['an adapter without a door', { 'src/providers/x/a.ts': '' }, 'src/providers/x/index.ts is'],
    [
      'an adapter of another name',
      { 'src/providers/x/index.ts': "export const provider = { id: 'y' };\n" },
      'src/providers/x/index.ts does not export provider with the id x',
    ],
    [
      'an adapter whose README has no place for the generated part',
      {
        'src/providers/x/index.ts': "export const provider = { id: 'x' };\n",
        'src/providers/x/README.md': '# X\n',
      },
      'src/providers/x/README.md has no lines <!-- generated: facts -->',
    ],
  ])('%s', async (_what, files, line) => {
    const folder = treeWith(files);
    const before = readdirSync(folder, { recursive: true }).sort();
    const missing = await generate(folder);
    expect(missing).toEqual([expect.stringContaining(line)]);
    expect(missing[0]).not.toContain('\n');
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
  });

  it('names all of it at once', async () => {
    const folder = treeWith({
      'checks/tags/foo.ts': check('foo'),
      'checks/tags/bar.ts': check('bar'),
      'src/providers/x/a.ts': '',
    });
    expect(await generate(folder)).toHaveLength(3);
  });
});

test('a check without a fix and a fix without a check are named with their file', () => {
  const [provider] = providers;
  if (provider === undefined) throw new Error('there is an adapter');
  const { 'tags-immutable': tags, ...rest } = provider.fixes;
  if (tags === undefined) throw new Error('its mutable tags');
  expect(fixesLacking(entries, provider)).toEqual([]);
  expect(fixesLacking(entries, { ...provider, fixes: { ...rest, 'made-up': tags } })).toEqual([
    `src/providers/${provider.id}/fixes/tags.ts has no fix for tags-immutable`,
    `src/providers/${provider.id}/fixes.ts has a fix for made-up, which cannot fail there`,
  ]);
});

describe('a new check', () => {
  /** The files as they would stand in the tree, but for the way to the engine. */
  async function loaded(name: string, facts: readonly string[]) {
    const files = newCheck(entries, name, facts);
    if (typeof files === 'string') throw new Error(files);
    const folder = treeWith({});
    const engine = `${pathToFileURL(root).href}src/`;
    write(
      folder,
      files.map(({ path, text }) => ({ path, text: text.replaceAll('../../src/', engine) })),
    );
    const tree = await treeOf(folder);
    expect(tree.faults).toEqual([]);
    const [entry] = tree.entries;
    if (entry === undefined) throw new Error('it was written');
    return entry;
  }

  const outcome = (examples: Cases) =>
    Object.values(examples.rows).map(([values]) => {
      const facts = Object.entries(values).map(([name, value]) => [
        name,
        { state: 'known', value, from: { operation: 'Get' } },
      ]);
      const expected = { ...nothingDeclared, now: '2026-01-15T00:00:00Z', repository: 'app' };
      return evaluate(examples.check, Object.fromEntries(facts), expected);
    });

  it('is unknown until somebody writes it, on examples that the model allows', async () => {
    const { check: made, cases } = await loaded('tags/tags-signed', []);
    expect(made).toMatchObject({ id: 'tags-signed', subject: 'repository', needs: ['tagLock'] });
    // The compiler does not see what is written: a key that no check has would be refused only there.
    const keys = new Set(entries.flatMap(({ check }) => Object.keys(check)));
    expect(Object.keys(made).filter((key) => !keys.has(key))).toEqual([]);
    expect(made.checklist).toEqual([]);
    expect(outcome(cases)).toEqual([
      expect.objectContaining({ verdict: 'unknown' }),
      expect.objectContaining({ verdict: 'unknown' }),
    ]);
    expect(faultsOf(cases).map(({ why }) => why)).toEqual([
      'it crashed: tags-signed is not written yet',
      'it crashed: tags-signed is not written yet',
    ]);
  });

  it('needs the facts that were named, whatever they look like', async () => {
    for (const facts of [Object.keys(repositoryFacts), Object.keys(registryFacts)]) {
      const { check: made, cases } = await loaded('platform/everything-right', facts);
      expect(made.needs).toEqual(facts);
      expect(faultsOf(cases).every(({ why }) => why.startsWith('it crashed'))).toBe(true);
    }
  });

  test.each([
    ['tag/tags-signed', [], '"tag" is none of access, network'],
    ['tags', [], '"" is not <thing>-<good state>'],
    ['tags/Tags-Signed', [], 'in small letters'],
    ['tags/../../evil-one', [], '"../../evil-one" is not'],
    ['access/tags-immutable', [], 'there is a check tags-immutable already'],
    ['tags/tags-signed', ['tagLock', 'networkAccess'], 'no subject has all of the facts tagLock'],
  ])('%s needing %j is refused', (name, facts, why) => {
    expect(newCheck(entries, name, facts)).toContain(why);
  });
});

test('an example value says more than one thing where the model can', () => {
  const tagLock: object = repositoryFacts.tagLock;
  expect(samplesOf(tagLock)).toHaveLength(4);
  expect(samplesOf({ type: ['string', 'null'] })).toEqual([null]);
  expect(samplesOf({ type: 'boolean' })).toEqual([false, true]);
});
