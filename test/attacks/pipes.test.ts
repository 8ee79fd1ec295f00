import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { begin, end, lock, repository, snapshotOf } from '../cli/sample.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { runProcess } from '../support/run-process.ts';

/* A pipe that nobody writes to, or that does not end, keeps nobody waiting for longer than was said. */

function pipe(name = 'pipe') {
  const cwd = emptyFolder();
  const path = join(cwd, name);
  execFileSync('mkfifo', [path]);
  return { cwd, path };
}

const snapshot = () => snapshotOf([begin(), repository('app', { tagLock: lock('all') }), end(1)]);
const check = ['--check', 'tags-immutable'];

// Windows has no pipes with a name in a folder.
const posix = process.platform === 'win32' ? [] : ['mkfifo'];

describe.each(posix)('%s: a pipe', () => {
  test.each([
    ['configuration', ['scan', 'ecr', '-c', 'pipe', '--timeout', '1'], 2],
    ['baseline', ['scan', '--from', 'good.jsonl', '--baseline', 'pipe', '--timeout', '1'], 2],
    ['snapshot', ['scan', '--from', 'pipe', '--timeout', '1', ...check], 3],
    ['certificate', ['scan', 'ecr', '--ca-file', 'pipe'], 2],
    ['folder of checks', ['scan', '--from', 'good.jsonl', '--checks-dir', 'checks'], 2],
  ])('as a %s that nobody writes to is not waited for', async (_, args, code) => {
    const { cwd } = pipe();
    mkdirSync(join(cwd, 'checks'));
    execFileSync('mkfifo', [join(cwd, 'checks', 'x.check.yaml')]);
    writeFileSync(join(cwd, 'good.jsonl'), await snapshot());
    const ended = await runProcess(args, { cwd });
    expect(ended).toMatchObject({ code });
  });

  test('that is written to late, and in pieces, is read to its end', async () => {
    const { cwd, path } = pipe();
    const text = await snapshot();
    const reading = runCli(['scan', '--from', 'pipe', ...check], { cwd });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const writer = createWriteStream(path);
    writer.write(text.slice(0, 50));
    await new Promise((resolve) => setTimeout(resolve, 30));
    writer.end(text.slice(50));
    expect(await reading).toMatchObject({ code: 0 });
  });

  test('that stops half-way leaves an incomplete report', async () => {
    const { cwd, path } = pipe();
    const text = await snapshot();
    const reading = runProcess(['scan', '--from', 'pipe', '--timeout', '1', ...check], { cwd });
    const writer = createWriteStream(path);
    writer.on('error', () => undefined);
    writer.write(text.slice(0, text.indexOf('"kind":"end"')));
    const { code, stdout } = await reading;
    writer.destroy();
    expect(code).toBe(3);
    expect(stdout).toContain('Exit code 3: the time limit was reached');
  });

  test('does not keep a signal from being heard', async () => {
    const { cwd } = pipe();
    const ended = await runProcess(['scan', '--from', 'pipe', '-vv', ...check], {
      cwd,
      signal: { name: 'SIGTERM', once: 'reading' },
    });
    expect(ended.code).toBe(143);
  });

  test('that an extended configuration names is no file', async () => {
    const { cwd } = pipe('base.yaml');
    writeFileSync(join(cwd, 'regaudit.yaml'), 'extends: ./base.yaml\n');
    for (const args of [['scan'], ['scan', '-c', 'regaudit.yaml']]) {
      const { code, stderr } = await runCli(args, { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('base.yaml is neither a file nor a folder');
    }
  });

  test('holds a password, as process substitution has it', async () => {
    const { path } = pipe();
    const { secretFrom } = await import('../../src/http/credential-source.ts');
    const { reveal } = await import('../../src/http/secret.ts');
    const reading = secretFrom({ HARBOR_PASSWORD_FILE: path }, 'HARBOR_PASSWORD');
    createWriteStream(path).end('hunter2\n');
    const found = await reading;
    expect(found === null ? null : reveal(found)).toBe('hunter2');
  });
});
