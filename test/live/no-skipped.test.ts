import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { checkout } from './install.ts';

const folder = mkdtempSync(join(tmpdir(), 'regaudit-skipped-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reporters = pathToFileURL(join(checkout, 'test/support/reporters.ts')).href;
writeFileSync(
  join(folder, 'vitest.config.mjs'),
  `import { reporters } from ${JSON.stringify(reporters)};
   export default { test: { globals: true, reporters: reporters('none') } };`,
);

/** Runs Vitest over one file, with the reporters of this project. Out: its exit code and what it said. */
function run(text: string, ...args: readonly string[]): Promise<readonly [number | null, string]> {
  writeFileSync(join(folder, 'a.test.js'), text);
  const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
  const all = [vitest, 'run', '--root', folder, ...args];
  const { TEST_RESULTS: _, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, all, { env }, (__, stdout, stderr) =>
      resolve([child.exitCode, `${stdout}${stderr}`]),
    );
  });
}

const passing = "test('runs', () => expect(1).toBe(1));\n";

test('a run in which every test runs passes', async () => {
  expect(await run(passing)).toEqual([0, expect.stringContaining('1 passed')]);
});

test.each([
  "test.skip('left out', () => expect(1).toBe(1));",
  "test.todo('left out');",
  "describe.skip('all', () => { test('left out', () => expect(1).toBe(1)); });",
  "test('left out', ({ skip }) => skip());",
])('a run with %s fails and names it', async (skipping) => {
  const [code, output] = await run(passing + skipping);
  expect(output).toMatch(/skipped, which counts as failed:\na\.test\.js: (?:all > )?left out/);
  expect(code).toBe(1);
});

test('what a name on the command line leaves out is not meant', async () => {
  const [code] = await run(`${passing}test('other', () => expect(1).toBe(1));`, '-t', 'runs');
  expect(code).toBe(0);
});
