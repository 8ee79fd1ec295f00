import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { ecrOptions } from '../../src/providers/ecr/options.ts';
import { emptyFolder } from '../support/run-cli.ts';

const catalogue = {
  checks: ['tags-immutable', 'push-scan-on'],
  providers: { ecr: async () => ({ options: ecrOptions }) },
  formats: ['table', 'json', 'sarif'],
};

const folder = emptyFolder();
const file = join(folder, 'regaudit.yaml');
const here = { environment: {}, now: new Date('2026-06-01T12:00:00Z'), cwd: folder };

async function problems(text: string | Uint8Array): Promise<string[]> {
  writeFileSync(file, text);
  const error = await loadConfig(file, catalogue, here).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  const { message } = error as UsageError;
  return message.replaceAll(`${file}:`, '').replaceAll(file, 'FILE').split('\n');
}

const sound: Readonly<Record<string, readonly [string, unknown]>> = {
  'an empty file': ['', {}],
  'nothing but comments': ['# regaudit\n', {}],
  'a byte order mark': ['\ufefffailOn: low\n', { failOn: 'low' }],
  'JSON with tabs': ['{\n\t"registries": ["ecr"]\n}', { registries: ['ecr'] }],
  'an alias': ['include: &a [x]\nexclude: *a', { include: ['x'], exclude: ['x'] }],
  'off is a word, not false': [
    'checks:\n  tags-immutable: off',
    { checks: { 'tags-immutable': 'off' } },
  ],
  'every kind of entry': [
    'registries:\n  - ecr\n  - ecr://123456789012/eu-west-1\n  - target: ecr\n    regions: all\n    profile: audit',
    {
      registries: [
        'ecr',
        'ecr://123456789012/eu-west-1',
        { target: 'ecr', regions: 'all', profile: 'audit' },
      ],
    },
  ],
};

describe('a sound configuration', () => {
  test.each(Object.entries(sound))('%s', async (_, [text, config]) => {
    writeFileSync(file, text);
    expect(await loadConfig(file, catalogue, here)).toEqual(config);
  });
});

const refused: Readonly<Record<string, readonly [string | Uint8Array, readonly string[]]>> = {
  'an unknown key, with the one that was meant': [
    'failOn: high\nregistrys: [ecr]',
    ['2:1: unknown key "registrys", did you mean "registries"?'],
  ],
  'an unknown key that resembles none': [
    'zzz: 1',
    [
      '1:1: unknown key "zzz"; known here: extends, profile, registries, include, exclude, checks, failOn, waivers, acceptUnknown, targetsFrom, owners, ownerTag, reports, expect, images, probe, checksDir, concurrency, caFile, timeout, registryTimeout',
    ],
  ],
  'an unknown key in a section': [
    'expect:\n  trustedAcounts: []',
    ['2:3: expect: unknown key "trustedAcounts", did you mean "trustedAccounts"?'],
  ],
  'a word that is not in the list': [
    'failOn: hihg',
    [
      '1:9: failOn: expected one of critical, high, medium, low, none, found "hihg", did you mean "high"?',
    ],
  ],
  'a wrong type': [
    'concurrency: many',
    ['1:14: concurrency: expected a whole number, found "many"; for example 25'],
  ],
  'a number that was meant as text': [
    'expect:\n  trustedAccounts:\n    - 123456789012',
    ['3:7: expect.trustedAccounts[0]: expected text, found 123456789012; write it in quotes'],
  ],
  'a number out of range': ['concurrency: 0', ['1:14: concurrency: must be at least 1, is 0']],
  'a value left empty': [
    'include:',
    ['1:1: include: expected a list, found nothing; for example ["team-a/*"]'],
  ],
  'a list instead of keys': ['- ecr', ['1:1: expected the keys and values of a configuration']],
  'a check that does not exist': [
    'checks:\n  tags-imutable: off',
    ['2:3: checks: there is no check "tags-imutable", did you mean "tags-immutable"?'],
  ],
  'a check neither on nor off': [
    'checks:\n  tags-immutable: false',
    [
      '2:19: checks.tags-immutable: expected text or keys and values, found false; for example "off" or "low" or {"set":"high","where":[{"repository":"sandbox/*","set":"off"}]}',
    ],
  ],
  'a word that is none for a check': [
    'checks:\n  tags-immutable: hihg',
    [
      '2:19: checks.tags-immutable: expected one of on, off, critical, high, medium, low, found "hihg", did you mean "high"?',
    ],
  ],
  'an exception of a check without its word': [
    'checks:\n  tags-immutable:\n    where: [{repository: x}]',
    ['3:13: checks.tags-immutable.where[0]: the key "set" is missing'],
  ],
  'a provider that does not exist': [
    'registries: [ercs]',
    ['1:14: registries[0]: there is no provider "ercs"'],
  ],
  'a target of a wrong form': [
    'registries: ["ECR here"]',
    [
      '1:14: registries[0]: "ECR here" does not have the right form; for example "ecr" or "ecr://123456789012/eu-west-1" or {"target":"ecr","regions":"all"}',
      '1:14: registries[0]: there is no provider "ECR here"',
    ],
  ],
  'an entry without target': [
    'registries:\n  - region: eu-west-1',
    ['2:5: registries[0]: the key "target" is missing'],
  ],
  'an unknown option of a provider': [
    'registries:\n  - target: ecr\n    regoin: eu-west-1',
    ['3:5: registries[0]: unknown key "regoin", did you mean "region"?'],
  ],
  'a wrong value for a choice of forms': [
    'registries:\n  - target: ecr\n    regions: [5]',
    ['3:15: registries[0].regions[0]: expected text, found 5; write it in quotes'],
  ],
  'every problem at once': [
    'failOn: hihg\ntimeout: 0\nfoo: 1',
    [
      '1:9: failOn: expected one of critical, high, medium, low, none, found "hihg", did you mean "high"?',
      '2:10: timeout: must be at least 1, is 0',
      '3:1: unknown key "foo"; known here: extends, profile, registries, include, exclude, checks, failOn, waivers, acceptUnknown, targetsFrom, owners, ownerTag, reports, expect, images, probe, checksDir, concurrency, caFile, timeout, registryTimeout',
    ],
  ],
  'a duplicate key, and what else is wrong': [
    'failOn: low\nfailOn: hihg',
    [
      '2:1: duplicate key',
      '2:9: failOn: expected one of critical, high, medium, low, none, found "hihg", did you mean "high"?',
    ],
  ],
  'a tab as indentation': [
    'expect:\n\tlogDays: 5',
    ['2:1: a tab indents this line; YAML wants spaces'],
  ],
  'a second document': [
    'failOn: low\n---\nfailOn: high',
    ['2:1: a second document begins (---); only one is read'],
  ],
  'a tag': ['failOn: !secret low', ['1:9: Unresolved tag: !secret']],
  'an alias to nothing': [
    'include: *x',
    ['1:1: Unresolved alias (the anchor must be set before the alias): x'],
  ],
  'an alias bomb': [
    `a: &a [${'x,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [${'*c,'.repeat(20)}]`,
    ['1:1: aliases (*name) repeat more than any configuration needs'],
  ],
  'a key that would pollute prototypes': [
    '__proto__: {failOn: low}',
    [
      '1:1: unknown key "__proto__"; known here: extends, profile, registries, include, exclude, checks, failOn, waivers, acceptUnknown, targetsFrom, owners, ownerTag, reports, expect, images, probe, checksDir, concurrency, caFile, timeout, registryTimeout',
    ],
  ],
  'zero bytes': [new Uint8Array([97, 0, 98]), ['FILE is not a text file']],
  'not UTF-8': [new Uint8Array([97, 58, 32, 0xff, 0xfe]), ['FILE is not UTF-8 text']],
  'more than 1 MB': ['#'.repeat(1024 * 1024 + 1), ['FILE is larger than 1 MB']],
};

describe('a configuration that is refused', () => {
  test.each(Object.entries(refused))('%s', async (_, [text, expected]) => {
    expect(await problems(text)).toEqual(expected);
  });

  test('nesting as deep as the file is long', async () => {
    const [first] = await problems('['.repeat(100_000));
    expect(first).toContain('nested too deeply');
  });

  test('a directory', async () => {
    mkdirSync(join(folder, 'directory.yaml'));
    await expect(loadConfig('directory.yaml', catalogue, here)).rejects.toThrow(
      'directory.yaml cannot be read: it is a directory',
    );
  });

  test('a file that is not there', async () => {
    await expect(loadConfig('/nowhere/regaudit.yaml', catalogue, here)).rejects.toThrow(
      '/nowhere/regaudit.yaml cannot be read: there is no such file',
    );
  });
});
