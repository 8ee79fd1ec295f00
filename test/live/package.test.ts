import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { checkout, type Installing, installing, retryPolicy } from './install.ts';

vi.setConfig({ testTimeout: 2 * retryPolicy });

let here: Installing;
beforeAll(async () => {
  here = await installing();
});
afterAll(() => here?.end());

const byName = '/regaudit';
const packed = `regaudit-${manifest.version}.tgz`;

test('a registry that has the release hands it out by name, and it runs', async () => {
  const wanted = `regaudit@${manifest.version}`;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const installed = await here.run('npm', ['install', '--prefix', 'named', ...quiet, wanted]);
  expect(installed).toMatchObject({ code: 0 });
  expect(here.registry.asked).toContain(byName);
  const regaudit = join(here.folder, 'named/node_modules/.bin/regaudit');
  const version = await here.run(regaudit, ['--version']);
  expect(version).toMatchObject({ code: 0, output: `${manifest.version}\n` });
  const report = join(here.folder, 'demo.json');
  const demo = await here.run(regaudit, ['demo', '--format', 'json', '--output', report]);
  expect(demo).toMatchObject({ code: 0 });
  const { summary } = JSON.parse(readFileSync(report, 'utf8'));
  expect(summary.fail).toBeGreaterThan(0);
  expect(summary.pass).toBeGreaterThan(0);
});

/** What the examples that install a tarball do, line by line. */
const steps = [
  'npm pack --silent "$REGAUDIT_TARBALL"',
  `echo "$REGAUDIT_SHA256  ${packed}" | sha256sum --check --strict`,
  `npm install --global --no-audit --no-fund --ignore-scripts ./${packed}`,
];

test.each(['gitlab-ci.yml', 'azure-pipelines.yml', 'Jenkinsfile'])(
  'the example %s does these steps',
  (name) => {
    const text = readFileSync(join(checkout, 'docs/examples', name), 'utf8');
    const lines = text.split('\n').map((line) => line.replace(/^[\s-]+/, ''));
    const from = lines.indexOf(String(steps[0]));
    expect(lines.slice(from, from + steps.length)).toEqual(steps);
    expect(text).toContain(`/releases/download/v${manifest.version}/${packed}`);
  },
);

function install(sha256: string) {
  const script = [...steps, 'regaudit --version'].join('\n');
  const prefix = join(here.folder, 'global');
  const environment = {
    REGAUDIT_TARBALL: here.registry.tarball,
    REGAUDIT_SHA256: sha256,
    npm_config_prefix: prefix,
    PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`,
  };
  return here.run('bash', ['--noprofile', '--norc', '-ec', script], environment);
}

test('they stop at another checksum', async () => {
  const { code, output } = await install('0'.repeat(64));
  expect(output).toContain(`${packed}: FAILED`);
  expect(output).not.toContain('added');
  expect(code).toBe(1);
});

test('they install the tarball at an address, and ask nobody for a name', async () => {
  const before = here.registry.asked.length;
  const { code, stdout } = await install(here.registry.sha256);
  expect(stdout).toContain(`${packed}: OK\n`);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(manifest.version);
  expect(code).toBe(0);
  expect(new Set(here.registry.asked.slice(before))).toEqual(new Set([`/regaudit/-/${packed}`]));
});
