// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts like these are what is tested
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { emptyFolder } from '../support/run-cli.ts';

const catalogue = {
  checks: ['tags-immutable', 'push-scan-on'],
  providers: { ecr: async () => ({ options: {} }) },
  formats: ['json', 'sarif'],
};
const environment = {
  TEAM: 'payments',
  EMPTY: '',
  REGISTRY_TOKEN: 'hunter2',
  ODD: 'not ${TEAM}',
};
const now = new Date('2026-06-01T12:00:00Z');

let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});

async function load(files: Readonly<Record<string, string>>, name = 'regaudit.yaml') {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return loadConfig(join(folder, name), catalogue, { environment, now, cwd: folder });
}

async function refusal(files: Readonly<Record<string, string>>): Promise<string> {
  const error = await load(files).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message.replaceAll(`${folder}/`, '');
}

const waiver = (repository: string, more = '') =>
  `{check: tags-immutable, registry: "*", repository: ${repository}, reason: r, expires: 2026-12-31${more}}`;

describe('extends', () => {
  test('keys join, lists are replaced, exceptions add up, and each knows its file and line', async () => {
    const config = await load({
      'base.yaml': `failOn: low\ninclude: [a, b]\nexpect: {logDays: 30, productionTags: [x]}\nchecks: {push-scan-on: off, tags-immutable: {set: high}}\nwaivers: [${waiver('a')}]\n`,
      'regaudit.yaml': `extends: base.yaml\ninclude: [c]\nexpect: {productionTags: [v*]}\nchecks: {tags-immutable: {where: [{repository: s, set: off}]}}\nwaivers:\n  - ${waiver('b')}\n`,
    });
    expect(config).toMatchObject({
      failOn: 'low',
      include: ['c'],
      expect: { logDays: 30, productionTags: ['v*'] },
      checks: {
        'push-scan-on': 'off',
        'tags-immutable': { set: 'high', where: [{ repository: 's', set: 'off' }] },
      },
      waivers: [
        { repository: 'a', file: join(folder, 'base.yaml'), line: 5 },
        { repository: 'b', file: join(folder, 'regaudit.yaml'), line: 6 },
      ],
    });
    expect(config).not.toHaveProperty('extends');
  });
  test('a file is looked for from the folder of the one that names it', async () => {
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared', 'a.yaml'), 'extends: b.yaml\n');
    writeFileSync(join(folder, 'shared', 'b.yaml'), 'failOn: critical\n');
    expect(await load({ 'regaudit.yaml': 'extends: shared/a.yaml' })).toEqual({
      failOn: 'critical',
    });
  });

  const circle = { 'regaudit.yaml': 'extends: a.yaml', 'a.yaml': '\nextends: ./regaudit.yaml' };
  const chain = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`f${index}.yaml`, `extends: f${index + 1}.yaml`]),
  );
  const refused: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string]>> = {
    'a file that is not there': [
      { 'regaudit.yaml': 'extends: nowhere.yaml' },
      'regaudit.yaml:1:10: extends: nowhere.yaml cannot be read: there is no such file',
    ],
    'an address': [
      { 'regaudit.yaml': 'extends: https://example.com/x.yaml' },
      'regaudit.yaml:1:10: extends: only a local file can be extended',
    ],
    'a circle': [circle, 'a.yaml:2:10: extends: regaudit.yaml extends itself in a circle'],
    'a long chain': [
      { ...chain, 'regaudit.yaml': 'extends: f0.yaml' },
      'f8.yaml:1:10: extends: more than 10 files extend each other',
    ],
    'a mistake in the extended file': [
      { 'regaudit.yaml': 'extends: base.yaml', 'base.yaml': '\n\nfailOn: hihg' },
      'base.yaml:3:9: failOn: expected one of critical, high, medium, low, none, found "hihg", did you mean "high"?',
    ],
    'the same waiver in both': [
      {
        'base.yaml': `\nwaivers: [${waiver('a')}]`,
        'regaudit.yaml': `extends: base.yaml\nwaivers: [${waiver('a', ', owner: x')}]`,
      },
      'regaudit.yaml:2: the same check, registry and repository as in base.yaml:2',
    ],
  };
  test.each(Object.entries(refused))('refuses %s', async (_, [files, message]) => {
    expect(await refusal(files)).toBe(message);
  });
  test('a circle through a symbolic link is one too', async () => {
    symlinkSync(join(folder, 'regaudit.yaml'), join(folder, 'other.yaml'));
    expect(await refusal({ 'regaudit.yaml': 'extends: other.yaml' })).toContain('in a circle');
  });
});

describe('${NAME} in values', () => {
  const include = async (text: string) =>
    (await load({ 'regaudit.yaml': `include: ['${text}']` })).include?.[0];

  test.each([
    ['${TEAM}/*', 'payments/*'],
    ['a-${TEAM}-${TEAM}', 'a-payments-payments'],
    ['$${TEAM}', '${TEAM}'],
    ['a $ and a { and a $TEAM', 'a $ and a { and a $TEAM'],
    ['${ODD}', 'not ${TEAM}'],
  ])('%s is %s', async (text, value) => {
    expect(await include(text)).toBe(value);
  });

  test.each([
    ['${NOWHERE}', 'the variable NOWHERE is not set'],
    ['${EMPTY}', 'the variable EMPTY is not set'],
    ['${TEAM', '"${TEAM" is not closed; write ${NAME}'],
    ['${TEAM:-x}', '"${TEAM:-x}" is no variable; write ${NAME}, or $${…} for the text itself'],
    [
      '${REGISTRY_TOKEN}',
      '${REGISTRY_TOKEN} names a secret; a configuration holds none, a provider reads its own',
    ],
  ])('%s is refused with its place', async (text, message) => {
    expect(await refusal({ 'regaudit.yaml': `\ninclude: ['${text}']` })).toBe(
      `regaudit.yaml:2:11: ${message}`,
    );
  });

  test('is not looked for in keys, and a message never shows what it stood for', async () => {
    const text = 'failOn: ${TEAM}\nchecks: {"${TEAM}": off}';
    const message = await refusal({ 'regaudit.yaml': text });
    expect(message).toContain('failOn: expected one of');
    expect(message).toContain('found "${TEAM}"');
    expect(message).toContain('there is no check "${TEAM}"');
    expect(message).not.toContain('payments');
  });
});

describe('exceptions and reports', () => {
  const rows: Readonly<Record<string, readonly [string, string]>> = {
    'a waiver without reason': [
      'waivers:\n  - {check: tags-immutable, expires: 2026-12-31}',
      'regaudit.yaml:2:5: waivers[0]: the key "reason" is missing',
    ],
    'a waiver with nothing as reason': [
      'waivers:\n  - {check: tags-immutable, reason: " ", expires: 2026-12-31}',
      'regaudit.yaml:2:37: waivers[0].reason: " " does not have the right form; for example "Moves to immutable tags with the new pipeline"',
    ],
    'a waiver without end': [
      'waivers:\n  - {check: tags-immutable, reason: r}',
      'regaudit.yaml:2:5: waivers[0]: the key "expires" is missing',
    ],
    'an end that is no date': [
      'waivers:\n  - {check: tags-immutable, reason: r, expires: soon}',
      'regaudit.yaml:2:49: waivers[0].expires: "soon" does not have the right form; for example "2027-01-31"',
    ],
    'an end on a day that does not exist': [
      'waivers:\n  - {check: tags-immutable, reason: r, expires: 2027-02-29}',
      'regaudit.yaml:2:49: waivers[0].expires: 2027-02-29 is not a date (YYYY-MM-DD)',
    ],
    'an end more than a year ahead': [
      'acceptUnknown:\n  - {check: tags-immutable, reason: r, expires: 2027-06-02}',
      'regaudit.yaml:2:49: acceptUnknown[0].expires: 2027-06-02 is more than a year ahead; 2027-06-01 is the latest',
    ],
    'an unknown check': [
      'waivers:\n  - {check: tags-imutable, reason: r, expires: 2026-12-31}',
      'regaudit.yaml:2:13: waivers[0].check: there is no check "tags-imutable", did you mean "tags-immutable"?',
    ],
    'an unknown provider': [
      'waivers:\n  - {check: tags-immutable, registry: "erc://1/*", reason: r, expires: 2026-12-31}',
      'regaudit.yaml:2:39: waivers[0].registry: there is no provider "erc", did you mean "ecr"?',
    ],
    'a registry that is none': [
      'waivers:\n  - {check: tags-immutable, registry: ecr, reason: r, expires: 2026-12-31}',
      'regaudit.yaml:2:39: waivers[0].registry: "ecr" is not a registry; write it as in reports, or with *',
    ],
    'an unknown key': [
      'waivers:\n  - {check: tags-immutable, reason: r, expires: 2026-12-31, repo: x}',
      'regaudit.yaml:2:61: waivers[0]: unknown key "repo"; known here: check, registry, repository, reason, owner, expires, ticket',
    ],
    'two waivers of the same': [
      `waivers:\n  - ${waiver('a')}\n  - ${waiver('a')}`,
      'regaudit.yaml:3: the same check, registry and repository as in regaudit.yaml:2',
    ],
    'an unknown format': [
      'reports: [{format: srif, file: x}]',
      'regaudit.yaml:1:20: reports[0].format: "srif" is none of json, sarif, did you mean "sarif"?',
    ],
    'a report elsewhere': [
      'reports: [{format: json, file: a/../../x}]',
      'regaudit.yaml:1:32: reports[0].file: must be below the folder that regaudit runs in',
    ],
    'a report at an absolute path': [
      'reports: [{format: json, file: /etc/x}]',
      'regaudit.yaml:1:32: reports[0].file: must be below the folder that regaudit runs in',
    ],
    'an unknown profile': [
      'profile: strickt',
      'regaudit.yaml:1:10: profile: expected one of baseline, recommended, strict, found "strickt", did you mean "strict"?',
    ],
  };
  test.each(Object.entries(rows))('refuses %s', async (_, [text, message]) => {
    expect(await refusal({ 'regaudit.yaml': text })).toBe(message);
  });

  test('an end in the past is no mistake of the file: the waiver has expired', async () => {
    const text = `waivers: [{check: "*", reason: r, expires: 2020-01-01}]`;
    expect((await load({ 'regaudit.yaml': text })).waivers).toHaveLength(1);
  });
  test('an end exactly a year ahead is the latest, also on the day that most years lack', async () => {
    const text = `waivers: [{check: "*", reason: r, expires: 2029-02-28}]`;
    writeFileSync(join(folder, 'regaudit.yaml'), text);
    const file = join(folder, 'regaudit.yaml');
    const leap = { environment, now: new Date('2028-02-29T00:00:00Z'), cwd: folder };
    expect((await loadConfig(file, catalogue, leap)).waivers).toHaveLength(1);
    const before = { environment, now: new Date('2028-02-27T23:59:59Z'), cwd: folder };
    await expect(loadConfig(file, catalogue, before)).rejects.toThrow('more than a year ahead');
  });
});
