import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type CheckSources, type CustomChecks, loadChecks } from '../../src/declarative/load.ts';
import { faultsOf } from '../../src/declarative/verify.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-checks-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const none: CheckSources = { folders: [], modules: [], configured: [] };
const trusted = (folder: string) =>
  loadChecks({ ...none, folders: [folder] }, ['tags-immutable'], folder);
const load = (files: Readonly<Record<string, string>>): Promise<CustomChecks> =>
  trusted(folderOf(files));

const from = { operation: 'GetSetting' };
const thrown: string[] = [];
function verdictOf(check: AnyCheck, values: Readonly<Record<string, unknown>>) {
  thrown.length = 0;
  const facts = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { state: 'known', value, from } as const]),
  );
  const expected = { ...nothingDeclared, now: '2026-01-15T00:00:00Z', repository: 'app' };
  return evaluate(check, facts, expected, (_, error) => thrown.push(String(error)));
}

const head = (name: string) => `
  id: 'acme/${name}', subject: 'repository', severity: 'high',
  title: 'Tags are locked', why: 'Because they move.', needs: ['tagLock'],`;
const moduleOf = (name: string, judge: string, before = '') => `
import { defineCheck, fail, pass } from 'regaudit/check';
${before}
export default defineCheck({${head(name)}
  judge(known, expected) { ${judge} },
});`;
const locked = { tagLock: { mode: 'all' } };
const loose = { tagLock: { mode: 'none' } };

describe('a check in code', () => {
  test('judges from facts and expectations, and its examples are held to it', async () => {
    const judge = `return known.tagLock.mode === 'all' ? pass('locked in ' + expected.repository) : fail('loose');`;
    const { checks, cases, files } = await load({
      'locked.check.js': moduleOf('locked', judge),
      'locked.cases.js': `
import { cases } from 'regaudit/check';
import check from './locked.check.js';
export default cases(check, {
  'all are locked': [{ tagLock: { mode: 'all' } }, 'pass'],
  'none is': [{ tagLock: { mode: 'none' } }, 'fail'],
  'a word the model does not have': [{ tagLock: { mode: 'some' } }, 'fail'],
  'wrong': [{ tagLock: { mode: 'none' } }, 'pass'],
});`,
    });
    const [check] = checks as [AnyCheck];
    expect(files).toHaveLength(2);
    expect(check).toMatchObject({ id: 'acme/locked', byDefault: true, references: [] });
    expect(verdictOf(check, locked)).toMatchObject({ verdict: 'pass', says: 'locked in app' });
    expect(verdictOf(check, loose)).toMatchObject({ verdict: 'fail', says: 'loose' });
    expect(verdictOf(check, {})).toMatchObject({ verdict: 'unknown' });
    expect(cases.flatMap(faultsOf).map(({ example }) => example)).toEqual([
      'a word the model does not have',
      'wrong',
    ]);
  });

  test.each([
    ['throws', `throw new Error('oh');`],
    ['throws what is no error', `throw { toString() { return 'x' } };`],
    ['answers nothing', `return;`],
    ['answers a third word', `return { verdict: 'maybe', says: 'x' };`],
    ['answers a promise', `return Promise.resolve(pass('ok'));`],
    ['passes without a sentence', `return { verdict: 'pass' };`],
  ])('that %s is unknown, and is asked again', async (_, judge) => {
    const { checks } = await load({ 'odd.check.js': moduleOf('odd', judge) });
    for (const values of [locked, loose]) {
      expect(verdictOf(checks[0] as AnyCheck, values)).toMatchObject({
        verdict: 'unknown',
        blocked: [{ why: 'crashed' }],
      });
      expect(thrown).toHaveLength(1);
    }
  });

  test.each([
    ['does not parse', 'export default {', 'x.check.js: '],
    ['throws', `throw new Error('on loading');`, 'x.check.js: on loading'],
    ['imports what is not there', `import './missing.js';`, 'missing.js'],
    ['exports nothing', 'export const a = 1;', 'it has no default export'],
    ['has no judgment', `export default {${head('x')}};`, 'judge: expected a function'],
    ['exports no check', 'export default 1;', 'x.check.js: '],
  ])('that %s is an error that names the file', async (_, text, why) => {
    await expect(load({ 'x.check.js': text })).rejects.toThrow(why);
  });

  test('may be one of several in a module that the user names', async () => {
    const one = (name: string) => `defineCheck({${head(name)} judge: () => pass('ok') })`;
    const folder = folderOf({
      'ours.mjs': `import { defineCheck, pass } from 'regaudit/check';
export default [${one('a')}, ${one('b')}];`,
    });
    const { checks } = await loadChecks({ ...none, modules: ['ours.mjs'] }, [], folder);
    expect(checks.map(({ id }) => id)).toEqual(['acme/a', 'acme/b']);
  });
});

describe('a folder that a configuration names', () => {
  const configured = (folder: string, folders: readonly string[] = []) =>
    loadChecks({ ...none, configured: ['.'], folders }, [], folder);
  const canary = (name: string) =>
    `import { writeFileSync } from 'node:fs'; writeFileSync('${name}', 'ran');`;

  test.each([
    'x.check.js',
    'x.check.mjs',
    'x.check.cjs',
    'x.check.ts',
    'x.check.mts',
    'x.cases.js',
    'helper.js',
  ])('is refused when it holds %s, and nothing of it runs', async (name) => {
    const folder = folderOf({ 'windowed.check.yaml': declared(passes) });
    writeFileSync(
      join(folder, name),
      `globalThis.regauditCanary = true; ${canary(join(folder, 'ran'))}`,
    );
    await expect(configured(folder)).rejects.toThrow(/is code, and a configuration file loads/);
    expect('regauditCanary' in globalThis).toBe(false);
  });

  test('may hold checks in YAML, and code when the user names the folder as well', async () => {
    const folder = folderOf({ 'windowed.check.yaml': declared(passes) });
    expect((await configured(folder)).checks).toHaveLength(1);
    writeFileSync(join(folder, 'a.check.js'), moduleOf('a', `return pass('ok');`));
    expect((await configured(folder, [folder])).checks).toHaveLength(2);
  });
});

const declared = (changes: string) => `
id: acme/windowed
subject: repository
severity: medium
title: Images are kept for a while
why: Rollbacks need them.
needs: [retention]
${changes}`;
const passes = `
passes: >-
  retention.mode == 'none' || (retention.mode == 'rules' && size(retention.rules) <= 3 &&
  retention.rules.all(rule, rule.selects in ['untagged', 'any']))
says: {pass: nothing grave is removed, fail: a rule removes tagged images}`;

describe('a check in YAML', () => {
  test('compares values of facts, and its examples are held to it', async () => {
    const { checks, cases } = await load({
      'windowed.check.yaml': `${declared(passes)}
cases:
  nothing is removed: {facts: {retention: {mode: none}}, verdict: pass}
  a dry run: {facts: {retention: {mode: dry-run}}, verdict: fail}
`,
    });
    const [check] = checks as [AnyCheck];
    expect(check.needs).toEqual(['retention']);
    expect(cases.flatMap(faultsOf)).toEqual([]);
    const rules = (...selects: string[]) => ({
      retention: { mode: 'rules', rules: selects.map((one) => ({ selects: one })) },
    });
    expect(verdictOf(check, rules('untagged', 'any')).verdict).toBe('pass');
    expect(verdictOf(check, rules('tagged')).verdict).toBe('fail');
    expect(verdictOf(check, rules('any', 'any', 'any', 'any')).verdict).toBe('fail');
    expect(verdictOf(check, {}).verdict).toBe('unknown');
  });

  test('is unknown where a field it names does not exist in that case of the fact', async () => {
    const text = declared(
      `passes: retention.rules.all(rule, rule.selects != 'tagged')\nsays: {pass: good, fail: bad}`,
    );
    const { checks } = await load({ 'windowed.check.yaml': text });
    expect(verdictOf(checks[0] as AnyCheck, { retention: { mode: 'none' } })).toMatchObject({
      verdict: 'unknown',
      blocked: [{ why: 'crashed' }],
    });
    expect(thrown[0]).toContain('field not found: rules');
  });

  test.each([
    [passes.replace('retention.mode', 'tagLock.mode'), 'passes: there is no "tagLock" here'],
    [passes.replace('retention.mode', 'retention.moed'), 'there is no field "moed" in retention'],
    [passes.replace("'none'", "'never'"), 'retention.mode is never "never"'],
    [passes.replace('rule.selects', 'rule'), 'expected string'],
    [passes.replace('passes:', 'passed:'), "must have required property 'passes'"],
    [`${passes}\nowner: me`, 'must NOT have additional properties (owner)'],
    [`${passes}\nseverity: low`, 'unique'],
    ['passes: retention.mode\nsays: {pass: a, fail: b}', 'must be of type bool'],
    ['passes: {fact: retention.mode, is: none}\nsays: {pass: a, fail: b}', 'passes must be string'],
    ['', "must have required property 'passes'"],
  ])('with a fault is an error that names file and key', async (changes, why) => {
    const loading = load({ 'windowed.check.yaml': declared(changes) });
    await expect(loading).rejects.toThrow('windowed.check.yaml: ');
    await expect(loading).rejects.toThrow(why);
  });
});

test.each([
  ['without a namespace', { 'plain.check.js': moduleOf('plain', '').replace('acme/', '') }, 'id'],
  ['named unlike its file', { 'other.check.js': moduleOf('plain', '') }, 'namespace/other'],
  [
    'of a fact that is none',
    { 'x.check.js': moduleOf('x', '').replace("'tagLock'", "'tag'") },
    '"tag"',
  ],
])('an id or need %s is refused', async (_, files, why) => {
  await expect(load(files)).rejects.toThrow(why);
});

test('a folder that is none, holds nothing, or a file too large is an error', async () => {
  const missing = loadChecks({ ...none, folders: ['no/such'] }, [], tmpdir());
  await expect(missing).rejects.toThrow('no/such cannot be read');
  await expect(load({ 'readme.md': '' })).rejects.toThrow('holds no checks');
  await expect(load({ 'x.check.js': ' '.repeat(300_000) })).rejects.toThrow('larger than 256 KB');
  const folder = folderOf({});
  mkdirSync(join(folder, 'x.check.js'));
  await expect(trusted(folder)).rejects.toThrow('x.check.js');
});

test.runIf(process.platform !== 'win32').each(['x.check.yaml', 'x.check.js'])(
  'a pipe or a device named %s is refused and not waited for',
  async (name) => {
    const pipe = folderOf({});
    execFileSync('mkfifo', [join(pipe, name)]);
    await expect(trusted(pipe)).rejects.toThrow(`${name} is no regular file`);
    const device = folderOf({});
    symlinkSync('/dev/zero', join(device, name));
    await expect(trusted(device)).rejects.toThrow(`${name} is no regular file`);
  },
);

test('two checks of one id are an error', async () => {
  const files = { 'a.check.js': moduleOf('a', ''), 'a.check.mjs': moduleOf('a', '') };
  await expect(load(files)).rejects.toThrow('there is a check "acme/a" already');
});
