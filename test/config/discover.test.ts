import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
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

const root = process.getuid?.() === 0;

test.runIf(root)('one further up that belongs to a stranger is refused', async () => {
  const folder = tree('regaudit.yaml', 'a/');
  chownSync(join(folder, 'regaudit.yaml'), 4711, 4711);
  await expect(discover(join(folder, 'a'))).rejects.toThrow('belongs to another user');
});

test.runIf(root)('one of the owner of the folder is taken, as in a container', async () => {
  const folder = tree('regaudit.yaml', 'a/');
  chownSync(join(folder, 'regaudit.yaml'), 4711, 4711);
  chownSync(join(folder, 'a'), 4711, 4711);
  expect(await discover(join(folder, 'a'))).toBe(join(folder, 'regaudit.yaml'));
});
