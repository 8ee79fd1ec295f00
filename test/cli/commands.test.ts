import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checks } from '../../checks/index.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

test('--version prints the bare version', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await runCli(['--version'])).toMatchObject({
    code: 0,
    stdout: `${version}\n`,
    stderr: '',
  });
  expect(await runCli(['version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('version --json says what a bug report needs', async () => {
  const { code, stdout } = await runCli(['version', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    node: process.versions.node,
    schemaVersions: { report: expect.any(String), snapshot: expect.any(String) },
    checks: checks.length,
  });
});

test('what starts up is one file that needs nothing but node', () => {
  const main = readFileSync('dist/main.js', 'utf8');
  const imported = [...main.matchAll(/(?:^|;)import[^'"(]*from\s*['"]([^'"]+)/g)].map(
    ([, name]) => name,
  );
  expect(imported.length).toBeGreaterThan(0);
  expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
});

test('list checks', async () => {
  const { code, stdout } = await runCli(['list', 'checks']);
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(checks.length);
  expect(stdout).toMatch(/^tags-immutable {2,}high {2,}Production tags/m);
  const json = JSON.parse((await runCli(['list', 'checks', '--format', 'json'])).stdout);
  expect(json.map(({ id }: { id: string }) => id)).toEqual(checks.map(({ id }) => id));
});

test('list providers', async () => {
  expect((await runCli(['list', 'providers'])).stdout).toMatch(/^ecr {2,}Amazon ECR {2,}ecr, /m);
  const json = JSON.parse((await runCli(['list', 'providers', '-f', 'json'])).stdout);
  expect(json).toContainEqual(expect.objectContaining({ id: 'ecr', title: 'Amazon ECR' }));
});

test('explain says what, why, where it is read and how to put it right', async () => {
  const { code, stdout } = await runCli(['explain', 'tags-immutable', '--provider', 'ecr']);
  expect(code).toBe(0);
  for (const text of [
    'tags-immutable',
    'high',
    'DescribeRepositories',
    'put-image-tag-mutability',
  ]) {
    expect(stdout).toContain(text);
  }
});

test('permissions are those of the chosen checks and no others', async () => {
  const actions = async (...args: readonly string[]) => {
    const { stdout } = await runCli(['permissions', 'ecr', ...args]);
    const { Statement } = JSON.parse(stdout) as { Statement: { Action: string[] }[] };
    return Statement.flatMap(({ Action }) => Action);
  };
  const few = await actions('--check', 'tags-immutable');
  expect(few).toContain('ecr:DescribeRepositories');
  expect(few).not.toContain('ecr:GetLifecyclePolicy');
  expect(await actions()).toEqual(expect.arrayContaining([...few, 'ecr:GetLifecyclePolicy']));
});

test('scan --dry-run names hosts, calls and permissions, and calls nothing', async () => {
  const words = ['scan', 'harbor://127.0.0.1:1', '--dry-run', '--check', 'tags-immutable'];
  const { code, stdout, stderr } = await runCli(words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('hosts: 127.0.0.1:1\n');
  expect(stdout).toContain('ListImmuRules (immutable-tag:list)\n');
  expect(stdout).not.toContain('getRetention');
  expect(stdout).toMatch(/Nothing was called\.\n$/);
  const from = await runCli(['scan', '--from', '-', '--dry-run']);
  expect(from).toMatchObject({ code: 2, stdout: '' });
});

describe('init', () => {
  const cwd = emptyFolder();

  test('writes a configuration that is valid', async () => {
    expect(await runCli(['init'], { cwd })).toMatchObject({
      code: 0,
      stdout: '',
      stderr:
        'ecr: an example: no registry is set up here, name yours\nregaudit.yaml is written: read it, then regaudit scan -c regaudit.yaml\n',
    });
    expect(await runCli(['config', 'validate'], { cwd })).toMatchObject({
      code: 0,
      stdout: `${join(cwd, 'regaudit.yaml')} is valid\n`,
      stderr: '',
    });
  });

  test('writes the registries that the machine is set up for, and says by what it found each', async () => {
    const home = emptyFolder();
    const file = (path: string, text: string) => {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    };
    file('.aws/config', '[default]\nregion = eu-west-1\n');
    file(
      '.azure/azureProfile.json',
      `\uFEFF${JSON.stringify({ subscriptions: [{ id: 'one' }, { id: '0b1f6471-1bf0-4dda-aec3-111122223333', isDefault: true }] })}`,
    );
    file('.config/gcloud/active_config', 'work\n');
    file('.config/gcloud/configurations/config_work', '[core]\nproject = shop-prod\n');
    file(
      '.docker/config.json',
      JSON.stringify({ auths: { 'https://index.docker.io/v1/': {}, 'harbor.corp.example': {} } }),
    );
    const folder = emptyFolder();
    const env = { HOME: home, DOCKER_USERNAME: 'acme', AWS_REGION: 'eu-west-1' };
    const { code, stderr } = await runCli(['init', 'mine.yaml'], { cwd: folder, env });
    expect(code).toBe(0);
    expect(stderr).toContain('docker-hub://acme: found by DOCKER_USERNAME\n');
    expect(parse(readFileSync(join(folder, 'mine.yaml'), 'utf8'))).toEqual({
      registries: [
        { target: 'ecr', region: 'eu-west-1' },
        'acr://0b1f6471-1bf0-4dda-aec3-111122223333',
        'artifact-registry://shop-prod',
        'docker-hub://acme',
        'harbor://harbor.corp.example',
      ],
    });
  });

  test('writes the registries that are named, by target or address', async () => {
    const folder = emptyFolder();
    const words = ['init', 'acr', '123456789012.dkr.ecr.eu-west-1.amazonaws.com'];
    expect(await runCli(words, { cwd: folder })).toMatchObject({ code: 0 });
    expect(parse(readFileSync(join(folder, 'regaudit.yaml'), 'utf8'))).toEqual({
      registries: words.slice(1),
    });
    const { code, stderr } = await runCli(['init', 'acx'], { cwd: emptyFolder() });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no provider "acx", did you mean "acr"?'),
    });
  });

  test('does not overwrite', async () => {
    writeFileSync(join(cwd, 'mine.yaml'), 'failOn: low\n');
    expect(await runCli(['init', 'mine.yaml'], { cwd })).toMatchObject({ code: 2 });
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe('failOn: low\n');
  });

  test('config validate tells everything that is wrong', async () => {
    writeFileSync(join(cwd, 'bad.yaml'), 'failOn: hihg\nfoo: 1\n');
    const { code, stdout, stderr } = await runCli(['config', 'validate', 'bad.yaml'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^error: bad\.yaml:1:9: failOn: expected one of/),
      expect.stringMatching(/^error: bad\.yaml:2:1: unknown key "foo"/),
    ]);
  });
});

describe('completion', () => {
  const scripts = new Map<string, string>();
  beforeAll(async () => {
    for (const context of ['bash', 'zsh', 'fish', 'powershell']) {
      scripts.set(context, (await runCli(['completion', context])).stdout);
    }
  });

  test.each(['bash', 'zsh', 'fish', 'powershell'])(
    '%s knows commands, flags and checks',
    (context) => {
      const script = scripts.get(context) ?? '';
      for (const word of ['permissions', 'fail-on', 'anonymous-pull-off', 'sarif', 'validate']) {
        expect(script).toContain(word);
      }
    },
  );

  test.each(['bash', 'zsh'])('%s is accepted by a shell of its grammar', (context) => {
    const script = scripts.get(context) ?? '';
    expect(execFileSync('bash', ['-n'], { input: script, encoding: 'utf8' })).toBe('');
  });

  test.each([
    [['regaudit', 'sc'], ['scan']],
    [['regaudit', 'scan', '--fail'], ['--fail-on']],
    [['regaudit', 'scan', 'ecr', '-f', 's'], ['sarif']],
    [['regaudit', 'explain', 'tags-imm'], ['tags-immutable']],
    [
      ['regaudit', 'list', ''],
      ['checks', 'providers', 'frameworks'],
    ],
    [['regaudit', '-q', 'config', 'val'], ['validate']],
    [['regaudit', 'scan', '--skip-check', 'tags-imm'], ['tags-immutable']],
    [['regaudit', 'scan', '--concurrency', ''], []],
  ])('bash completes %j', (words, expected) => {
    const program = `${scripts.get('bash')}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_regaudit; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const reply = execFileSync('bash', ['-c', program], { encoding: 'utf8' }).split('\n');
    const offered = reply.filter(
      (word) => word !== '' && !(words.at(-1) === '' && word.startsWith('-')),
    );
    expect(offered).toEqual(expected);
  });
});
