import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { runProcess } from '../support/run-process.ts';
import { snapshotOf, twoRepositories } from './sample.ts';

/** Emits what a library would, once nothing else is left to do. */
function noisyLibrary(cwd: string): Record<string, string> {
  const file = join(cwd, 'library.cjs');
  writeFileSync(file, "process.once('beforeExit', () => process.emitWarning('of a library'));\n");
  return { NODE_OPTIONS: `--require ${JSON.stringify(file)}` };
}

test('a warning of a library is not shown, except with --debug', async () => {
  const cwd = emptyFolder();
  const env = noisyLibrary(cwd);
  expect((await runProcess(['version'], { cwd, env })).stderr).toBe('');
  expect((await runProcess(['version', '--debug'], { cwd, env })).stderr).toContain('of a library');
});

test('any number of reports is written without a word on standard error about listeners', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 's.jsonl'), await snapshotOf(twoRepositories));
  const files = Array.from({ length: 15 }, (_, at) => ['--report', `json=${at}.json`]).flat();
  const { code, stderr } = await runProcess(['scan', '--from', 's.jsonl', '-q', ...files], { cwd });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('of a flag that is given twice the last counts', async () => {
  const { stdout } = await runCli(['list', 'providers', '-f', 'table', '-f', 'json']);
  expect(JSON.parse(stdout).length).toBeGreaterThan(5);
});
