import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { frameworkNamed, frameworkNames } from '../../src/cli/frameworks.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { runCli } from '../support/run-cli.ts';
import { snapshotOf, twoRepositories } from './sample.ts';

const controls: { framework: string }[] = JSON.parse(readFileSync('checks/controls.json', 'utf8'));
const snapshot = await snapshotOf(twoRepositories);

test('every framework of the controls has one name to type', () => {
  const names = Object.values(frameworkNames);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  const used = new Set(controls.map(({ framework }) => framework));
  expect(new Set(Object.keys(frameworkNames))).toEqual(used);
  for (const [framework, name] of Object.entries(frameworkNames)) {
    expect(frameworkNamed(name.toUpperCase())).toBe(framework);
  }
});

test('list frameworks prints every name with its framework and page', async () => {
  const { code, stdout } = await runCli(['list', 'frameworks']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^cis-sscs +CIS Software Supply Chain Security Guide +https:/m);
  const json = JSON.parse((await runCli(['list', 'frameworks', '-f', 'json'])).stdout);
  expect(json.map(({ id }: { id: string }) => id)).toEqual(Object.values(frameworkNames));
});

test('a framework that does not exist is wrong usage, with what may be meant', () => {
  expect(() => frameworkNamed('cis-sscg')).toThrow(UsageError);
  expect(() => frameworkNamed('cis-sscg')).toThrow(/did you mean "cis-sscs"/);
});

test('--compliance groups the table by control and changes neither code nor counts', async () => {
  const args = ['scan', '--from', '-', '--check', 'tags-immutable'];
  const usual = await runCli(args, { stdin: snapshot });
  const grouped = await runCli([...args, '--compliance', 'nist-800-190'], { stdin: snapshot });
  expect(grouped.code).toBe(usual.code);
  expect(grouped.stdout).toContain('EVIDENCE TOWARDS NIST SP 800-190\n');
  expect(grouped.stdout).toMatch(/^ {2}✗ tags-immutable {2}1 fail {2}1 pass/m);
  expect(grouped.stdout.trimEnd().split('\n').slice(-2)).toEqual(
    usual.stdout.trimEnd().split('\n').slice(-2),
  );
});

test('--compliance is refused before anything is read, and told to be without effect on JSON', async () => {
  const refused = await runCli(['scan', 'ecr', '--compliance', 'nist']);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^error: there is no framework "nist"/);
  const args = ['scan', '--from', '-', '-f', 'json', '--compliance', 'slsa'];
  expect((await runCli(args, { stdin: snapshot })).stderr).toContain('warning: --compliance');
});
