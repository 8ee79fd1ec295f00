import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { registry, snapshotOf, twoRepositories } from './sample.ts';

const cwd = emptyFolder();
const other = 'ecr://123456789012/us-east-1';

/** The same readings of another registry. */
function of(name: string): readonly SnapshotLine[] {
  return twoRepositories.map((reading) => ({ ...reading, registry: name }));
}

beforeAll(async () => {
  const files = {
    'a.jsonl': await snapshotOf(of(registry)),
    'b,1.jsonl': await snapshotOf(of(other)),
    'both.jsonl': await snapshotOf([...of(registry), ...of(other)]),
    'cut.jsonl': (await snapshotOf(of(other))).slice(0, -60),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const args = ['scan', '--from', 'a.jsonl', '-f', 'json', '-o', 'report.json'];
  expect((await runCli(args, { cwd })).code).toBe(1);
});

const only = ['--check', 'tags-immutable'];
const json = async (args: readonly string[], stdin?: string) => {
  const options = { cwd, ...(stdin === undefined ? {} : { stdin }) };
  const { code, stdout } = await runCli([...args, ...only, '-f', 'json'], options);
  const { startedAt, finishedAt, ...report } = JSON.parse(stdout);
  return { code, report };
};

describe('several snapshots', () => {
  test('are judged as one that holds all of them, in whatever order they are named', async () => {
    const whole = await json(['scan', '--from', 'both.jsonl']);
    const [ab, ba, piped] = await Promise.all([
      json(['scan', '--from', 'a.jsonl', '--from', 'b,1.jsonl']),
      json(['scan', '--from', 'b,1.jsonl', '--from', 'a.jsonl']),
      snapshotOf(of(other)).then((text) =>
        json(['scan', '--from', 'a.jsonl', '--from', '-'], text),
      ),
    ]);
    expect(whole.report.registries.map(({ id }: { id: string }) => id)).toEqual([registry, other]);
    expect(whole.report.summary).toMatchObject({ pass: 2, fail: 2 });
    expect([ab, ba, piped]).toEqual([whole, whole, whole]);
  });

  test('are compared together', async () => {
    const args = ['compare', '--from', 'a.jsonl', '--from', 'b,1.jsonl'];
    const { report } = await json(args);
    expect(report.switchedOn).toMatchObject({ registries: [{ id: registry }, { id: other }] });
  });

  test('are put right together', async () => {
    const args = ['fix', '--from', 'b,1.jsonl', '--from', 'a.jsonl', ...only];
    const { code, stdout } = await runCli(args, { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('us-east-1');
    expect(stdout).toContain('eu-west-1');
  });
});

describe('refused with exit code 2 and nothing reported', () => {
  test.each([
    [
      'a registry that is in both',
      ['scan', '--from', 'a.jsonl', '--from', 'both.jsonl'],
      `error: ${registry} is in both a.jsonl and both.jsonl\nhint: omit one of them: two snapshots of one registry cannot be joined\n`,
    ],
    [
      'a file that is named twice',
      ['compare', '--from', 'a.jsonl', '--from', './a.jsonl'],
      `error: ${registry} is in both a.jsonl and ./a.jsonl\nhint: omit one of them: two snapshots of one registry cannot be joined\n`,
    ],
    [
      'a second file that was cut short',
      ['scan', '--from', 'a.jsonl', '--from', 'cut.jsonl'],
      'error: cut.jsonl:7: the file is damaged or was cut short here\n',
    ],
    [
      'standard input, twice',
      ['scan', '--from', '-', '--from', '-'],
      'error: only one file can be read from standard input\n',
    ],
    [
      'a report before a snapshot',
      ['fix', '--from', 'report.json', '--from', 'a.jsonl'],
      'error: report.json is no snapshot, and only snapshots can be joined\n',
    ],
    [
      'a report after a snapshot',
      ['compare', '--from', 'b,1.jsonl', '--from', 'report.json'],
      'error: report.json:1: this is not a regaudit snapshot\n',
    ],
    [
      'two reports for one finding',
      ['explain', '0123456789', '--from', 'report.json', '--from', 'report.json'],
      'error: a finding is explained from one report, and --from names two\n',
    ],
  ])('%s', async (_, args, stderr) => {
    expect(await runCli(args, { cwd })).toMatchObject({ code: 2, stdout: '', stderr });
  });
});
