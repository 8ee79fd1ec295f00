import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { AnyCheck } from '../../src/engine/check.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';
import { loadPlugins, type Plugins } from '../../src/plugins/load.ts';
import { faultsOf } from '../../src/plugins/verify.ts';

const folders: string[] = [];
const open: Plugins[] = [];
afterEach(() => {
  for (const plugins of open.splice(0)) plugins.end();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-plugins-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function load(files: Readonly<Record<string, string>>): Promise<Plugins> {
  const plugins = await loadPlugins(folderOf(files), ['tags-immutable'], {
    cwd: tmpdir(),
    limits: { start: 20_000, call: 1_000 },
  });
  open.push(plugins);
  return plugins;
}

const from = { operation: 'GetSetting' };
const expected = { ...nothingDeclared, now: '2026-01-15T00:00:00Z', repository: 'app' };
const thrown: string[] = [];
function verdictOf(check: AnyCheck, values: Readonly<Record<string, unknown>>) {
  thrown.length = 0;
  const facts = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { state: 'known', value, from } as const]),
  );
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

describe('a check module', () => {
  test('judges from facts and expectations alone, and its examples are held to it', async () => {
    const judge = `return known.tagLock.mode === 'all' ? pass('locked in ' + expected.repository) : fail('loose');`;
    const { checks, cases } = await load({
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
    expect(check).toMatchObject({ id: 'acme/locked', byDefault: true, references: [] });
    expect(verdictOf(check, locked)).toMatchObject({ verdict: 'pass', says: 'locked in app' });
    expect(verdictOf(check, loose)).toMatchObject({ verdict: 'fail', says: 'loose' });
    expect(verdictOf(check, {})).toMatchObject({ verdict: 'unknown' });
    expect(cases.flatMap(faultsOf).map(({ example }) => example)).toEqual([
      'a word the model does not have',
      'wrong',
    ]);
  });

  test('has neither process, require, network, timers nor code from strings', async () => {
    const judge = `
      const names = ['process', 'require', 'fetch', 'setTimeout', 'Buffer', 'XMLHttpRequest', 'WebAssembly'];
      const found = names.filter((name) => typeof globalThis[name] !== 'undefined');
      let code = 'refused';
      try { code = String((() => {}).constructor('return process')()); } catch {}
      let host = 'refused';
      try { host = String(known.constructor.constructor('return process')()); } catch {}
      return fail([...found, code, host].join(' '));`;
    const { checks } = await load({ 'fenced.check.js': moduleOf('fenced', judge) });
    expect(verdictOf(checks[0] as AnyCheck, loose)).toMatchObject({ says: 'refused refused' });
  });

  test.each([
    ["import fs from 'node:fs';", 'it imports node:fs'],
    ["import x from 'left-pad';", 'it imports left-pad'],
    ["import x from '../outside.js';", 'it imports ../outside.js'],
    ["import x from './missing.js';", 'missing.js is not in the folder'],
  ])('that begins with %s is refused', async (before, why) => {
    await expect(
      load({ 'x.check.js': moduleOf('x', `return pass('ok');`, before) }),
    ).rejects.toThrow(why);
  });

  test.each([
    ['throws', `throw new Error('oh');`],
    ['throws what is no error', `throw { toString() { throw 1 } };`],
    ['answers nothing', `return;`],
    ['answers a third word', `return { verdict: 'maybe', says: 'x' };`],
    ['answers a promise', `return Promise.resolve(pass('ok'));`],
    ['passes without a sentence', `return { verdict: 'pass' };`],
  ])('that %s is unknown, and goes on to be asked', async (_, judge) => {
    const { checks } = await load({ 'odd.check.js': moduleOf('odd', judge) });
    for (const values of [locked, loose]) {
      expect(verdictOf(checks[0] as AnyCheck, values)).toMatchObject({
        verdict: 'unknown',
        blocked: [{ why: 'crashed' }],
      });
      expect(thrown).toHaveLength(1);
    }
  });

  test('that loops is ended, and unknown from then on without waiting', async () => {
    const judge = `if (known.tagLock.mode === 'none') for (;;); return pass('ok');`;
    const { checks } = await load({ 'loops.check.js': moduleOf('loops', judge) });
    const [check] = checks as [AnyCheck];
    expect(verdictOf(check, locked).verdict).toBe('pass');
    expect(verdictOf(check, loose).verdict).toBe('unknown');
    expect(thrown[0]).toContain('did not answer within');
    expect(verdictOf(check, locked).verdict).toBe('unknown');
    expect(thrown[0]).toContain('it was ended');
  });

  test('that fills the memory is unknown', async () => {
    const judge = `const all = []; for (;;) all.push(new Array(1e6).fill(1));`;
    const { checks } = await load({ 'greedy.check.js': moduleOf('greedy', judge) });
    expect(verdictOf(checks[0] as AnyCheck, loose).verdict).toBe('unknown');
  });

  test('that loops while it is loaded is an error that names it', async () => {
    const folder = folderOf({ 'stuck.check.js': 'for (;;);' });
    await expect(
      loadPlugins(folder, [], { cwd: folder, limits: { start: 500, call: 500 } }),
    ).rejects.toThrow(/stuck\.check\.js: it did not answer/);
  });
});

const declared = (changes: string) => `
id: acme/windowed
subject: repository
severity: medium
title: Images are kept for a while
why: Rollbacks need them.
${changes}`;
const passes = `
passes:
  any:
    - {fact: retention.mode, is: none}
    - all:
        - {fact: retention.mode, is: rules}
        - {fact: 'retention.rules[].selects', in: [untagged, any]}
        - {fact: retention.rules, count: {atMost: 3}}
says: {pass: nothing grave is removed, fail: a rule removes tagged images}`;

describe('a declared check', () => {
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
  });

  test('is unknown where a field it names does not exist in that case of the fact', async () => {
    const text = declared(
      `passes: {fact: 'retention.rules[].selects', not: tagged}\nsays: {pass: good, fail: bad}`,
    );
    const { checks } = await load({ 'windowed.check.yaml': text });
    expect(verdictOf(checks[0] as AnyCheck, { retention: { mode: 'none' } })).toMatchObject({
      verdict: 'unknown',
      blocked: [{ why: 'crashed' }],
    });
    expect(thrown[0]).toContain('there is no retention.rules in this case');
  });

  test.each([
    [passes.replace('retention.mode', 'retension.mode'), 'there is no fact "retension"'],
    [passes.replace('retention.mode', 'retention.moed'), '"retention.moed" leads nowhere'],
    [passes.replace('any:', 'some:'), 'passes: it must NOT have fewer'],
    [passes.replace('is: none', 'is: none, not: x'), 'passes.any[0]: '],
    [passes.replace('in: [', 'inside: ['), 'passes.any[1].all[1]: '],
    [
      `${passes.replace(/any:[\s\S]*?says/, `${'{all: ['.repeat(9)}1${']}'.repeat(9)}\nsays`).replace('passes:\n  ', 'passes: ')}`,
      'nested too deep',
    ],
    [`${passes}\nowner: me`, 'must NOT have additional properties (owner)'],
    [`${passes}\nseverity: low`, 'unique'],
    ['', "must have required property 'passes'"],
  ])('with a fault is an error that names file and key', async (changes, why) => {
    const folder = folderOf({ 'windowed.check.yaml': declared(changes) });
    const loading = loadPlugins(folder, [], { cwd: folder });
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
  await expect(loadPlugins('no/such', [], { cwd: tmpdir() })).rejects.toThrow(
    'no/such cannot be read',
  );
  await expect(load({ 'readme.md': '' })).rejects.toThrow('holds no checks');
  await expect(load({ 'x.check.js': ' '.repeat(300_000) })).rejects.toThrow('larger than 256 KB');
  const folder = folderOf({});
  mkdirSync(join(folder, 'x.check.js'));
  await expect(loadPlugins(folder, [], { cwd: folder })).rejects.toThrow('x.check.js');
});

test('two checks of one id are an error', async () => {
  const files = { 'a.check.js': moduleOf('a', ''), 'a.check.mjs': moduleOf('a', '') };
  await expect(load(files)).rejects.toThrow('there is a check "acme/a" already');
});
