import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { begin, end, lock, repository, snapshotOf, twoRepositories } from '../cli/sample.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

/* Checks that somebody else put into a tree. */

const plain = ['scan', '--from', 'x.jsonl', '--check', 'tags-immutable'];

async function tree(files: Readonly<Record<string, string>>, repositories = 0) {
  const cwd = emptyFolder();
  for (const folder of ['.git', 'own', 'sub']) mkdirSync(join(cwd, folder));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const many = Array.from({ length: repositories }, (_, index) =>
    repository(`r${index}`, { tagLock: lock('all') }),
  );
  const readings = repositories === 0 ? twoRepositories : [begin(), ...many, end(repositories)];
  const text = await snapshotOf(readings);
  for (const folder of ['.', 'sub']) writeFileSync(join(cwd, folder, 'x.jsonl'), text);
  return cwd;
}

const declared = (passes: string, id = 'acme/own') => `
id: ${id}
subject: repository
severity: low
title: Tags are locked by decree
why: Because it is written.
needs: [tagLock]
passes: ${JSON.stringify(passes)}
says: {pass: locked, fail: loose}
`;

describe('code in a tree (row 1)', () => {
  test.each([
    'plugins: [./own]',
    'plugin: [./own/x.check.js]',
    'checksDir: [./own]',
    'checksDir: [./own/x.check.js]',
    'extends: ./own/x.check.js',
    'registries: [{target: ecr, plugin: ./own/x.check.js}]',
  ])('is not run by %s, from a folder or a subfolder', async (config) => {
    const ran = join(emptyFolder(), 'ran');
    const cwd = await tree({
      'own/x.check.js': `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, '');`,
      'own/x.check.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, '');`,
      'own/x.check.ts': `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, '');`,
      'regaudit.yaml': `${config}\n`,
    });
    for (const folder of [cwd, join(cwd, 'sub')]) {
      for (const args of [plain, ['list', 'checks'], ['config', 'validate']])
        await runCli(args, { cwd: folder });
    }
    expect(existsSync(ran)).toBe(false);
  });

  test.each([
    ["tagLock.constructor('return process')() == 1"],
    ["tagLock['constructor'] == 1"],
    ['tagLock.__proto__ == null'],
    ['process.env.HOME == ""'],
    ['globalThis == 1'],
    ['import("node:fs") == 1'],
    ['(() => true)()'],
    ['this == 1'],
    ['tagLock'],
    ['1'],
  ])('a condition cannot name more than values of facts: %s', async (condition) => {
    const cwd = await tree({ 'own/x.check.yaml': declared(condition) });
    const { code, stdout, stderr } = await runCli(
      [
        'scan',
        '--from',
        'x.jsonl',
        '-f',
        'json',
        '--check',
        'acme/*',
        '--checks-dir',
        'own',
        '--fail-on',
        'low',
      ],
      { cwd, env: { HOME: cwd } },
    );
    if (code === 2) {
      expect(stderr).toContain('x.check.yaml');
      return;
    }
    expect(code).toBe(3);
    const { findings } = JSON.parse(stdout);
    for (const { verdict } of findings) expect(verdict).toBe('unknown');
  });
});

const ones = `[${'1,'.repeat(200)}1]`;

describe('checks that cost too much', () => {
  test.each([
    ['memory (row 15)', `${ones}.map(x, ${ones}.map(y, ${ones})).size() > 0`],
    [
      'memory in texts (row 15)',
      `${ones}.map(x, "${'a'.repeat(2000)}" + "${'b'.repeat(2000)}").size() > 0`,
    ],
    ['time (row 16)', `${ones}.all(x, ${ones}.all(y, ${ones}.all(z, x + y + z > 0)))`],
    ['a pattern (row 16)', `"${'a'.repeat(4000)}!".matches("^(a+)+$")`],
  ])('%s, are unknown or refused, and the others are judged', async (_, condition) => {
    const cwd = await tree({ 'own/x.check.yaml': declared(condition) });
    const before = process.memoryUsage().rss;
    const { code, stdout } = await runCli(
      [
        'scan',
        '--from',
        'x.jsonl',
        '-f',
        'json',
        '--check',
        'acme/*,tags-immutable',
        '--checks-dir',
        'own',
      ],
      { cwd },
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
    if (code === 2) return;
    const { findings } = JSON.parse(stdout);
    const of = (id: string) =>
      findings
        .filter(({ check }: { check: string }) => check === id)
        .map(({ verdict }: { verdict: string }) => verdict);
    expect(of('acme/own')).not.toContain('pass');
    expect(of('tags-immutable').sort()).toEqual(['fail', 'pass']);
  });

  test('twenty expensive ones over many repositories end with --timeout (row 16)', async () => {
    const heavy = `${ones}.all(x, ${ones}.all(y, ${'x + y > 0 && '.repeat(30)} true))`;
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `own/c${index}.check.yaml`,
        declared(heavy, `acme/c${index}`),
      ]),
    );
    const cwd = await tree(files, 300);
    const { code, stdout } = await runCli(
      [
        'scan',
        '--from',
        'x.jsonl',
        '-f',
        'json',
        '--check',
        'acme/*',
        '--checks-dir',
        'own',
        '--timeout',
        '1',
        '--fail-on',
        'low',
      ],
      { cwd },
    );
    expect(code).toBe(3);
    const { findings, exitReason } = JSON.parse(stdout);
    expect(findings.length).toBeLessThan(300 * 20);
    expect(exitReason ?? '').not.toContain('everything');
  });
});
