import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { ecrOptions } from '../../src/providers/ecr/options.ts';
import { harborOptions } from '../../src/providers/harbor/options.ts';
import { emptyFolder } from '../support/run-cli.ts';

const catalogue = {
  checks: ['tags-immutable'],
  providers: {
    ecr: async () => ({ options: ecrOptions }),
    harbor: async () => ({ options: harborOptions }),
  },
  formats: ['table'],
};

let folder: string;
let file: string;
beforeEach(() => {
  folder = emptyFolder();
  file = join(folder, 'regaudit.yaml');
  writeFileSync(file, 'registries: [ecr]\ntargetsFrom: [lists/hosts.txt]\n');
  mkdirSync(join(folder, 'lists'));
});

/** Loads the configuration with this list of targets beside it. */
function load(list: string, found = false) {
  writeFileSync(join(folder, 'lists/hosts.txt'), list);
  const here = { environment: {}, now: new Date('2026-06-01T12:00:00Z'), cwd: folder, found };
  return loadConfig(file, catalogue, here);
}

describe('a list of targets', () => {
  test('stands after the registries of the configuration, one target a line', async () => {
    const list = [
      '# the hosts of the shops',
      'harbor://h1.example.org usernameEnv=HARBOR_H1_USER  # the first',
      '',
      '  harbor://h2.example.org\r',
      'ecr://123456789012/eu-west-1 public=false',
    ].join('\n');
    const { registries, ...rest } = await load(list);
    expect(registries).toEqual([
      'ecr',
      { target: 'harbor://h1.example.org', usernameEnv: 'HARBOR_H1_USER' },
      { target: 'harbor://h2.example.org' },
      { target: 'ecr://123456789012/eu-west-1', public: false },
    ]);
    expect(rest).toEqual({});
  });

  test('is refused with every wrong line, each by its number', async () => {
    const list = [
      'harbour://h1.example.org',
      'harbor://h2.example.org usernameEnv',
      'harbor://h3.example.org usernameEnv=AWS_SECRET_ACCESS_KEY',
      'ecr://123456789012 colour=red',
      'ecr://123456789012 public=true public=false',
      'not a target!',
    ].join('\n');
    const refused = await load(list).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    const lines = (refused as UsageError).message.split('\n');
    const path = join(folder, 'lists/hosts.txt');
    const starts = ['1', '2', '3', '4', '5', '6'].map((line) => `${path}:${line}: `);
    for (const start of starts)
      expect(
        lines.some((line) => line.startsWith(start)),
        `${start} in ${lines.join(' | ')}`,
      ).toBe(true);
    expect(lines.join('\n')).toContain('did you mean "harbor"');
    expect(lines.join('\n')).toContain('public is given twice');
  });

  test('that is not there is one clear error', async () => {
    writeFileSync(file, 'targetsFrom: [none.txt]\n');
    await expect(load('')).rejects.toThrow(/none\.txt cannot be read/);
  });

  test.each(['../../hosts.txt', '/etc/hosts'])(
    'outside the tree of a configuration that nobody named is not read: %s',
    async (path) => {
      writeFileSync(file, JSON.stringify({ targetsFrom: [path] }));
      await expect(load('', true)).rejects.toThrow('reads no file outside its own tree');
    },
  );

  test('names no file outside that tree either', async () => {
    const list = 'harbor://h1.example.org passwordFile=/etc/passwd';
    const refused = await load(list, true).catch((error: unknown) => String(error));
    expect(refused).toMatch(/reads no file outside its own tree|passwordFile/);
  });
});
