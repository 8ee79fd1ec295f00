import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/* Who follows the documentation never meets what a found configuration is refused for. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (name: string) => readFileSync(join(root, name), 'utf8');
const examples = readdirSync(join(root, 'docs/examples'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join('/'));

/** Commands that read registries. */
const scans =
  /regaudit"? (?:scan|collect)\b(?! (?:ecr|acr|harbor:|docker-hub:|artifact-registry)[^\n]*#)[^\n]*/g;

test.each(['README.md', 'docs/adopting.md', ...examples])(
  '%s names the configuration of a scan',
  (name) => {
    const commands = [...text(name).matchAll(scans)]
      .map(([command]) => command)
      .filter((command) => !/`|acr artifact-registry:|: one report/.test(command));
    for (const command of commands) expect(command).toMatch(/ (?:-c|--config) /);
  },
);

test('no example scans with secrets on what a pull request says', () => {
  for (const name of examples) {
    expect(text(name)).not.toMatch(/^\s*(?:on: )?\[?pull_request|^pr:|merge_request_event/m);
  }
});

test('the threat model names tests that exist', () => {
  const table = text('SECURITY.md').split('## Threat model')[1] ?? '';
  const named = [...table.matchAll(/`((?:test|\.ci)\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(10);
  for (const path of named) {
    const found = [path, `${path}.test.ts`].some((one) => existsSync(join(root, one)));
    expect({ path, found }).toEqual({ path, found: true });
  }
  for (const name of ['live', 'planted-secret', 'pipes', 'files'])
    expect(existsSync(join(root, `test/attacks/${name}.test.ts`))).toBe(true);
});
