import { mkdirSync, promises, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { discover } from '../../src/config/discover.ts';
import { emptyFolder } from '../support/run-cli.ts';

/** In: paths, a directory ending in a slash. Out: the folder that holds them. */
function tree(...paths: readonly string[]): string {
  const root = emptyFolder();
  for (const path of ['.git/', ...paths]) {
    const full = join(root, path);
    mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(full, '');
  }
  return root;
}

const names = [
  'regaudit.yaml',
  'regaudit.yml',
  'regaudit.json',
  '.config/regaudit.yaml',
  '.github/regaudit.yaml',
];

test.each(names)('%s is found', async (name) => {
  const root = tree(name);
  expect(await discover(root)).toBe(join(root, name));
});

test('a folder further up is looked into', async () => {
  const root = tree('regaudit.yaml', 'a/b/');
  expect(await discover(join(root, 'a/b'))).toBe(join(root, 'regaudit.yaml'));
});

test('the nearest one wins', async () => {
  const root = tree('regaudit.yaml', 'a/regaudit.yml');
  expect(await discover(join(root, 'a'))).toBe(join(root, 'a/regaudit.yml'));
});

test('the search ends where the repository ends', async () => {
  const root = tree('regaudit.yaml', 'a/.git/');
  expect(await discover(join(root, 'a'))).toBeNull();
});

test('.git may be a file, as in a worktree', async () => {
  const root = tree('regaudit.yaml', 'a/.git');
  expect(await discover(join(root, 'a'))).toBeNull();
});

test('two in one folder are refused', async () => {
  const root = tree('regaudit.yaml', '.github/regaudit.yaml');
  await expect(discover(root)).rejects.toThrow(
    `both ${join(root, 'regaudit.yaml')} and ${join(root, '.github/regaudit.yaml')} are there`,
  );
});

const us = 1000;
const stranger = 4711;

/**
 * Runs with files that seem to belong to others than `us`. Only root could really give files away, and
 * Windows has no such owners.
 */
async function withOwners<T>(
  owners: Readonly<Record<string, number>>,
  run: () => Promise<T>,
): Promise<T> {
  const { stat } = promises;
  const { getuid } = process;
  const pretended = async (path: string) => {
    const found = await stat(path);
    return Object.assign(found, { uid: owners[path] ?? us });
  };
  const install = (system: { stat: unknown }, user: { getuid: unknown }) => {
    Object.assign(promises, system);
    Object.assign(process, user);
    syncBuiltinESMExports();
  };
  install({ stat: pretended }, { getuid: () => us });
  try {
    return await run();
  } finally {
    install({ stat }, { getuid });
  }
}

test('one further up that belongs to a stranger is refused', async () => {
  const root = tree('regaudit.yaml', 'a/');
  const found = withOwners({ [join(root, 'regaudit.yaml')]: stranger }, () =>
    discover(join(root, 'a')),
  );
  await expect(found).rejects.toThrow('belongs to another user');
});

test.each(['root', 'us'])('one further up that belongs to %s is taken', async (who) => {
  const root = tree('regaudit.yaml', 'a/');
  const file = join(root, 'regaudit.yaml');
  const found = withOwners({ [file]: who === 'root' ? 0 : us }, () => discover(join(root, 'a')));
  expect(await found).toBe(file);
});

test('one of the owner of the folder is taken, as in a container', async () => {
  const root = tree('regaudit.yaml', 'a/');
  const file = join(root, 'regaudit.yaml');
  const owners = { [file]: stranger, [join(root, 'a')]: stranger };
  expect(await withOwners(owners, () => discover(join(root, 'a')))).toBe(file);
});
