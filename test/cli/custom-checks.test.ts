import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { begin, end, lock, repository, snapshotOf, twoRepositories } from './sample.ts';

const locked = (judge: string) => `
import { defineCheck, fail, pass } from 'regaudit/check';
export default defineCheck({
  id: 'acme/locked', subject: 'repository', severity: 'high',
  title: 'Our tags are locked', why: 'Because we say so.', needs: ['tagLock'],
  judge({ tagLock }) { ${judge} },
});`;
const honest = `return tagLock.mode === 'all' ? pass('locked') : fail('loose');`;
const declared = `
id: acme/declared
subject: repository
severity: low
title: Tags are locked by decree
why: Because it is written.
needs: [tagLock]
passes: tagLock.mode == 'all'
says: {pass: locked, fail: loose}
cases:
  locked: {facts: {tagLock: {mode: all}}, verdict: pass}
  loose: {facts: {tagLock: {mode: none}}, verdict: fail}
`;

async function project(
  files: Readonly<Record<string, string>>,
  readings: readonly SnapshotLine[] = twoRepositories,
) {
  const cwd = emptyFolder();
  for (const folder of ['.git', 'own']) mkdirSync(join(cwd, folder));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  writeFileSync(join(cwd, 'two.jsonl'), await snapshotOf(readings));
  return (...args: string[]) => runCli(args, { cwd });
}

const scan = ['scan', '--from', 'two.jsonl', '-f', 'json', '--check', 'acme/*,tags-immutable'];
const said = (stdout: string) =>
  JSON.parse(stdout).findings.map(
    ({ check, repository, verdict }: Record<string, string>) => `${check} ${repository} ${verdict}`,
  );

test('checks of a folder run beside the own ones, and are listed', async () => {
  const run = await project({
    'own/locked.check.js': locked(honest),
    'own/declared.check.yaml': declared,
  });
  const { code, stdout } = await run(...scan, '--checks-dir', 'own');
  expect(code).toBe(1);
  expect(said(stdout)).toEqual([
    'acme/locked team/bad fail',
    'acme/locked team/good pass',
    'tags-immutable team/bad fail',
    'tags-immutable team/good pass',
    'acme/declared team/bad fail',
    'acme/declared team/good pass',
  ]);
  const listed = await run('list', 'checks', '--checks-dir', 'own');
  expect(listed.stdout).toMatch(/acme\/locked +high +Our tags are locked/);
});

test('what a check says of fixes is told where its registries are, with risk and pages', async () => {
  const fix = (risk: string) => `fix: {
    ecr: { command: 'lock <name>', risk: '${risk}', references: ['https://acme.example/tags'] },
    quay: { console: 'elsewhere' },
  },`;
  const written = locked(honest).replace('judge(', `${fix('pushes fail')} judge(`);
  const run = await project({
    'own/locked.check.js': written,
    'own/declared.check.yaml': `${declared}fix: {ecr: {instead: ask us, risk: none, undo: none}}\n`,
  });
  const { stdout } = await run(...scan, '--checks-dir', 'own');
  const fixes = JSON.parse(stdout).checks.map((one: { id: string; fix: object }) => [
    one.id,
    one.fix,
  ]);
  expect(Object.fromEntries(fixes)).toEqual({
    'acme/locked': {
      ecr: {
        command: 'lock <name>',
        risk: 'pushes fail',
        references: ['https://acme.example/tags'],
      },
    },
    'acme/declared': { ecr: { instead: 'ask us', risk: 'none', undo: 'none' } },
    'tags-immutable': { ecr: expect.objectContaining({ terraform: expect.any(String) }) },
  });
});

test('one that throws is unknown, and the scan goes on', async () => {
  const judge = `throw new Error('no');`;
  const run = await project({ 'own/locked.check.js': locked(judge) });
  const { code, stdout, stderr } = await run(
    ...scan,
    '--checks-dir',
    'own',
    '--skip-check',
    'tags-immutable',
  );
  expect(code).toBe(3);
  expect(said(stdout)).toEqual(['acme/locked team/bad unknown', 'acme/locked team/good unknown']);
  expect(stderr).toContain('a fault in the check acme/locked');
  expect(stderr).not.toContain('report');
});

test('the configuration names folders of YAML, sets their checks and waives them', async () => {
  const run = await project({
    'own/declared.check.yaml': declared,
    'regaudit.yaml': 'checksDir: [own]\nchecks: {acme/declared: high}\n',
    'typo.yaml': 'checksDir: [own]\nchecks: {acme/delcared: off}\n',
    'missing.yaml': 'checks: {other/thing: off}\n',
  });
  const { code, stdout } = await run('scan', '--from', 'two.jsonl', '-f', 'json');
  const found = JSON.parse(stdout).findings.filter(({ check }: { check: string }) =>
    check.startsWith('acme/'),
  );
  expect(code).toBe(1);
  expect(
    found.map(({ check, severity }: Record<string, string>) => `${check} ${severity}`),
  ).toEqual(['acme/declared high', 'acme/declared high']);
  const typo = await run('scan', '--from', 'two.jsonl', '-c', 'typo.yaml');
  expect(typo.code).toBe(2);
  expect(typo.stderr).toContain('there is no check "acme/delcared", did you mean "acme/declared"?');
  const missing = await run('scan', '--from', 'two.jsonl', '-c', 'missing.yaml');
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('there is no check "other/thing"');
});

describe('a configuration file loads no code', () => {
  const canary = (file: string) =>
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(file)}, '');
${locked(honest)}`;
  const evil = async (config: string) => {
    const ran = join(emptyFolder(), 'ran');
    const run = await project({
      'own/locked.check.js': canary(ran),
      'own/declared.check.yaml': declared,
      'regaudit.yaml': config,
    });
    return { run, ran: () => existsSync(ran) };
  };
  const plain = ['scan', '--from', 'two.jsonl', '--check', 'tags-immutable'];

  test.each([
    ['plugins: [./own]', 'regaudit.yaml:1:1: a configuration file loads no code'],
    ['plugins: [./own/locked.check.js]', 'a configuration file loads no code'],
    ['plugin: ./own/locked.check.js', 'unknown key "plugin"'],
    ['checksDir: [./own]', 'own/locked.check.js is code, and a configuration file loads checks'],
    ['checksDir: [./own/locked.check.js]', 'cannot be read'],
    ['extends: ./own/locked.check.js', 'locked.check.js'],
  ])('%s is exit code 2, found or named', async (config, why) => {
    const { run, ran } = await evil(`${config}\n`);
    for (const args of [plain, [...plain, '-c', 'regaudit.yaml']]) {
      const { code, stderr } = await run(...args);
      expect(code).toBe(2);
      expect(stderr.replaceAll('\\', '/')).toContain(why);
    }
    expect(ran()).toBe(false);
  });

  test('the command line and the environment do', async () => {
    const { run, ran } = await evil('checksDir: [./own]\n');
    const { code } = await run(...plain, '--checks-dir', 'own');
    expect({ code, ran: ran() }).toEqual({ code: 1, ran: true });
    const named = await evil('{}\n');
    expect((await named.run(...plain, '--plugin', 'own/locked.check.js')).code).toBe(1);
    expect(named.ran()).toBe(true);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'locked.check.js'), locked(honest));
    const listed = await runCli(['list', 'checks'], { cwd, env: { REGAUDIT_CHECKS_DIR: '.' } });
    expect(listed.stdout).toContain('acme/locked');
  });
});

test('expensive checks are unknown, and --timeout is heard between two repositories', async () => {
  const ones = `[${'1,'.repeat(250)}1]`;
  const bomb = (name: string) =>
    declared
      .replace('acme/declared', `acme/${name}`)
      .replace(
        "tagLock.mode == 'all'",
        `"${ones}.all(x, ${ones}.all(y, ${'x + y > 0 && '.repeat(40)} true))"`,
      );
  const names = Array.from({ length: 5 }, (_, index) => `bomb${index}`);
  const run = await project(
    Object.fromEntries(names.map((name) => [`own/${name}.check.yaml`, bomb(name)])),
    [
      begin(),
      ...Array.from({ length: 400 }, (_, at) => repository(`r${at}`, { tagLock: lock('all') })),
      end(400),
    ],
  );
  const { code, stdout, stderr } = await run(
    ...['scan', '--from', 'two.jsonl', '-f', 'json', '--check', 'acme/*'],
    ...['--checks-dir', 'own', '--timeout', '1', '--fail-on', 'low'],
  );
  const report = JSON.parse(stdout);
  expect(code).toBe(3);
  expect(stderr).toContain('a fault in the check acme/bomb0');
  expect(report.findings.every(({ verdict }: { verdict: string }) => verdict === 'unknown')).toBe(
    true,
  );
  expect(report.findings.length).toBeLessThan(400 * 5);
});

test('the installed program lets a check anywhere import regaudit/check', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'locked.check.js'), locked(honest));
  const bin = fileURLToPath(new URL('../../bin/regaudit.js', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [bin, 'list', 'checks', '--checks-dir', '.'],
    { cwd, env: {} },
  );
  expect(stdout).toMatch(/acme\/locked +high +Our tags are locked/);
});

test('a folder with a fault is exit code 2 and names file and key', async () => {
  const run = await project({
    'own/declared.check.yaml': declared.replace('needs: [tagLock]', 'needs: [tag]'),
  });
  const { code, stderr } = await run(...scan, '--checks-dir', 'own');
  expect(code).toBe(2);
  expect(stderr).toContain('declared.check.yaml: needs: there is no fact "tag" of a repository');
});

test('verify-checks holds them to their examples', async () => {
  const run = await project({ 'own/declared.check.yaml': declared });
  const good = await run('verify-checks', 'own');
  expect(good).toMatchObject({ code: 0, stdout: '1 checks, 2 examples, 0 faults\n' });
  const wrong = await project({
    'own/declared.check.yaml': declared.replace('mode: all}}, verdict', 'mode: none}}, verdict'),
  });
  const bad = await wrong('verify-checks', 'own');
  expect(bad.code).toBe(1);
  expect(bad.stderr).toContain('acme/declared: locked: fail, expected pass');
});
