import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readReport } from '../../src/findings/report-reader.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { begin, end, lock, registry, repository, snapshotOf } from './sample.ts';

const rich = fileURLToPath(new URL('../../fixtures/reports/rich.json', import.meta.url));
const cwd = emptyFolder();
const command = "aws ecr put-image-tag-mutability --repository-name 'team/app'";

beforeAll(async () => {
  const snapshot = await snapshotOf([
    begin(),
    repository('team/app', { tagLock: lock('none') }),
    end(1),
  ]);
  writeFileSync(join(cwd, 'good.jsonl'), snapshot);
  const { code } = await runCli(
    ['scan', '--from', 'good.jsonl', '-f', 'json', '-o', 'report.json'],
    { cwd },
  );
  expect(code).toBe(1);
});

const finding = () =>
  JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).findings.find(
    ({ check }: { check: string }) => check === 'tags-immutable',
  );

describe('fix', () => {
  test.each(['good.jsonl', 'report.json'])('prints the same commands for %s', async (file) => {
    const args = ['fix', '--from', file, '--check', 'tags-immutable'];
    const { code, stdout, stderr } = await runCli(args, { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^#!\/bin\/sh\n# Fixes for the findings of regaudit/);
    expect(stdout).toContain(`\n${command}`);
    expect(stderr).toMatch(/severity high or above/);
  });

  test('takes the report of all checks down to those that are asked for', async () => {
    const all = await runCli(['fix', '--from', rich], { cwd });
    expect(all.stdout).toContain(' push-scan-on (');
    const few = await runCli(['fix', '--from', rich, '--skip-check', 'push-*'], { cwd });
    expect(few.stdout).not.toContain(' push-scan-on (');
    expect(few.stdout).toContain(' tags-immutable (');
  });

  test('takes commands from its own catalogue, whatever a report says they are', async () => {
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
    for (const check of report.checks) {
      check.fix = { ecr: { command: 'touch owned', terraform: 'owned', instead: 'run owned' } };
    }
    report.checks.push({ ...report.checks[0], id: 'made-up' });
    report.findings.push({ ...report.findings[0], check: 'made-up' });
    writeFileSync(join(cwd, 'tampered.json'), JSON.stringify(report));
    for (const as of ['cli', 'terraform']) {
      const { code, stdout } = await runCli(['fix', '--from', 'tampered.json', '--as', as], {
        cwd,
      });
      expect(code).toBe(0);
      expect(stdout).toContain('tags-immutable');
      expect(stdout).not.toContain('owned');
    }
    const { fingerprint } = finding();
    const told = await runCli(['explain', fingerprint, '--from', 'tampered.json'], { cwd });
    expect(told.stdout).toContain(command);
    expect(told.stdout).not.toContain('owned');
  });

  test('prints Terraform, and into a file', async () => {
    const args = ['fix', '--from', 'report.json', '--as', 'terraform', '-o', 'fix.tf'];
    expect(await runCli(args, { cwd })).toMatchObject({ code: 0, stdout: '' });
    const text = readFileSync(join(cwd, 'fix.tf'), 'utf8');
    expect(text).toContain('# aws_ecr_repository: image_tag_mutability = "IMMUTABLE"');
    expect(text).toMatch(/^(?:#.*)?(?:\n(?:#.*)?)*$/);
  });

  test.each([
    ['two sources', ['--from', 'report.json', 'ecr'], /no TARGET can be given/],
    ['another form', ['--from', 'report.json', '--as', 'pulumi'], /none of cli, terraform/],
    [
      'a check that did not run',
      ['--from', 'report.json', '--check', 'no'],
      /there is no check "no"/,
    ],
    ['a file that is not there', ['--from', 'nowhere.json'], /nowhere\.json cannot be read/],
    [
      'a foreign file',
      ['--from', 'foreign.json'],
      /foreign\.json is neither a regaudit snapshot nor a JSON report/,
    ],
    [
      'a report of another version',
      ['--from', 'old.json'],
      /report version 1\.0, which this version of regaudit cannot read/,
    ],
    ['a report changed by hand', ['--from', 'changed.json'], /the report is not valid: .*verdict/],
    ['half a report', ['--from', 'half.json'], /half\.json is not valid JSON/],
  ])('refuses %s', async (_, args, says) => {
    const text = readFileSync(join(cwd, 'report.json'), 'utf8');
    writeFileSync(join(cwd, 'foreign.json'), '{"a": 1}');
    writeFileSync(
      join(cwd, 'old.json'),
      text.replace(/"schemaVersion": "[^"]+"/, '"schemaVersion": "1.0"'),
    );
    writeFileSync(join(cwd, 'changed.json'), text.replace('"verdict":"fail"', '"verdict":"fine"'));
    writeFileSync(join(cwd, 'half.json'), text.slice(0, text.length / 2));
    const { code, stdout, stderr } = await runCli(['fix', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

test('a report too large for the memory is refused before it is read to its end', async () => {
  const piece = new Uint8Array(1024 * 1024);
  let read = 0;
  async function* endless() {
    for (; read < 1000; read += 1) yield piece;
  }
  await expect(readReport('large.json', endless())).rejects.toThrow('larger than 400 MiB');
  expect(read).toBe(400);
});

describe('explain a finding', () => {
  test('shows evidence, fix and controls, also for the beginning of a fingerprint', async () => {
    const { fingerprint } = finding();
    const short = await runCli(['explain', fingerprint.slice(0, 10), '--from', 'report.json'], {
      cwd,
    });
    expect(short).toMatchObject({ code: 0, stderr: '' });
    expect(short.stdout).toContain(
      `tags-immutable, high: fail\n\n  ${registry}/team/app: every tag is mutable`,
    );
    for (const text of [
      'DescribeRepositories (imageTagMutability)',
      '"mode": "none"',
      command,
      'Fix: undo',
      'Fix: references\n  https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
      'NIST SP 800-190',
      fingerprint,
    ]) {
      expect(short.stdout).toContain(text);
    }
  });

  test('shows what an unknown lacks', async () => {
    const { findings } = JSON.parse(readFileSync(rich, 'utf8'));
    const { fingerprint } = findings.find(
      ({ blocked: [one] }: { blocked: { why: string }[] }) => one?.why === 'throttled',
    );
    const { stdout } = await runCli(['explain', fingerprint, '--from', rich], { cwd });
    expect(stdout).toContain(
      'Unknown     pushScan: batchGetRepositoryScanningConfiguration throttled',
    );
    expect(stdout).not.toContain('Fix:');
  });

  test('prints names that attack a terminal as text', async () => {
    const { findings } = JSON.parse(readFileSync(rich, 'utf8'));
    const { fingerprint } = findings.find(({ subject }: { subject: string }) =>
      subject.includes('\u001b'),
    );
    const { stdout } = await runCli(['explain', fingerprint, '--from', rich], { cwd });
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(stdout).not.toMatch(/##vso\[|^\s*::/m);
  });

  test.each([
    ['a fingerprint without a report', ['explain', '0123456789abcdef'], /name the report: --from/],
    ['too few digits', ['explain', '0123', '--from', 'report.json'], /nor its first eight digits/],
    [
      'no such finding',
      ['explain', '01234567', '--from', 'report.json'],
      /no finding of the report/,
    ],
  ])('refuses %s', async (_, args, says) => {
    const { code, stderr } = await runCli(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
  });
});

test('explain --open gives the page to a program as one argument, and no shell sees it', async () => {
  const log = join(cwd, 'opened');
  const browser = join(cwd, 'browser');
  writeFileSync(
    browser,
    `#!/bin/sh\nprintf '%s\\n' "$#" "$1" >'${log}.part'\nmv '${log}.part' '${log}'\n`,
  );
  chmodSync(browser, 0o755);
  const { code, stdout } = await runCli(['explain', 'tags-immutable', '--open'], {
    cwd,
    env: { BROWSER: browser },
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^file:\/\/.*\/docs\/checks\/tags-immutable\.md\n$/);
  await expect.poll(() => readFileSync(log, 'utf8')).toBe(`1\n${stdout}`);
  expect(readFileSync(fileURLToPath(stdout.trim()), 'utf8')).toContain('# tags-immutable');
});

test('explain --open prints the address where nothing can open it', async () => {
  const { code, stdout, stderr } = await runCli(['explain', 'tags-immutable', '--open'], {
    env: { BROWSER: '/nowhere/browser' },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'no browser could be started\n' });
  expect(stdout).toContain('tags-immutable.md');
});
