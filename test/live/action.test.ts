import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { serveEstate } from '../../src/demo/aws/serve-estate.ts';
import { scenario } from '../support/aws/scenario.ts';

/*
 * The script of action.yml, run by bash as a runner would, against a pretended AWS. REGAUDIT_TARBALL
 * names the packed release; npm installs it with its dependencies.
 */

const action = parse(readFileSync('action.yml', 'utf8'));
const [scan, upload, end] = action.runs.steps;
const tarball = process.env['REGAUDIT_TARBALL'] ?? '';
const here = tarball !== '' && existsSync(tarball);

test('the release it installs is this one', () => {
  expect(action.inputs.package.default).toBe(`regaudit@${manifest.version}`);
});

test('what is uploaded is uploaded whatever the scan said, and its code comes last', () => {
  expect(upload.if).not.toMatch(/exit-code|success\(\)/);
  expect(end.run).toBe('exit "$EXIT_CODE"');
  expect(scan.run).not.toContain('${{');
});

test('CI has a packed release for it', () => {
  expect(here || process.env['CI'] !== 'true').toBe(true);
});

describe.skipIf(!here)('the scan step', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-action-'));
  let served: Awaited<ReturnType<typeof serveEstate>>;
  beforeAll(async () => {
    served = await serveEstate(await scenario('all-bad'));
  });
  afterAll(async () => {
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('writes outputs and the summary and leaves the gate to the last step', async () => {
    const output = join(folder, 'output');
    const summary = join(folder, 'summary');
    for (const file of [output, summary]) writeFileSync(file, '');
    const env = {
      ...process.env,
      ...served.environment,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      TARGETS: 'ecr\n',
      CONFIG: '',
      FAIL_ON: 'critical',
      ARGS: '--skip-check\ntokens-in-use\n',
      SUMMARY: 'true',
      PACKAGE: tarball,
    };
    const code = await new Promise<number>((resolve) => {
      const child = execFile('bash', ['-e', '-c', scan.run], { env, cwd: folder });
      child.once('exit', (status) => resolve(status ?? -1));
    });
    expect(code).toBe(0);
    const lines = readFileSync(output, 'utf8').trim().split('\n');
    const outputs = Object.fromEntries(lines.map((line) => line.split('=')));
    expect(outputs['exit-code']).toBe('1');
    expect(Number(outputs['fail'])).toBeGreaterThan(10);
    const sarif = JSON.parse(readFileSync(join(outputs['sarif'], 'regaudit.sarif'), 'utf8'));
    expect(sarif.runs.length).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(outputs['json'], 'utf8')).exitCode).toBe(1);
    expect(readFileSync(summary, 'utf8')).toMatch(/anonymous-pull-off/);
  }, 240_000);
});
