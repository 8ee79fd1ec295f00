import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { runAction } from './action.ts';
import { checkout, type Installing, installing, retryPolicy } from './install.ts';

/*
 * What has nothing but a clone of this repository: the hook of pre-commit, and the action. `.ci/run`
 * installs pre-commit and names its executable in PRE_COMMIT.
 */

const example = parse(readFileSync(join(checkout, 'docs/examples/pre-commit-config.yaml'), 'utf8'));
const program = process.env['PRE_COMMIT'] ?? '';

vi.setConfig({ testTimeout: 2 * retryPolicy });

let here: Installing;
beforeAll(async () => {
  if (program === '') throw new Error('PRE_COMMIT must name the executable of pre-commit');
  here = await installing();
});
afterAll(() => here?.end());

/** A repository with this configuration of regaudit. */
function repository(name: string, configuration: string): string {
  const folder = join(here.folder, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'regaudit.yaml'), configuration);
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '--quiet');
  git('add', '.');
  return folder;
}

const clones = () => join(here.folder, 'pre-commit');

function preCommit(folder: string, ...args: readonly string[]) {
  const environment = { PRE_COMMIT_HOME: clones() };
  return here.run('env', ['-C', folder, program, ...args, '--all-files'], environment);
}

const sound = 'registries:\n  - target: ecr\n';

test('pre-commit try-repo: a faulty configuration fails the hook with the line that says why', async () => {
  const folder = repository('tried', 'registries:\n  - target: ecrr\n');
  const { code, output } = await preCommit(folder, 'try-repo', checkout, 'regaudit-config');
  expect(output).toMatch(/regaudit configuration\.+Failed/);
  expect(output).toMatch(/^error: .*regaudit\.yaml:2:\d+: .*did you mean "ecr"\?$/m);
  expect(output).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
});

test('the example, at this commit: a sound configuration passes, a repository without one is left alone', async () => {
  const folder = repository('used', sound);
  const rev = execFileSync('git', ['rev-parse', 'HEAD'], {
    cwd: checkout,
    encoding: 'utf8',
  }).trim();
  const [repo] = example.repos;
  const config = { repos: [{ ...repo, repo: checkout, rev }] };
  writeFileSync(join(folder, '.pre-commit-config.yaml'), JSON.stringify(config));
  const passed = await preCommit(folder, 'run');
  expect(passed.output).toMatch(/regaudit configuration\.+Passed/);
  expect(passed.code).toBe(0);
  execFileSync('git', ['rm', '--quiet', '--force', 'regaudit.yaml'], { cwd: folder });
  const skipped = await preCommit(folder, 'run');
  expect(skipped.output).toMatch(/regaudit configuration\.+\(no files to check\)Skipped/);
  expect(skipped.code).toBe(0);
});

test('the action builds its checkout likewise, or takes one that is built', async () => {
  const built = readdirSync(clones()).find((name) => existsSync(join(clones(), name, '.built')));
  const { outputs } = await runAction(here, { GITHUB_ACTION_PATH: join(clones(), String(built)) });
  expect(outputs).toMatchObject({ 'exit-code': '1' });
  expect(Number(outputs['fail'])).toBeGreaterThan(10);
});

test('nobody was asked for a package of our name', () => {
  expect(here.registry.asked).toEqual([]);
});
