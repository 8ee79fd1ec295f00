import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What people copy commands from. */
const files = [
  '.pre-commit-hooks.yaml',
  'CONTRIBUTING.md',
  'Dockerfile',
  'README.md',
  'SECURITY.md',
  'action.yml',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:md|ya?ml)$|Jenkinsfile$/.test(name))
    .map((name) => join('docs', name)),
];

/** Whatever takes a package by its name, with ours among its words. */
const byName = [
  /\b(?:npx|npm (?:i|install|exec|pack|ci)|yarn (?:add|dlx)|pnpm (?:add|dlx)|bunx)\b[^|;&`]*?\sregaudit(?:@|[\s"'`]|$)/,
  /\b(?:unpkg\.com|cdn\.jsdelivr\.net\/npm|esm\.sh)\/regaudit\b/,
];

const namesUs = (text: string) => byName.some((pattern) => pattern.test(text));

test.each(files)('%s installs nothing by our name, which is not ours yet', (file) => {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  expect(lines.filter(namesUs)).toEqual([]);
});

test.each([
  'npx --yes regaudit@0.1.0 scan ecr',
  'npm install --global --no-audit regaudit@0.1.0',
  '(`npm install regaudit`)',
  '$schema=https://unpkg.com/regaudit@0/src/schema/config.schema.json',
])('%s would be noticed', (line) => {
  expect(namesUs(line)).toBe(true);
});

test.each(['npm install --global ./regaudit-0.1.0.tgz', 'npm ci && npm start'])(
  '%s is not meant',
  (line) => {
    expect(namesUs(line)).toBe(false);
  },
);
