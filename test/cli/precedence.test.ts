import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CliOptions, emptyFolder, runCli } from '../support/run-cli.ts';
import { snapshotOf, twoRepositories } from './sample.ts';

const folder = emptyFolder();

beforeAll(async () => {
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'snapshot.jsonl'), await snapshotOf(twoRepositories));
  writeFileSync(
    join(folder, 'regaudit.yaml'),
    'failOn: critical\nexclude: ["team/good"]\nchecks: {recent-images-clean: on}\n',
  );
  writeFileSync(join(folder, 'other.yaml'), 'failOn: none\n');
});

/** Scans the sample as JSON. Out: what was in force. */
async function inForce(args: readonly string[], options: CliOptions = {}) {
  const result = await runCli(
    ['scan', '--from', join(folder, 'snapshot.jsonl'), '-f', 'json', ...args],
    { cwd: folder, ...options },
  );
  const report = JSON.parse(result.stdout);
  return {
    failOn: report.failOn,
    repositories: report.registries[0].repositories.count,
    checks: report.checks.map(({ id }: { id: string }) => id),
    exitCode: report.exitCode,
    code: result.code,
  };
}

const only = ['--check', 'tags-immutable'];

type Row = readonly [args: readonly string[], options: CliOptions, expected: object];

const rows: Readonly<Record<string, Row>> = {
  'without anything, the default': [
    ['--no-config', ...only],
    {},
    { failOn: 'high', repositories: 2, code: 1 },
  ],
  'the configuration beats the default': [
    only,
    {},
    { failOn: 'critical', repositories: 1, code: 0 },
  ],
  'the configuration is found from below': [
    only,
    { cwd: join(folder, 'below') },
    { failOn: 'critical', repositories: 1 },
  ],
  'the environment beats the configuration': [
    only,
    { env: { REGAUDIT_FAIL_ON: 'low' } },
    { failOn: 'low', repositories: 1, code: 1 },
  ],
  'a flag beats the environment': [
    [...only, '--fail-on', 'none'],
    { env: { REGAUDIT_FAIL_ON: 'low' } },
    { failOn: 'none', code: 0 },
  ],
  'an empty variable is none': [only, { env: { REGAUDIT_FAIL_ON: '' } }, { failOn: 'critical' }],
  'a flag of a list replaces that of the configuration': [
    [...only, '--exclude', 'nothing'],
    {},
    { repositories: 2 },
  ],
  'a variable may hold a list': [
    [],
    { env: { REGAUDIT_CHECK: 'tags-immutable, push-scan-on', REGAUDIT_NO_CONFIG: '1' } },
    { checks: ['push-scan-on', 'tags-immutable'] },
  ],
  'lists are given by repeating or by commas': [
    ['--check', 'tags-immutable', '--check', 'push-scan-on,replicated'],
    {},
    { checks: ['push-scan-on', 'tags-immutable', 'replicated'] },
  ],
  'wildcards name checks, and skipping beats naming': [
    ['--check', 'recent-images-*', '--skip-check', '*-signed,*-verified,*-attested,*-scanned'],
    {},
    { checks: ['recent-images-clean'] },
  ],
  'REGAUDIT_NO_CONFIG=false is not set': [
    only,
    { env: { REGAUDIT_NO_CONFIG: 'false' } },
    { failOn: 'critical' },
  ],
  'another configuration by flag': [['-c', 'other.yaml', ...only], {}, { failOn: 'none' }],
  'a flag names a configuration although the environment says none': [
    ['-c', 'other.yaml', ...only],
    { env: { REGAUDIT_NO_CONFIG: '1' } },
    { failOn: 'none' },
  ],
  'another configuration by variable': [
    only,
    { env: { REGAUDIT_CONFIG: 'other.yaml' } },
    { failOn: 'none' },
  ],
  'include and exclude together': [
    ['--include', 'team/*', '--exclude', '*/bad', ...only],
    {},
    { repositories: 1, code: 0 },
  ],
  'nothing included is nothing to audit': [
    ['--include', 'nobody/*', ...only],
    {},
    { repositories: 0, code: 4 },
  ],
  '--exit-zero, and the report says the same': [
    ['--no-config', '--exit-zero', ...only],
    {},
    { code: 0, exitCode: 0 },
  ],
};

describe('what is in force', () => {
  test.concurrent.each(Object.entries(rows))('%s', async (_, [args, options, expected]) => {
    expect(await inForce(args, options)).toMatchObject(expected);
  });

  test('a check that is off by default runs when the configuration switches it on', async () => {
    const on = await inForce([]);
    const off = await inForce(['--no-config']);
    expect(on.checks).toContain('recent-images-clean');
    expect(off.checks).not.toContain('recent-images-clean');
  });
});

const colors: Readonly<
  Record<string, readonly [readonly string[], Readonly<Record<string, string>>, boolean]>
> = {
  'a pipe has none': [[], {}, false],
  'FORCE_COLOR forces': [[], { FORCE_COLOR: '1' }, true],
  'FORCE_COLOR=0 does not': [[], { FORCE_COLOR: '0' }, false],
  'an empty FORCE_COLOR does not': [[], { FORCE_COLOR: '' }, false],
  'NO_COLOR beats FORCE_COLOR': [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  'an empty NO_COLOR does not': [[], { FORCE_COLOR: '1', NO_COLOR: '' }, true],
  '--color always beats NO_COLOR': [['--color', 'always'], { NO_COLOR: '1' }, true],
  '--color never beats FORCE_COLOR': [['--color', 'never'], { FORCE_COLOR: '1' }, false],
  '--no-color beats FORCE_COLOR': [['--no-color'], { FORCE_COLOR: '1' }, false],
  'REGAUDIT_COLOR beats NO_COLOR': [[], { REGAUDIT_COLOR: 'always', NO_COLOR: '1' }, true],
  'a file has none, whatever the terminal': [['-o', 'colors.txt'], { FORCE_COLOR: '1' }, false],
};

describe('colour', () => {
  test.concurrent.each(Object.entries(colors))('%s', async (_, [args, env, wanted]) => {
    const cwd = emptyFolder();
    const from = join(folder, 'snapshot.jsonl');
    const { stdout, stderr } = await runCli(['scan', '--from', from, ...only, ...args], {
      cwd,
      env,
    });
    const file = args.includes('-o') ? readFileSync(join(cwd, 'colors.txt'), 'utf8') : '';
    expect((stdout + file).includes('\u001b[')).toBe(wanted);
    expect(stderr).not.toContain('Warning');
  });
});
