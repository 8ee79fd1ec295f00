import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { binary } from '../support/run-process.ts';

const cwd = emptyFolder();
const report = readFileSync('fixtures/reports/rich.json', 'utf8');
const { fingerprint } = JSON.parse(report).findings.find(
  ({ verdict }: { verdict: string }) => verdict === 'fail',
);

beforeAll(() => {
  const files: Readonly<Record<string, string | Buffer>> = {
    'marked.json': `\uFEFF${report}`,
    'utf16.json': Buffer.from(`\uFEFF${report}`, 'utf16le'),
    'cut.json': report.slice(0, 3000),
    'snapshot.jsonl': '{"kind":"snapshot"}\n',
    'report.json': report,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
});

describe('a file that is not the one that is needed is named, with what it is', () => {
  test.each([
    ['absent.json', 'absent.json cannot be read: there is no such file'],
    ['snapshot.jsonl', 'snapshot.jsonl is a snapshot, and a JSON report is needed'],
    ['cut.json', 'cut.json is not valid JSON: the report is cut short or was edited'],
    ['utf16.json', 'utf16.json is UTF-16\nhint: save it as UTF-8'],
  ])('explain --from %s', async (file, said) => {
    const { code, stderr } = await runCli(['explain', fingerprint, '--from', file], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`error: ${said}`),
    });
  });

  test('a byte order mark, as Windows writes it, is no fault', async () => {
    const marked = await runCli(['explain', fingerprint, '--from', 'marked.json'], { cwd });
    const plain = await runCli(['explain', fingerprint, '--from', 'report.json'], { cwd });
    expect(marked).toMatchObject({ code: 0, stdout: plain.stdout });
  });

  test('a report is no baseline', async () => {
    const words = ['scan', '--from', 'snapshot.jsonl', '--baseline', 'report.json'];
    const { code, stderr } = await runCli(words, { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: report.json: this is a report, not a baseline of regaudit\nhint: --write-baseline writes one\n',
    });
  });
});

describe('one fault in the configuration is one message, with the way out', () => {
  test.each([
    ['checks: {tags-immutable: no}', 'found "no", did you mean "off"?'],
    ['checks: {tags-immutable: enabled}', 'found "enabled", did you mean "on"?'],
    ['failOn: 3', 'expected one of critical, high, medium, low, none, found 3'],
  ])('%s', async (text, said) => {
    writeFileSync(join(cwd, 'c.yaml'), `${text}\n`);
    const { code, stderr } = await runCli(['config', 'validate', 'c.yaml'], { cwd });
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/^error: c\.yaml:1:/)]);
    expect(stderr.trimEnd().endsWith(said)).toBe(true);
  });
});

test('the shell completes files and formats', async () => {
  const { stdout } = await runCli(['completion', 'bash']);
  expect(stdout).toMatch(/--ca-file\) COMPREPLY=\(\$\(compgen -f /);
  expect(stdout).toMatch(/--checks-dir\) COMPREPLY=\(\$\(compgen -f /);
  expect(stdout).toMatch(/--report\) COMPREPLY=\(\$\(compgen -W '[^']*sarif= /);
});

test('a version that could not be written is no success', async () => {
  const script = '"$0" "$1" --version > /dev/full';
  const run = promisify(execFile)('bash', ['-c', script, process.execPath, binary]);
  await expect(run).rejects.toMatchObject({ code: 2 });
});
