import { execFile } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { binary } from '../support/run-process.ts';
import { begin, end, lock, repository, snapshotOf, twoRepositories } from './sample.ts';

const certificate = readFileSync('test/support/tls/ca.test-only.pem', 'utf8');
const check = `
id: acme/named
subject: repository
severity: low
title: Tags are locked
why: They would move else
needs: [tagLock]
passes: tagLock.mode == 'all'
says: {pass: they are, fail: they are not}
`;

/** A folder with one file of each kind that a run reads. */
async function folderOfInputs(): Promise<string> {
  const cwd = emptyFolder();
  const snapshot = await snapshotOf(twoRepositories);
  const files = {
    's.jsonl': snapshot,
    'other.jsonl': snapshot,
    'c.yaml': 'extends: base.yaml\n',
    'base.yaml': 'failOn: low\n',
    'ca.pem': certificate,
    'b.json': '{"tool":"regaudit","schemaVersion":"1.0","createdAt":"","entries":[]}\n',
    'password.txt': 'hunter2\n',
    'h.yaml': 'registries: [{target: harbor://h.example, passwordFile: password.txt}]\n',
    'reports.yaml': 'reports: [{format: json, file: reports.yaml}]\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  mkdirSync(join(cwd, 'checks'));
  writeFileSync(join(cwd, 'checks/named.check.yaml'), check);
  return cwd;
}

/** All there is, by name. */
function contents(cwd: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );
}

const read = (file: string) => `error: ${file} is read by this run and would be overwritten\n`;
const scan = ['scan', '--from', 's.jsonl'];

/** Each reads `input`, and would write over it. */
const refused: Readonly<Record<string, readonly [args: readonly string[], input: string]>> = {
  'scan -o': [[...scan, '-o', 's.jsonl'], 's.jsonl'],
  'scan --report': [[...scan, '--report', 'json=s.jsonl'], 's.jsonl'],
  'scan --write-baseline': [[...scan, '--write-baseline', 's.jsonl'], 's.jsonl'],
  'the second file of --from': [
    [...scan, '--from', 'other.jsonl', '-o', 'other.jsonl'],
    'other.jsonl',
  ],
  'the configuration': [[...scan, '-c', 'c.yaml', '-o', 'c.yaml'], 'c.yaml'],
  'what it extends': [[...scan, '-c', 'c.yaml', '-o', 'base.yaml'], 'base.yaml'],
  'a report that the configuration asks for': [[...scan, '-c', 'reports.yaml'], 'reports.yaml'],
  'the baseline in use, by a report': [
    [...scan, '--baseline', 'b.json', '-f', 'json', '-o', 'b.json'],
    'b.json',
  ],
  'a custom check': [
    [...scan, '--checks-dir', 'checks', '-o', 'checks/named.check.yaml'],
    'checks/named.check.yaml',
  ],
  'the certificates': [[...scan, '--ca-file', 'ca.pem', '-o', 'ca.pem'], 'ca.pem'],
  'a file with a password': [['scan', '-c', 'h.yaml', '-o', 'password.txt'], 'password.txt'],
  'collect -o': [['collect', 'ecr', '-c', 'c.yaml', '-o', 'base.yaml'], 'base.yaml'],
  'collect -o, and certificates': [
    ['collect', 'ecr', '--ca-file', 'ca.pem', '-o', 'ca.pem'],
    'ca.pem',
  ],
  'diff, the old one': [['diff', 's.jsonl', 'other.jsonl', '-o', 's.jsonl'], 's.jsonl'],
  'diff, the new one': [['diff', 's.jsonl', 'other.jsonl', '-o', 'other.jsonl'], 'other.jsonl'],
  'compare -o': [['compare', '--from', 's.jsonl', '-o', 's.jsonl'], 's.jsonl'],
  'compare, and its configuration': [['compare', '-c', 'c.yaml', '-o', 'c.yaml'], 'c.yaml'],
  'fix -o': [['fix', '--from', 's.jsonl', '-o', 's.jsonl'], 's.jsonl'],
  'fix, and its configuration': [
    ['fix', '--from', 's.jsonl', '-c', 'c.yaml', '-o', 'base.yaml'],
    'base.yaml',
  ],
  'demo -o': [
    ['demo', '--checks-dir', 'checks', '-o', 'checks/named.check.yaml'],
    'checks/named.check.yaml',
  ],
};

describe('a file that a run reads is not written over:', () => {
  test.concurrent.each(Object.entries(refused))('%s', async (_, [args, input]) => {
    const cwd = await folderOfInputs();
    const before = contents(cwd);
    const { code, stdout, stderr } = await runCli(args, { cwd, env: { AWS_REGION: 'eu-west-1' } });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`${read(input)}hint: write to another file\n`);
    expect(contents(cwd)).toEqual(before);
  });

  test.concurrent.each([
    ['another spelling', () => './s.jsonl'],
    ['its whole path', (cwd: string) => join(cwd, 's.jsonl')],
    ['a folder and back', (cwd: string) => join(cwd, 'checks/../s.jsonl')],
    [
      'a symbolic link',
      (cwd: string) => {
        symlinkSync('s.jsonl', join(cwd, 'soft.jsonl'));
        return 'soft.jsonl';
      },
    ],
    [
      'a symbolic link in another folder',
      (cwd: string) => {
        symlinkSync('../s.jsonl', join(cwd, 'checks/soft.jsonl'));
        return 'checks/soft.jsonl';
      },
    ],
    [
      'a link to its folder',
      (cwd: string) => {
        symlinkSync('.', join(cwd, 'here'));
        return 'here/s.jsonl';
      },
    ],
    [
      'a hard link',
      (cwd: string) => {
        linkSync(join(cwd, 's.jsonl'), join(cwd, 'hard.jsonl'));
        return 'hard.jsonl';
      },
    ],
  ])('by %s', async (_, name) => {
    const cwd = await folderOfInputs();
    const output = name(cwd);
    const before = contents(cwd);
    const { code, stderr } = await runCli([...scan, '-o', output], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe(
      `${read('s.jsonl')}hint: ${output} is the same file; write to another one\n`,
    );
    expect(contents(cwd)).toEqual(before);
  });

  test('as standard input', async () => {
    const cwd = await folderOfInputs();
    const before = contents(cwd);
    const script = `"$0" "$1" scan --from - -o s.jsonl < s.jsonl`;
    const ended = promisify(execFile)('bash', ['-c', script, process.execPath, binary], { cwd });
    await expect(ended).rejects.toMatchObject({
      code: 2,
      stderr: `${read('standard input')}hint: s.jsonl is the same file; write to another one\n`,
    });
    expect(contents(cwd)).toEqual(before);
  });

  test('by a further part of a report', async () => {
    const cwd = emptyFolder();
    const readings = Array.from({ length: 21 }, (_, index): SnapshotLine[] => {
      const registry = `ecr://123456789012/eu-west-${index + 1}`;
      return [begin(), end(0)].map((reading) => ({ ...reading, registry }));
    });
    const snapshot = await snapshotOf(readings.flat());
    writeFileSync(join(cwd, 'out.2.sarif'), snapshot);
    const args = ['scan', '--from', 'out.2.sarif', '-f', 'sarif', '-o', 'out.sarif'];
    const { code, stderr } = await runCli(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(read('out.2.sarif'));
    expect(readFileSync(join(cwd, 'out.2.sarif'), 'utf8')).toBe(snapshot);
  });
});

test('two reports for one file are refused, by whatever name', async () => {
  const cwd = await folderOfInputs();
  symlinkSync('.', join(cwd, 'here'));
  const args = [...scan, '-o', 'a.json', '--report', 'sarif=here/a.json'];
  expect(await runCli(args, { cwd })).toMatchObject({
    code: 2,
    stderr: 'error: two reports would go to here/a.json\n',
  });
  const baseline = [...scan, '-o', 'a.json', '--write-baseline', 'here/a.json'];
  expect(await runCli(baseline, { cwd })).toMatchObject({
    code: 2,
    stderr: 'error: a report and the baseline would both go to here/a.json\n',
  });
  expect(readdirSync(cwd)).not.toContain('a.json');
});

describe('a baseline that is in use', () => {
  const gate = ['--check', 'tags-immutable', '--no-config'];
  const update = ['--baseline', 'base.json', '--write-baseline', 'base.json'];

  /** A folder with a baseline of one failure, team/bad. */
  async function adopted(): Promise<string> {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 's.jsonl'), await snapshotOf(twoRepositories));
    await runCli([...scan, ...gate, '--write-baseline', 'base.json'], { cwd });
    expect(held(cwd)).toEqual(['team/bad']);
    return cwd;
  }

  const held = (cwd: string) =>
    JSON.parse(readFileSync(join(cwd, 'base.json'), 'utf8')).entries.map(
      ({ repository: name }: { repository: string }) => name,
    );

  test('is replaced, and what was added and dropped is counted', async () => {
    const cwd = await adopted();
    const now = [
      begin(),
      repository('team/bad', { tagLock: lock('all') }),
      repository('team/new', { tagLock: lock('none') }),
      repository('team/newer', { tagLock: lock('none') }),
      end(3),
    ];
    writeFileSync(join(cwd, 's.jsonl'), await snapshotOf(now));
    const { stderr } = await runCli([...scan, ...gate, ...update], { cwd });
    expect(stderr).toContain('base.json holds 2 failures: 2 added, 1 dropped\n');
    expect(held(cwd)).toEqual(['team/new', 'team/newer']);
    expect(readdirSync(cwd)).toEqual(['base.json', 's.jsonl']);
  });

  test('may be named by a link', async () => {
    const cwd = await adopted();
    symlinkSync('base.json', join(cwd, 'link.json'));
    const args = ['--baseline', 'base.json', '--write-baseline', 'link.json'];
    const { code, stderr } = await runCli([...scan, ...gate, ...args], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('link.json holds one failure: 0 added, 0 dropped\n');
    expect(held(cwd)).toEqual(['team/bad']);
  });

  test('is left as it is when a list could not be read whole', async () => {
    const cwd = await adopted();
    const from = { operation: 'DescribeRepositories' };
    const listing = { state: 'unknown', why: 'throttled', from } as const;
    const cut = [begin(), { ...end(0), kind: 'end', listing }] as readonly SnapshotLine[];
    writeFileSync(join(cwd, 's.jsonl'), await snapshotOf(cut));
    const before = readFileSync(join(cwd, 'base.json'), 'utf8');
    const { code, stderr } = await runCli([...scan, ...gate, ...update], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('error: base.json is not written, because a registry is incomplete\n');
    expect(readFileSync(join(cwd, 'base.json'), 'utf8')).toBe(before);
    expect(readdirSync(cwd)).toEqual(['base.json', 's.jsonl']);
  });

  test('is left as it is when the scan is cut', async () => {
    const cwd = await adopted();
    const open = (await snapshotOf(twoRepositories)).split('\n').slice(0, 4).join('\n');
    const before = readFileSync(join(cwd, 'base.json'), 'utf8');
    const args = ['scan', '--from', '-', '--timeout', '1', ...gate, ...update];
    const { stderr } = await runCli(args, { cwd, stdin: { open: `${open}\n` } });
    expect(stderr).toContain('error: base.json is not written, because the scan did not finish\n');
    expect(readFileSync(join(cwd, 'base.json'), 'utf8')).toBe(before);
  });
});
