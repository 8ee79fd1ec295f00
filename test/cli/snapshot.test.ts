import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { chunksOf } from '../../src/files/chunks.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import type { Believe } from '../../src/snapshot/fact-reader.ts';
import { readSnapshot } from '../../src/snapshot/reader.ts';
import { snapshotVersion } from '../../src/snapshot/schema.ts';
import { emptyFolder } from '../support/run-cli.ts';
import { begin, end, lock, registry, repository, snapshotOf, twoRepositories } from './sample.ts';

const asIs: Believe = (fact) => fact;

async function readBack(text: string | Uint8Array, believe = asIs): Promise<SnapshotLine[]> {
  const readings: SnapshotLine[] = [];
  const chunks = Readable.from([Buffer.from(text)]);
  for await (const reading of readSnapshot('FILE', chunks, believe)) readings.push(reading);
  return readings;
}

async function refusal(text: string | Uint8Array): Promise<string> {
  const error = await readBack(text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

const whole = await snapshotOf(twoRepositories);
const lines = whole.trimEnd().split('\n');

/** The sample with one line replaced. */
function changed(number: number, change: (line: string) => string): string {
  return `${lines.map((line, index) => (index === number - 1 ? change(line) : line)).join('\n')}\n`;
}

describe('what was written is read back', () => {
  test('the sample', async () => {
    expect(await readBack(whole)).toEqual(twoRepositories);
  });

  test('facts of every state, shared and not, and names with anything in them', async () => {
    const odd = 'weird\n"\u202e\u0000é/😀';
    const denied = {
      state: 'unknown',
      why: 'denied',
      from: {
        operation: 'GetRepositoryPolicy',
        permission: 'ecr:GetRepositoryPolicy',
        detail: odd,
      },
    } as const;
    const readings: readonly SnapshotLine[] = [
      {
        ...begin({
          anonymousPush: {
            state: 'known',
            value: { mode: 'refused' },
            from: { operation: 'platform' },
          },
        }),
        repositoryDefaults: { scanGate: { state: 'unsupported', note: 'it has none' } },
      } as SnapshotLine,
      repository(odd, { tagLock: lock('none'), pushers: denied }),
      repository('b', { tagLock: lock('none'), pushers: denied }),
      end(2),
    ];
    expect(await readBack(await snapshotOf(readings))).toEqual(readings);
  });

  test('more different facts than are shared', async () => {
    const many = Array.from({ length: 1500 }, (_, index) =>
      repository(`r${index}`, {
        tagLock: {
          state: 'known',
          value: { mode: 'only', patterns: [`v${index % 1200}`] },
          from: { operation: 'DescribeRepositories' },
        },
      }),
    );
    const readings = [begin(), ...many, end(many.length)];
    const text = await snapshotOf(readings);
    expect(text.split('\n').filter((line) => line.startsWith('{"kind":"fact"'))).toHaveLength(1000);
    expect(await readBack(text)).toEqual(readings);
  });

  test('an unreachable registry, and an interrupted one without its end', async () => {
    const unreachable = {
      state: 'unknown',
      why: 'unreachable',
      from: { operation: 'GetCallerIdentity' },
    } as const;
    const readings = [{ ...begin(), unreachable } as SnapshotLine];
    expect(await readBack(await snapshotOf(readings))).toEqual(readings);
  });

  test('equal facts stand in the file once', () => {
    const text = lines.filter((line) => line.includes('imageTagMutability'));
    expect(text).toHaveLength(2);
    expect(lines).toHaveLength(8);
  });
});

test('cut anywhere, it is refused and not read as a smaller estate', async () => {
  const bytes = Buffer.from(whole);
  // Every seventh byte meets each kind of place often enough; the very end is looked at whole.
  const step = (length: number) => (length < bytes.length - 80 ? 7 : 1);
  for (let length = 0; length < bytes.length - 1; length += step(length)) {
    const message = await refusal(bytes.subarray(0, length));
    expect(message, `after ${length} bytes`).toMatch(/^FILE(:\d+)?: /);
  }
});

const refused: Readonly<Record<string, readonly [string | Uint8Array, string]>> = {
  nothing: ['', 'FILE: the file is empty, not a regaudit snapshot'],
  'a text': ['hello\n', 'FILE:1: this is not a regaudit snapshot'],
  'other JSON': ['{"a":1}\n', 'FILE:1: this is not a regaudit snapshot'],
  'JSON that is no object': ['null\n', 'FILE:1: this is not a regaudit snapshot'],
  bytes: [new Uint8Array([0x1f, 0x8b, 8, 10]), 'FILE:1: this is not text in UTF-8'],
  'a newer version': [
    changed(1, (line) => line.replace(`"${snapshotVersion}"`, '"2.7"')),
    `FILE:1: the snapshot has version 2.7, newer than this regaudit reads (${snapshotVersion})`,
  ],
  'an older version': [
    changed(1, (line) => line.replace(`"${snapshotVersion}"`, '"1.0"')),
    'FILE:1: the snapshot has version 1.0, made by an older regaudit',
  ],
  'a version that is none': [
    changed(1, (line) => line.replace(`"${snapshotVersion}"`, '"one"')),
    'FILE:1: "one" is not a version of a snapshot',
  ],
  'a repository that stands there twice': [
    whole.replace(/^(.*"team\/bad".*)$/m, '$1\n$1'),
    'FILE:5: the repository "team/bad" stands here twice',
  ],
  'fewer repositories than its list names': [
    whole
      .replace('"filtered":true', '"filtered":false')
      .replace(/^.*"team\/bad".*\n/m, '')
      .replace('"repositories":2}', '"repositories":1}'),
    'FILE:6: ecr://123456789012/eu-west-1 has 2 repositories, but the file holds 1 of them',
  ],
  'a line that is cut': [
    changed(5, (line) => line.slice(0, 20)),
    'FILE:5: the file is damaged or was cut short here',
  ],
  'an unknown kind of line': [
    changed(4, (line) => line.replace('"repository"', '"image"')),
    'FILE:4: unknown kind of line "image"',
  ],
  'its last line missing': [
    `${lines.slice(0, -1).join('\n')}\n`,
    'FILE:7: the file was cut short: its last line is missing',
  ],
  'a repository taken out': [
    `${lines.filter((_, index) => index !== 5).join('\n')}\n`,
    'FILE:7: the file should hold 1 registries and 2 repositories, but holds 1 and 1',
  ],
  'something after the last line': [
    `${whole}{"kind":"end"}\n`,
    'FILE:9: nothing may follow the last line',
  ],
  'a repository without registry': [
    changed(6, (line) => line.replace(registry, 'ecr://1/x')),
    'FILE:6: the registry "ecr://1/x" has not begun or has ended before',
  ],
  'a registry of another provider': [
    changed(2, (line) => line.replace('"provider":"ecr"', '"provider":"acr"')),
    `FILE:2: "${registry}" is not a registry of "acr"`,
  ],
  'a registry that was taken at no time': [
    changed(2, (line) => line.replace(/"takenAt":"[^"]*"/, '"takenAt":"soon"')),
    'FILE:2: "soon" is not a time',
  ],
  'a fact this version does not know': [
    changed(3, (line) => line.replace('tagLock', 'tagLocks')),
    'FILE:3: there is no fact "tagLocks" of a repository',
  ],
  'a fact of a name every object has': [
    changed(4, (line) => line.replace('tagLock', '__proto__')),
    'FILE:4: there is no fact "__proto__" of a repository',
  ],
  'a value that its schema does not have': [
    changed(3, (line) => line.replace('"mode":"none"', '"mode":"some"')),
    'FILE:3: the fact tagLock is not valid: value value of tag "mode" must be in oneOf',
  ],
  'a state that facts do not have': [
    changed(3, (line) => line.replace('"known"', '"assumed"')),
    'FILE:3: the fact tagLock is not valid: value of tag "state" must be in oneOf',
  ],
  'a reason that does not exist': [
    changed(4, (line) =>
      line.replace(
        /"tagLock":\d+/,
        '"tagLock":{"state":"unknown","why":"lazy","from":{"operation":"x"}}',
      ),
    ),
    'FILE:4: the fact tagLock of "team/bad" is not valid: why must be equal to one of the allowed values',
  ],
  'a shared fact that is not there': [
    changed(4, (line) => line.replace('"tagLock":0', '"tagLock":7')),
    'FILE:4: no shared fact tagLock has the number 7',
  ],
  'a shared fact of another name': [
    changed(4, (line) => line.replace('"tagLock":0', '"signing":0')),
    'FILE:4: no shared fact signing has the number 0',
  ],
  'no facts': [
    changed(4, (line) => line.replace(/"facts":\{.*\}/, '"facts":null}')),
    'FILE:4: facts are missing',
  ],
  'a listing without its numbers': [
    changed(7, (line) => line.replace('"repositories":2', '"repositories":-2')),
    'FILE:7: the end of a registry is not valid: listing.value.repositories must be >= 0',
  ],
};

describe('a file that is no sound snapshot is refused by line', () => {
  test.each(Object.entries(refused))('%s', async (_, [text, message]) => {
    expect(await refusal(text)).toBe(message);
  });
});

test('a file that is not there', async () => {
  const here = { cwd: emptyFolder(), stdin: () => Readable.from([]) };
  await expect(readSnapshot('nowhere', chunksOf('nowhere', here), asIs).next()).rejects.toThrow(
    'nowhere cannot be read: there is no such file',
  );
});
