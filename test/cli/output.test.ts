import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { binary, runProcess } from '../support/run-process.ts';
import { begin, end, lock, repository, snapshotOf, twoRepositories } from './sample.ts';

const folder = emptyFolder();
const big = join(folder, 'big.jsonl');
const small = join(folder, 'small.jsonl');
const many = 4_000;

beforeAll(async () => {
  const repositories = Array.from({ length: many }, (_, index) =>
    repository(`team-${index % 7}/app-${index}`, { tagLock: lock(index % 2 ? 'all' : 'none') }),
  );
  writeFileSync(big, await snapshotOf([begin(), ...repositories, end(many)]));
  writeFileSync(small, await snapshotOf(twoRepositories));
});

const scanBig = ['scan', '--from', big, '--check', 'tags-immutable', '-f', 'json'];
const scanSmall = ['scan', '--from', small, '--check', 'tags-immutable'];

describe('standard output', () => {
  test('a big report comes through a pipe whole', async () => {
    const { code, stdout } = await runProcess(scanBig);
    expect(stdout.length).toBeGreaterThan(1_000_000);
    const report = JSON.parse(stdout);
    expect(report.findings).toHaveLength(many);
    expect(report).toMatchObject({ exitCode: 1, summary: { pass: many / 2, fail: many / 2 } });
    expect(code).toBe(1);
  });

  test('a reader that goes away ends it quietly, and the exit code still tells', async () => {
    const script = `"$0" "$1" "\${@:2}" | head -c 10; code="\${PIPESTATUS[0]}"; echo; echo "$code"`;
    const { stdout, stderr } = await promisify(execFile)('bash', [
      '-c',
      script,
      process.execPath,
      binary,
      ...scanBig,
    ]);
    expect(stdout).toBe('{\n  "schem\n1\n');
    expect(stderr).toBe('exit code 1: 2000 findings of severity high or above\n');
  });

  test('a full disk is said, not passed over', async () => {
    const script = `"$0" "$1" "\${@:2}" > /dev/full`;
    const failure = await promisify(execFile)('bash', [
      '-c',
      script,
      process.execPath,
      binary,
      ...scanSmall,
    ]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 2 });
    expect(failure).toHaveProperty(
      'stderr',
      expect.stringMatching(/^error: standard output cannot be written: /),
    );
  });

  test('with the clock stopped a run gives the same bytes again, and says so', async () => {
    const env = { REGAUDIT_NOW: '2026-11-02T10:00:00+01:00' };
    const once = await runCli([...scanSmall, '-f', 'json'], { env });
    const again = await runCli([...scanSmall, '-f', 'json'], { env });
    expect(again).toEqual(once);
    expect(once.stderr).toMatch(/^the clock is fixed at 2026-11-02T09:00:00\.000Z\n/);
    expect(JSON.parse(once.stdout)).toMatchObject({
      startedAt: '2026-11-02T09:00:00.000Z',
      finishedAt: '2026-11-02T09:00:00.000Z',
    });
  });

  test('results go there and nothing else does', async () => {
    const loud = await runCli([...scanSmall, '-vv']);
    const quiet = await runCli([...scanSmall, '-vv', '-q']);
    const timeless = (text: string) => text.replace(/, \d+ s\n/, '\n');
    expect(timeless(loud.stdout)).toBe(timeless(quiet.stdout));
    expect(quiet.stderr).toBe('');
  });
});

describe('report files', () => {
  test('several reports at once, private and whole', async () => {
    const cwd = emptyFolder();
    const args = [
      '-f',
      'json',
      '-o',
      'a.json',
      '--report',
      'sarif=b.sarif,table=c.txt',
      '--details',
    ];
    const { code, stdout, stderr } = await runCli([...scanSmall, ...args], { cwd });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'exit code 1: 1 finding of severity high or above\n',
    });
    expect(readdirSync(cwd)).toEqual(['a.json', 'b.sarif', 'c.txt']);
    for (const name of readdirSync(cwd)) {
      expect(statSync(join(cwd, name)).mode & 0o777, name).toBe(0o600);
    }
    expect(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')).findings).toHaveLength(2);
    expect(JSON.parse(readFileSync(join(cwd, 'b.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(cwd, 'c.txt'), 'utf8')).toContain('team/bad');
  });

  test('an earlier report is replaced, also through a link beside it', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'first.json'), 'old');
    symlinkSync('first.json', join(cwd, 'latest.json'));
    await runCli([...scanSmall, '-f', 'json', '-o', 'latest.json'], { cwd });
    expect(JSON.parse(readFileSync(join(cwd, 'first.json'), 'utf8')).tool.name).toBe('regaudit');
    expect(readdirSync(cwd)).toEqual(['first.json', 'latest.json']);
  });

  test('an earlier report is left alone when the scan fails', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'out.json'), 'old');
    writeFileSync(join(cwd, 'cut.jsonl'), readFileSync(small, 'utf8').slice(0, -50));
    const { code } = await runCli(['scan', '--from', 'cut.jsonl', '-o', 'out.json'], { cwd });
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, 'out.json'), 'utf8')).toBe('old');
    expect(readdirSync(cwd)).toEqual(['cut.jsonl', 'out.json']);
  });

  test('the snapshot may come from standard input, the report go to - for standard output', async () => {
    const { stdout } = await runCli(
      ['scan', '--from', '-', '--check', 'tags-immutable', '-f', 'json', '-o', '-'],
      { stdin: readFileSync(small, 'utf8') },
    );
    expect(JSON.parse(stdout).registries[0].repositories).toEqual({
      count: 2,
      complete: true,
      known: 2,
    });
  });
});

describe('names from strangers', () => {
  test('cannot steer the terminal or the CI', async () => {
    const hostile = 'a\u001b[31m\r\n::error::\u202eb';
    const text = await snapshotOf([
      begin(),
      repository(hostile, { tagLock: lock('none') }),
      end(1),
    ]);
    const { stdout, stderr } = await runCli(
      ['scan', '--from', '-', '--check', 'tags-immutable', '-vv'],
      { stdin: text },
    );
    expect(stdout + stderr).not.toMatch(/[\u001b\r\u202e]|^\s*::error/m);
    expect(stdout).toContain('Exit code 1');
  });
});
