import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { snapshotVersion } from '../../src/snapshot/schema.ts';
import { type CliOptions, type CliResult, emptyFolder, runCli } from '../support/run-cli.ts';
import { runProcess } from '../support/run-process.ts';
import { snapshotOf, twoRepositories } from './sample.ts';

const known = Object.keys(providers).join(', ');
const folder = emptyFolder();
const before: string[] = [];

const entry = JSON.stringify({
  registry: 'ecr://1/x',
  repository: null,
  check: 'tls-only',
  verdict: 'fail',
  evidence: '0'.repeat(32),
});

beforeAll(async () => {
  const whole = await snapshotOf(twoRepositories);
  const files: Readonly<Record<string, string>> = {
    'good.jsonl': whole,
    'cut.jsonl': whole.slice(0, -100),
    'newer.jsonl': whole.replace(`"schemaVersion":"${snapshotVersion}"`, '"schemaVersion":"99.0"'),
    'report.json': '{"schemaVersion":"1.0"}\n',
    'unknown-key.yaml': 'failOn: high\nregistry: [ecr]\n',
    'duplicate.yaml': 'failOn: high\nfailOn: low\n',
    'bomb.yaml': `a: &a [${'x,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]\n`,
    'binary.yaml': 'a\0b',
    'check.yaml': 'checks:\n  tags-imutable: on\n',
    'waiver.yaml': 'waivers:\n  - {check: tags-immutable, registry: "*", repository: a}\n',
    'far.yaml': 'waivers:\n  - {check: tags-immutable, reason: r, expires: 9999-12-31}\n',
    'variable.yaml': 'include: ["$' + '{REGAUDIT_TEST_TEAM}"]\n',
    'circle.yaml': 'extends: circle.yaml\n',
    'escape.yaml': 'reports: [{format: json, file: ../out.json}]\n',
    'sound.yaml': 'failOn: low\n',
    'other-tool.json': '{"tool":"checkov","schemaVersion":"1.0","entries":[]}\n',
    'newer-baseline.json':
      '{"tool":"regaudit","schemaVersion":"3.0","createdAt":"","entries":[]}\n',
    'odd-baseline.json':
      '{"tool":"regaudit","schemaVersion":"2.0","createdAt":"","entries":[{"registry":"x"}]}\n',
    'twice-baseline.json': `{"tool":"regaudit","schemaVersion":"2.0","createdAt":"","entries":[${entry},${entry}]}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'directory.yaml'));
  symlinkSync('/', join(folder, 'elsewhere'));
  before.push(...readdirSync(folder));
});

type Row = readonly [args: readonly string[], stderr: string, options?: CliOptions];

/** A waiver to be written, well-formed but for what a row changes. */
const waive = (subject: string, check: string, ...more: readonly string[]) => [
  ...['waive', subject, check, '-c', 'sound.yaml', '--reason', 'r', ...more],
];
const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const app = 'ecr://123456789012/eu-west-1/team/app';

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
    'error: no registry given\nhint: name a registry, such as ecr, or list registries in regaudit.yaml (regaudit init writes one)\n',
  ],
  'an unknown provider': [
    ['scan', 'ecrr'],
    `error: there is no provider "ecrr", did you mean "ecr"?\nhint: there is: ${known}\n`,
  ],
  'a provider that is a word every object has': [
    ['scan', 'constructor'],
    `error: there is no provider "constructor"\nhint: there is: ${known}\n`,
  ],
  'a target that is none': [
    ['scan', 'ECR here'],
    'error: "ECR here" is not a target\nhint: write a provider (ecr), provider://address (ecr://ACCOUNT/REGION) or the address of a registry\n',
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
  'a list with nothing in it': [['scan', 'ecr', '--check', ''], 'error: --check: no value given\n'],
  'no check left': [
    ['scan', 'ecr', '--check', 'tags-immutable', '--skip-check', '*'],
    'error: no check is left to run\n',
  ],
  'an unknown format': [
    ['scan', 'ecr', '-f', 'jsn'],
    'error: --format: "jsn" is none of table, json, sarif, markdown, junit, csv, ocsf, openmetrics, gitlab-codequality, github, html, did you mean "json"?\n',
  ],
  'an unknown format of a further report': [
    ['scan', 'ecr', '--report', 'srif=x'],
    'error: --report: "srif" is none of table, json, sarif, markdown, junit, csv, ocsf, openmetrics, gitlab-codequality, github, html, did you mean "sarif"?\n',
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
  'a time that is none': [
    ['scan', 'ecr'],
    'error: REGAUDIT_NOW="today" is not a time\nhint: write 2026-01-31T09:00:00Z\n',
    { env: { REGAUDIT_NOW: 'today' } },
  ],
  'a time of no place': [
    ['scan', 'ecr'],
    'error: REGAUDIT_NOW="2026-01-31T09:00:00" is not a time\nhint: write 2026-01-31T09:00:00Z\n',
    { env: { REGAUDIT_NOW: '2026-01-31T09:00:00' } },
  ],
  'a mistyped variable is pointed at': [
    ['scan'],
    'warning: REGAUDIT_FAILON is not a setting of regaudit, did you mean REGAUDIT_FAIL_ON?\nerror: no registry given\nhint: name a registry, such as ecr, or list registries in regaudit.yaml (regaudit init writes one)\n',
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
    'error: duplicate.yaml:2:1: duplicate key\n',
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
    'error: there is no *.jsonl in directory.yaml\n',
  ],
  'a snapshot cut in half': [
    ['scan', '--from', 'cut.jsonl', '-o', 'out.json', '-f', 'json'],
    'error: cut.jsonl:7: the file is damaged or was cut short here\n',
  ],
  'a snapshot of a newer version': [
    ['scan', '--from', 'newer.jsonl', '-o', 'out.json', '-f', 'json'],
    `error: newer.jsonl:1: the snapshot has version 99.0, newer than this regaudit reads (${snapshotVersion})\nhint: update regaudit to read it\n`,
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
  'a waiver without reason and end in the configuration': [
    ['scan', '-c', 'waiver.yaml'],
    'error: waiver.yaml:2:5: waivers[0]: the key "reason" is missing\nerror: waiver.yaml:2:5: waivers[0]: the key "expires" is missing\n',
  ],
  'a variable that is not set': [
    ['scan', '-c', 'variable.yaml'],
    'error: variable.yaml:1:11: the variable REGAUDIT_TEST_TEAM is not set\n',
  ],
  'a configuration that extends itself': [
    ['scan', '-c', 'circle.yaml'],
    'error: circle.yaml:1:10: extends: circle.yaml extends itself in a circle\n',
  ],
  'a report of the configuration outside the tree': [
    ['scan', '-c', 'escape.yaml'],
    'error: escape.yaml:1:32: reports[0].file: must be below the folder that regaudit runs in\n',
  ],
  'an unknown profile': [
    ['scan', 'ecr', '--profile', 'stric'],
    'error: --profile: "stric" is none of baseline, recommended, strict, did you mean "strict"?\n',
  ],
  'a baseline that is not there': [
    ['scan', '--from', 'good.jsonl', '--baseline', 'nowhere.json'],
    'error: nowhere.json cannot be read: there is no such file\n',
  ],
  'a directory as baseline': [
    ['scan', '--from', 'good.jsonl', '--baseline', 'directory.yaml'],
    'error: directory.yaml cannot be read: it is a directory\n',
  ],
  'a baseline of another tool': [
    ['scan', '--from', 'good.jsonl', '--baseline', 'other-tool.json'],
    'error: other-tool.json: this is a file of another tool, not a baseline of regaudit\nhint: --write-baseline writes one\n',
  ],
  'a baseline that is none': [
    ['scan', '--from', 'good.jsonl', '--baseline', 'sound.yaml'],
    'error: sound.yaml: this is not a regaudit baseline\nhint: --write-baseline writes one\n',
  ],
  'a baseline of another version': [
    ['scan', '--from', 'good.jsonl', '--baseline', 'newer-baseline.json'],
    'error: newer-baseline.json: the baseline has version 3.0; this regaudit reads 2.0\nhint: write it again with --write-baseline\n',
  ],
  'a baseline with an entry of a wrong form': [
    ['scan', '--from', 'good.jsonl', '--baseline', 'odd-baseline.json'],
    "error: odd-baseline.json: the baseline is not valid: entries/0 must have required property 'repository'\n",
  ],
  'a baseline that holds something twice': [
    ['scan', '--from', 'good.jsonl', '--baseline', 'twice-baseline.json'],
    'error: twice-baseline.json: the baseline is not valid: it holds ["ecr://1/x",null,"tls-only","fail"] twice\n',
  ],
  'a new baseline where a directory is': [
    ['scan', '--from', 'good.jsonl', '--write-baseline', 'directory.yaml'],
    'error: directory.yaml cannot be written: it is a directory\n',
  ],
  'a new baseline through a link to another folder': [
    ['scan', '--from', 'good.jsonl', '-o', 'out.json', '--write-baseline', 'elsewhere'],
    'error: elsewhere cannot be written: it is a symbolic link to another folder\n',
  ],
  'a report and a new baseline in one file': [
    ['scan', '--from', 'good.jsonl', '-o', 'a', '--write-baseline', 'a'],
    'error: a report and the baseline would both go to a\n',
  ],
  'a waiver without reason': [
    ['waive', app, 'tags-immutable', '-c', 'sound.yaml', '--expires', '2027-01-31'],
    'error: a waiver needs a reason\nhint: --reason "why the risk is accepted"\n',
  ],
  'a waiver without end': [
    waive(app, 'tags-immutable'),
    'error: a waiver needs an expiry date\nhint: --expires 2027-01-31\n',
  ],
  'a waiver whose end is past': [
    waive(app, 'tags-immutable', '--expires', '2020-01-31'),
    'error: --expires: 2020-01-31 is in the past\n',
  ],
  'a waiver whose end is no day': [
    waive(app, 'tags-immutable', '--expires', 'tomorrow'),
    'error: --expires: tomorrow is not a date (YYYY-MM-DD)\n',
  ],
  'a waiver of an unknown check': [
    waive(app, 'tags-imutable', '--expires', '2027-01-31'),
    'error: there is no check "tags-imutable", did you mean "tags-immutable"?\nhint: regaudit list checks shows all of them\n',
  ],
  'a waiver of an unknown provider': [
    waive('ecs://1/x', 'tags-immutable'),
    `error: there is no provider "ecs", did you mean "ecr"?\nhint: there is: ${known}\n`,
  ],
  'a waiver of no subject': [
    waive('ecr', 'tags-immutable'),
    'error: "ecr" names no registry\nhint: write ecr://… as reports do\n',
  ],
  'a waiver of a registry for a check of repositories': [
    waive('ecr://123456789012/eu-west-1', 'tags-immutable'),
    'error: tags-immutable evaluates repositories, and ecr://123456789012/eu-west-1 is a registry\nhint: name one, or ecr://123456789012/eu-west-1/* for all of them\n',
  ],
  'a waiver of a repository for a check of registries': [
    waive(app, 'audit-log-on'),
    `error: audit-log-on evaluates registries, and ${app} is a repository\n`,
  ],
  'a waiver of any registry': [
    waive('ecr://*/eu-west-1/app', 'tags-immutable'),
    'error: "ecr://*/eu-west-1/app" names no registry; * can only match repositories\n',
  ],
  'a waiver into a configuration that is not sound': [
    ['waive', app, 'tags-immutable', '-c', 'unknown-key.yaml', '--reason', 'r', '--expires', soon],
    'error: unknown-key.yaml:2:1: unknown key "registry", did you mean "registries"?\n',
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
    `error: there is no provider "ec", did you mean "ecr"?\nhint: there is: ${known}\n`,
  ],
  'permissions for an unknown provider': [
    ['permissions', 'ecs'],
    `error: there is no provider "ecs", did you mean "ecr"?\nhint: there is: ${known}\n`,
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
    'error: unknown-key.yaml already exists and was not changed\n',
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

test('a waiver that ends more than a year from now is refused by file, line and key', async () => {
  const { code, stderr } = await runCli(['scan', '-c', 'far.yaml'], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^error: far\.yaml:2:49: waivers\[0\]\.expires: 9999-12-31 is more than a year ahead; \d{4}-\d\d-\d\d is the latest\n$/,
  );
});

describe('what cannot be read is unknown, never passed', () => {
  test('no credentials', async () => {
    const result = await runProcess(['scan', 'ecr', '--color', 'never'], {
      cwd: folder,
      env: noAws,
    });
    expect(result.code).toBe(3);
    expect(result.stdout).toContain('not reached');
    expect(result.stdout).toContain('Exit code 3: 1 registry not reached');
    expect(result.stderr).toMatch(/^error: ecr:\S+ could not be read: .*aws sso login --profile/m);
    expect(result.stdout).not.toContain('grant ');
    expectNoTrace(result);
  });

  test('an endpoint that nobody answers', async () => {
    const env = {
      ...noAws,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    };
    const result = await runProcess(['scan', 'ecr', '-f', 'json'], { cwd: folder, env });
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
