import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { snapshotOf, twoRepositories } from './sample.ts';

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
passes: {fact: tagLock.mode, is: all}
says: {pass: locked, fail: loose}
cases:
  locked: {facts: {tagLock: {mode: all}}, verdict: pass}
  loose: {facts: {tagLock: {mode: none}}, verdict: fail}
`;

async function project(files: Readonly<Record<string, string>>) {
  const cwd = emptyFolder();
  for (const folder of ['.git', 'own']) mkdirSync(join(cwd, folder));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  writeFileSync(join(cwd, 'two.jsonl'), await snapshotOf(twoRepositories));
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

test('one that loops or throws is unknown, and the scan goes on', async () => {
  const judge = `if (tagLock.mode === 'none') for (;;); throw new Error('no');`;
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

test('the configuration names folders, sets its checks and waives them', async () => {
  const config = `
plugins: [own]
checks: {acme/declared: high, acme/locked: off}
`;
  const run = await project({
    'own/locked.check.js': locked(honest),
    'own/declared.check.yaml': declared,
    'regaudit.yaml': config,
    'typo.yaml': 'plugins: [own]\nchecks: {acme/lokced: off}\n',
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
  expect(typo.stderr).toContain('there is no check "acme/lokced", did you mean "acme/locked"?');
  const missing = await run('scan', '--from', 'two.jsonl', '-c', 'missing.yaml');
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('there is no check "other/thing"');
});

test('a folder with a fault is exit code 2 and names file and key', async () => {
  const run = await project({ 'own/declared.check.yaml': declared.replace('tagLock.mode', 'tag') });
  const { code, stderr } = await run(...scan, '--checks-dir', 'own');
  expect(code).toBe(2);
  expect(stderr).toContain('declared.check.yaml: passes: there is no fact "tag" of a repository');
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
