import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { differenceSchema } from '../../src/model/difference-schema.ts';
import type { AnyFact } from '../../src/model/fact.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { begin, end, lock, repository, snapshotOf } from './sample.ts';

const validate = new Ajv({ allowUnionTypes: true, discriminator: true }).compile(differenceSchema);
const folder = emptyFolder();
const only = ['--check', 'tags-immutable'];

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function snapshot(locks: Readonly<Record<string, 'none' | 'all'>>, known?: number) {
  const names = Object.entries(locks);
  return snapshotOf([
    begin(),
    ...names.map(([name, mode]) => repository(name, { tagLock: lock(mode) })),
    end(known ?? names.length),
  ]);
}

const old = file(
  'old.jsonl',
  await snapshot({ 'team/a': 'none', 'team/b': 'all', 'team/c': 'none' }),
);
const now = file('now.jsonl', await snapshot({ 'team/a': 'all', 'team/b': 'none' }));

async function changesOf(
  ...args: readonly string[]
): Promise<{ code: number | null; told: string[] }> {
  const { code, stdout, stderr } = await runCli(['diff', ...args, ...only, '-f', 'json']);
  expect(stderr).toBe('');
  const document = JSON.parse(stdout);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document.exitCode).toBe(code);
  return {
    code,
    told: document.findings.map(
      ({ change, repository: name }: Record<string, string>) => `${change} ${name}`,
    ),
  };
}

describe('two files of any kind', () => {
  const reports = { old: join(folder, 'old.json'), now: join(folder, 'now.json') };

  beforeAll(async () => {
    await runCli(['scan', '--from', old, ...only, '-f', 'json', '-o', reports.old]);
    await runCli(['scan', '--from', now, ...only, '-f', 'json', '-o', reports.now]);
  });

  test.each([
    ['two snapshots', old, now],
    ['two reports', reports.old, reports.now],
    ['a report and a snapshot', reports.old, now],
    ['a snapshot and a report', old, reports.now],
  ])('%s', async (_, before, after) => {
    expect(await changesOf(before, after)).toEqual({
      code: 1,
      told: ['new team/b', 'gone team/c', 'fixed team/a'],
    });
  });

  test('the same file against itself', async () => {
    expect(await changesOf(old, reports.old)).toEqual({ code: 0, told: [] });
  });

  test('one of them from a pipe', async () => {
    const text = await snapshot({ 'team/a': 'all' });
    const result = await runCli(['diff', reports.old, '-', ...only], { stdin: text });
    expect(result).toMatchObject({ code: 0, stderr: '', left: [] });
    expect(result.stdout).toContain('REPOSITORIES THAT VANISHED  2');
  });
});

test('a list that is not whole makes failures unknown, not fixed, and exits with 3', async () => {
  const cut = file(
    'cut.jsonl',
    await snapshotOf([
      begin(),
      repository('team/b', { tagLock: lock('all') }),
      {
        kind: 'end',
        registry: 'ecr://123456789012/eu-west-1',
        listing: { state: 'unknown', why: 'denied', from: { operation: 'DescribeRepositories' } },
        calls: 1,
      },
    ]),
  );
  const { code, told } = await changesOf(old, cut);
  expect(code).toBe(3);
  expect(told).toEqual(['now-unknown null', 'now-unknown team/a', 'now-unknown team/c']);
});

test('--fail-on decides the code and -o where it goes', async () => {
  const output = join(folder, 'out.md');
  const args = ['diff', old, now, ...only, '--fail-on', 'critical', '-f', 'markdown', '-o', output];
  expect(await runCli(args)).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

describe('what cannot be compared is wrong usage', () => {
  const foreign = file('foreign.json', '{"findings": 1}');
  const newer = file('newer.json', '{"schemaVersion": "3.99", "findings": []}');
  const other = file('other.json', '{"schemaVersion": "1.0", "findings": []}');
  const broken = file('broken.jsonl', '{"kind":"snapshot"\n');
  const text = file('text.txt', 'hello');
  const empty = file('empty', '');

  test.each([
    ['a file that is not there', join(folder, 'absent'), /cannot be read: /],
    ['a directory', folder, /cannot be read: /],
    ['text', text, /neither a regaudit snapshot nor a JSON report/],
    ['an empty file', empty, /neither a regaudit snapshot nor a JSON report/],
    ['JSON of another kind', foreign, /nothing is not a version of a report/],
    [
      'a newer report',
      newer,
      /version 3\.99, which this version of regaudit cannot read[\s\S]*update/,
    ],
    [
      'a report of another major version',
      other,
      /version 1\.0, which this version of regaudit cannot read/,
    ],
    ['a broken snapshot', broken, /broken\.jsonl:1: /],
  ])('%s', async (_, path, message) => {
    const result = await runCli(['diff', old, path]);
    expect(result).toMatchObject({ code: 2, stdout: '', left: [] });
    expect(result.stderr).toMatch(message);
  });

  test('a report that was changed by hand', async () => {
    const path = file('changed.json', '');
    await runCli(['scan', '--from', old, ...only, '-f', 'json', '-o', path]);
    const { readFileSync } = await import('node:fs');
    file('changed.json', readFileSync(path, 'utf8').replace('"verdict":"fail"', '"verdict":"ok"'));
    const { code, stderr } = await runCli(['diff', path, old]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/changed\.json: the report is not valid: findings\.\d+\.verdict/);
  });

  test('both from standard input', async () => {
    expect(await runCli(['diff', '-', '-'])).toMatchObject({ code: 2 });
  });

  test('a format that it does not have', async () => {
    const { code, stderr } = await runCli(['diff', old, now, '-f', 'sarif']);
    expect(code).toBe(2);
    expect(stderr).toContain('"sarif" is none of table, markdown, json');
  });
});

describe('a tag that moved between two snapshots', () => {
  const digests = (latest: string, more: Readonly<Record<string, unknown>> = {}) => ({
    tagLock: lock('all'),
    tagDigests: {
      state: 'known',
      value: [
        { tag: '1.0', digest: `sha256:${'1'.repeat(64)}` },
        { tag: 'latest', digest: `sha256:${latest.repeat(64)}` },
      ],
      from: { operation: 'DescribeImages' },
      ...more,
    } as AnyFact,
  });
  const files = async (name: string, ...facts: readonly Readonly<Record<string, AnyFact>>[]) =>
    Promise.all(
      facts.map(async (one, at) =>
        file(`${name}-${at}.jsonl`, await snapshotOf([begin(), repository('app', one), end(1)])),
      ),
    );
  const tagsOf = async (name: string, ...facts: readonly Readonly<Record<string, AnyFact>>[]) => {
    const named = await files(name, ...facts);
    const { code, stdout } = await runCli(['diff', ...named, ...only, '-f', 'json']);
    const document = JSON.parse(stdout);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    return { code, tags: document.tags };
  };

  test('is told, and one that was immutable fails', async () => {
    expect(await tagsOf('moved', digests('a'), digests('b'))).toMatchObject({
      code: 1,
      tags: { compared: 2, notCompared: 0, moved: [{ kind: 'immutable', tag: 'latest' }] },
    });
  });

  test('is told of a list that is known in part', async () => {
    const missing = [{ state: 'unknown', why: 'inconclusive', from: { operation: 'x' } }];
    const part = { state: 'partial', missing };
    expect(await tagsOf('part', digests('a', part), digests('b', part))).toMatchObject({
      tags: { moved: [{ tag: 'latest' }] },
    });
  });

  test('is not told where a side has no tags, and that is counted', async () => {
    expect(await tagsOf('none', digests('a'), { tagLock: lock('all') })).toMatchObject({
      code: 0,
      tags: { compared: 0, notCompared: 1, moved: [] },
    });
  });

  test('is printed in the table', async () => {
    const named = await files('table', digests('a'), digests('b'));
    const { stdout } = await runCli(['diff', ...named, ...only]);
    expect(stdout).toContain('MOVED TAGS  1');
    expect(stdout).toContain('Exit code 1: 1 moved tag of severity high or above.');
  });

  test('is not looked for when another check is selected, or in a report', async () => {
    const [was = '', is = ''] = await files('other', digests('a'), digests('b'));
    const other = await runCli(['diff', was, is, '--check', 'replicated', '-f', 'json']);
    expect(JSON.parse(other.stdout).tags).toBe(null);
    const { stdout } = await runCli(['scan', '--from', was, ...only, '-f', 'json']);
    const stored = file('stored.json', stdout);
    const result = await runCli(['diff', stored, is, ...only, '-f', 'json']);
    expect(JSON.parse(result.stdout)).toMatchObject({ tags: null, exitCode: 0 });
  });
});
