import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { emptyFolder, runCli, worldOf } from '../support/run-cli.ts';

/** The variables that a POSIX shell would have after reading the file. */
function variablesIn(file: string): Record<string, string> {
  const exports = readFileSync(file, 'utf8').matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries([...exports].map(([, name = '', value = '']) => [name, value]));
}

test('demo --serve lets every command be tried without an account, and leaves nothing behind', async () => {
  const cwd = emptyFolder();
  const { signals, ended, stderr } = await started(cwd);
  expect(stderr()).toContain('regaudit scan -c regaudit-demo.yaml');
  const [config, variables] = ['regaudit-demo.yaml', 'regaudit-demo.env'].map((name) =>
    join(cwd, name),
  );
  const env = variablesIn(variables ?? '');
  const target = 'harbor://harbor.example.org';
  const scan = ['scan', target, '-c', 'regaudit-demo.yaml'];
  const first = await runCli([...scan, '--write-baseline', 'b.json', '-f', 'json'], { cwd, env });
  expect(JSON.parse(first.stdout)).toMatchObject({ exitCode: 1, registries: [{ id: target }] });
  const second = await runCli([...scan, '--baseline', 'b.json', '-f', 'json'], { cwd, env });
  expect(JSON.parse(second.stdout).summary.baselined).toBeGreaterThan(10);
  signals.emit('SIGINT');
  expect(await ended).toBe(130);
  expect([config, variables].filter((file) => existsSync(file ?? ''))).toEqual([]);
});

async function started(cwd: string) {
  const { host, stderr } = worldOf(['demo', '--serve'], { cwd });
  const signals = new EventEmitter();
  const ended = run({ ...host, signals });
  for (let waits = 0; waits < 600 && !stderr().includes('Ctrl-C'); waits += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(stderr()).toContain('Ctrl-C');
  return { signals, ended, stderr };
}

test.skipIf(process.platform === 'win32')(
  'its files are for their owner alone, also where an older one was for everybody, and a hangup removes them',
  async () => {
    const cwd = emptyFolder();
    const files = ['regaudit-demo.yaml', 'regaudit-demo.env'].map((name) => join(cwd, name));
    for (const file of files)
      writeFileSync(file, '# Written by regaudit demo --serve; removed when it ends.\n', {
        mode: 0o666,
      });
    const { signals, ended } = await started(cwd);
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    signals.emit('SIGHUP');
    expect(await ended).toBe(129);
    expect(readdirSync(cwd)).toEqual([]);
  },
);

test('a file of the same name that it did not write is left as it is', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'regaudit-demo.yaml'), 'failOn: low\n');
  const { code, stderr } = await runCli(['demo', '--serve'], { cwd });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'error: regaudit-demo.yaml is there already and was left as it is\n',
  });
});
