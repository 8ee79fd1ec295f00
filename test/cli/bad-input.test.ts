import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CliOptions, type CliResult, emptyFolder, runCli } from '../support/run-cli.ts';
import { snapshotOf, twoRepositories } from './sample.ts';

const folder = emptyFolder();
const before: string[] = [];

beforeAll(async () => {
  const whole = await snapshotOf(twoRepositories);
  const files: Readonly<Record<string, string>> = {
    'good.jsonl': whole,
    'cut.jsonl': whole.slice(0, -100),
    'newer.jsonl': whole.replace('"schemaVersion":"1.0"', '"schemaVersion":"2.0"'),
    'report.json': '{"schemaVersion":"1.0"}\n',
    'unknown-key.yaml': 'failOn: high\nregistry: [ecr]\n',
    'duplicate.yaml': 'failOn: high\nfailOn: low\n',
    'bomb.yaml': `a: &a [${'x,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]\n`,
    'binary.yaml': 'a\0b',
    'check.yaml': 'checks:\n  tags-imutable: on\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'directory.yaml'));
  symlinkSync('/', join(folder, 'elsewhere'));
  before.push(...readdirSync(folder));
});

type Row = readonly [args: readonly string[], stderr: string, options?: CliOptions];

const noAws = { AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'eu-west-1' };

/** Everything here exits with 2 before anything was audited. */
const refused: Readonly<Record<string, Row>> = {
  'an unknown command': [['scna'], "error: unknown command 'scna', did you mean scan?\n"],
  'an unknown flag': [
    ['scan', '--chek', 'x'],
    "error: unknown option '--chek', did you mean --check?\n",
  ],
  'a flag without its value': [
    ['scan', 'ecr', '-f'],
    "error: option '-f, --format <format>' argument missing\n",
  ],
  'nothing to scan': [
    ['scan'],
    'error: nothing is named to audit\nhint: name a registry, such as ecr, or list registries in regaudit.yaml (regaudit init writes one)\n',
  ],
  'an unknown provider': [
    ['scan', 'ecrr'],
    'error: there is no provider "ecrr", did you mean "ecr"?\nhint: there is: ecr\n',
  ],
  'a provider that is a word every object has': [
    ['scan', 'constructor'],
    'error: there is no provider "constructor"\nhint: there is: ecr\n',
  ],
  'a target that is none': [
    ['scan', 'ECR here'],
    'error: "ECR here" is not a target\nhint: write ecr or ecr://ACCOUNT/REGION\n',
  ],
  'an address that the provider does not have': [
    ['scan', 'ecr://prod'],
    'error: ecr://prod is not an address of ECR\nhint: write ecr, ecr://ACCOUNT/REGION with 12 digits and a region such as eu-west-1, or ecr://ACCOUNT/public\n',
  ],
  'no region': [
    ['scan', 'ecr'],
    'error: no AWS region is given\nhint: name one: ecr://ACCOUNT/REGION, region: in the configuration, or AWS_REGION\n',
  ],
  'a region that is none': [
    ['scan', 'ecr'],
    'error: "eu" is not an AWS region\nhint: a region looks like eu-west-1\n',
    { env: { AWS_REGION: 'eu' } },
  ],
  'an unknown check': [
    ['scan', 'ecr', '--check', 'tags-imutable'],
    'error: there is no check "tags-imutable", did you mean "tags-immutable"?\nhint: regaudit list checks shows all of them\n',
  ],
  'an unknown check to skip': [
    ['scan', 'ecr', '--skip-check', 'x'],
    'error: there is no check "x"\nhint: regaudit list checks shows all of them\n',
  ],
  'a list with nothing in it': [
    ['scan', 'ecr', '--check', ''],
    'error: --check: nothing is named\n',
  ],
  'no check left': [
    ['scan', 'ecr', '--check', 'tags-immutable', '--skip-check', '*'],
    'error: no check is left to run\n',
  ],
  'an unknown format': [
    ['scan', 'ecr', '-f', 'jsn'],
    'error: --format: "jsn" is none of table, json, sarif, html, did you mean "json"?\n',
  ],
  'an unknown format of a further report': [
    ['scan', 'ecr', '--report', 'srif=x'],
    'error: --report: "srif" is none of table, json, sarif, html, did you mean "sarif"?\n',
  ],
  'a further report without file': [
    ['scan', 'ecr', '--report', 'sarif'],
    'error: --report: write format=file, such as sarif=regaudit.sarif\n',
  ],
  'two reports for one file': [
    ['scan', 'ecr', '-o', 'a', '--report', 'sarif=a'],
    'error: two reports would go to a\n',
  ],
  'an unknown severity': [
    ['scan', 'ecr', '--fail-on', 'hihg'],
    'error: --fail-on: "hihg" is none of critical, high, medium, low, none, did you mean "high"?\n',
  ],
  'a number that is none': [
    ['scan', 'ecr', '--concurrency', 'many'],
    'error: --concurrency: "many" is not a whole number from 1 to 1000\n',
  ],
  'a variable of a wrong value': [
    ['scan', 'ecr'],
    'error: REGAUDIT_TIMEOUT: "0" is not a whole number from 1 to 604800\n',
    { env: { REGAUDIT_TIMEOUT: '0' } },
  ],
  'a variable that is neither true nor false': [
    ['scan', 'ecr'],
    'error: REGAUDIT_QUIET=maybe is neither true nor false\n',
    { env: { REGAUDIT_QUIET: 'maybe' } },
  ],
  'a mistyped variable is pointed at': [
    ['scan'],
    'warning: REGAUDIT_FAILON is not a setting of regaudit, did you mean REGAUDIT_FAIL_ON?\nerror: nothing is named to audit\nhint: name a registry, such as ecr, or list registries in regaudit.yaml (regaudit init writes one)\n',
    { env: { REGAUDIT_FAILON: 'low' } },
  ],
  'an unknown key in the configuration': [
    ['scan', '-c', 'unknown-key.yaml'],
    'error: unknown-key.yaml:2:1: unknown key "registry", did you mean "registries"?\n',
  ],
  'an unknown check in the configuration': [
    ['scan', '-c', 'check.yaml'],
    'error: check.yaml:2:3: checks: there is no check "tags-imutable", did you mean "tags-immutable"?\n',
  ],
  'a duplicate key': [
    ['scan', '-c', 'duplicate.yaml'],
    'error: duplicate.yaml:2:1: this key stands twice in the same place\n',
  ],
  'an alias bomb': [
    ['scan', '-c', 'bomb.yaml'],
    'error: bomb.yaml:1:1: aliases (*name) repeat more than any configuration needs\n',
  ],
  'a binary configuration': [
    ['scan', '-c', 'binary.yaml'],
    'error: binary.yaml is not a text file\n',
  ],
  'a directory as configuration': [
    ['scan', '-c', 'directory.yaml'],
    'error: directory.yaml cannot be read: it is a directory\n',
  ],
  'a configuration that is not there': [
    ['scan', '-c', 'nowhere.yaml'],
    'error: nowhere.yaml cannot be read: there is no such file\n',
  ],
  'a snapshot that is not there': [
    ['scan', '--from', 'nowhere.jsonl'],
    'error: nowhere.jsonl cannot be read: there is no such file\n',
  ],
  'a directory as snapshot': [
    ['scan', '--from', 'directory.yaml'],
    'error: directory.yaml cannot be read: it is a directory\n',
  ],
  'a snapshot cut in half': [
    ['scan', '--from', 'cut.jsonl', '-o', 'out.json', '-f', 'json'],
    'error: cut.jsonl:7: the file is damaged or was cut short here\n',
  ],
  'a snapshot of a newer version': [
    ['scan', '--from', 'newer.jsonl', '-o', 'out.json', '-f', 'json'],
    'error: newer.jsonl:1: the snapshot has version 2.0, newer than this regaudit reads (1.0)\nhint: update regaudit to read it\n',
  ],
  'a file that is no snapshot': [
    ['scan', '--from', 'report.json'],
    'error: report.json:1: this is not a regaudit snapshot\n',
  ],
  'an empty standard input': [
    ['scan', '--from', '-'],
    'error: standard input: the file is empty, not a regaudit snapshot\n',
  ],
  'a target beside a snapshot': [
    ['scan', 'ecr', '--from', 'good.jsonl'],
    'error: --from reads a snapshot, so no TARGET can be given with it\n',
  ],
  'an output in a folder that is not there': [
    ['scan', '--from', 'good.jsonl', '-o', 'nowhere/out.json'],
    'error: nowhere/out.json cannot be written: its folder does not exist\n',
  ],
  'a directory as output': [
    ['scan', '--from', 'good.jsonl', '-o', 'directory.yaml'],
    'error: directory.yaml cannot be written: it is a directory\n',
  ],
  'a device as output': [
    ['scan', '--from', 'good.jsonl', '-o', '/dev/null'],
    'error: /dev/null cannot be written: it is not a regular file\nhint: without a file name, output goes to standard output\n',
  ],
  'a link to another folder as output': [
    ['scan', '--from', 'good.jsonl', '-o', 'elsewhere'],
    'error: elsewhere cannot be written: it is a symbolic link to another folder\n',
  ],
  'the second output cannot be written': [
    ['scan', '--from', 'good.jsonl', '-o', 'first.json', '--report', 'sarif=nowhere/x'],
    'error: nowhere/x cannot be written: its folder does not exist\n',
  ],
  'collect without a file': [
    ['collect', 'ecr'],
    'error: collect needs a file to write to\nhint: -o FILE, or -o - for standard output\n',
  ],
  'an unknown check to explain': [
    ['explain', 'tags-imutable'],
    'error: there is no check "tags-imutable", did you mean "tags-immutable"?\nhint: regaudit list checks shows all of them\n',
  ],
  'an unknown provider to explain for': [
    ['explain', 'tags-immutable', '--provider', 'ec'],
    'error: there is no provider "ec", did you mean "ecr"?\nhint: there is: ecr\n',
  ],
  'permissions for an unknown provider': [
    ['permissions', 'ecs'],
    'error: there is no provider "ecs", did you mean "ecr"?\nhint: there is: ecr\n',
  ],
  'a completion for an unknown shell': [
    ['completion', 'zhs'],
    'error: there is no completion for "zhs", did you mean "zsh"?\nhint: there is: bash, zsh, fish, powershell\n',
  ],
  'no configuration to validate': [
    ['config', 'validate'],
    'error: there is no configuration here\nhint: name it, or let regaudit init write one\n',
  ],
  'init where a configuration is': [
    ['init', 'unknown-key.yaml'],
    'error: unknown-key.yaml is there already and was left as it is\n',
  ],
};

function expectNoTrace({ stderr, left }: CliResult): void {
  expect(stderr).not.toMatch(/^\s+at |file:\/\/|node:internal/m);
  expect(left).toEqual([]);
}

describe('refused with one clear message, exit code 2 and nothing written', () => {
  test.concurrent.each(Object.entries(refused))('%s', async (_, [args, stderr, options]) => {
    const result = await runCli(args, { cwd: folder, ...options });
    expect(result).toMatchObject({ code: 2, stdout: '', stderr });
    expectNoTrace(result);
  });
});

describe('what cannot be read is unknown, never passed', () => {
  test('no credentials', async () => {
    const result = await runCli(['scan', 'ecr', '--color', 'never'], { cwd: folder, env: noAws });
    expect(result.code).toBe(3);
    expect(result.stdout).toContain('not reached');
    expect(result.stdout).toContain('Exit code 3: 1 registry could not be read at all');
    expectNoTrace(result);
  });

  test('an endpoint that nobody answers', async () => {
    const env = {
      ...noAws,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    };
    const result = await runCli(['scan', 'ecr', '-f', 'json'], { cwd: folder, env });
    expect(result.code).toBe(3);
    expect(JSON.parse(result.stdout)).toMatchObject({
      complete: false,
      exitCode: 3,
      summary: { pass: 0, fail: 0 },
      registries: [{ reachable: false }],
    });
    expectNoTrace(result);
  });
});

test('none of that left a file behind, whole or half', () => {
  expect(readdirSync(folder)).toEqual(before);
});

test('help and no command at all', async () => {
  const help = await runCli(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  const bare = await runCli([]);
  expect(bare).toMatchObject({ code: 2, stdout: '', stderr: help.stdout });
});
