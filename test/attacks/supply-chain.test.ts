import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { emptyFolder } from '../support/run-cli.ts';

/* What is installed with regaudit, and by its action (row 19). */

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (name: string) => readFileSync(join(root, name), 'utf8');

function checked(change: (lock: string, manifest: string) => readonly [string, string]) {
  const folder = emptyFolder();
  const [lock, manifest] = change(text('package-lock.json'), text('package.json'));
  writeFileSync(join(folder, 'package-lock.json'), lock);
  writeFileSync(join(folder, 'package.json'), manifest);
  const script = join(root, '.ci/lockfile.mjs');
  return spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
}

const first = (lock: string, more: object): string => {
  const parsed = JSON.parse(lock);
  Object.assign(parsed.packages['node_modules/undici'], more);
  return JSON.stringify(parsed);
};

describe('the lockfile', () => {
  test('holds', () => {
    expect(checked((lock, manifest) => [lock, manifest])).toMatchObject({ status: 0, stderr: '' });
  });

  test.each<[string, object, string]>([
    ['no checksum', { integrity: undefined }, 'has no SHA-512'],
    ['a weak checksum', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'has no SHA-512'],
    ['plain http', { resolved: 'http://packages.example.org/undici.tgz' }, 'by https'],
    ['an unknown host', { resolved: 'https://attacker.example.org/x.tgz' }, 'comes from attacker'],
    ['a git repository', { resolved: 'git+ssh://git@example.org/x.git#1' }, 'by https'],
    ['a link', { link: true, resolved: '../x' }, 'is a link'],
    ['an install script', { hasInstallScript: true }, 'install script'],
  ])('with %s is refused', (_, more, why) => {
    const { status, stderr } = checked((lock, manifest) => [first(lock, more), manifest]);
    expect(status).toBe(1);
    expect(stderr).toContain(why);
  });

  test.each(['^7.30.2', 'github:x/y', 'https://example.org/x.tgz', 'latest', '7.30.1'])(
    'with %s in package.json is refused',
    (version) => {
      const { status } = checked((lock, manifest) => [
        lock,
        manifest.replace(/("undici": )"[^"]*"/, `$1"${version}"`),
      ]);
      expect(status).toBe(1);
    },
  );
});

describe('both gates', () => {
  test.each(['.ci/run', '.github/workflows/ci.yml'])('%s check it before they install', (file) => {
    const [before = ''] = text(file).split(/npm ci/, 1);
    expect(before).toContain('node .ci/lockfile.mjs');
  });

  test('the workflow holds packages to the signatures of their registry', () => {
    expect(text('.github/workflows/ci.yml')).toContain('npm audit signatures');
  });
});

describe('the action', () => {
  const action = text('action.yml');

  test('installs nothing by a name, and a tarball only with its checksum', () => {
    expect(action).not.toMatch(/npm (?:install|i|exec) [^|\n]*regaudit(?:@|\s|$)/m);
    expect(action).not.toMatch(/npx [^|\n]*regaudit/);
    expect(action).toContain('sha256');
  });

  test('puts no input into a script but by the environment', () => {
    const scripts = action.split(/^\s+run: \|/m).slice(1);
    for (const script of scripts) {
      const [own = ''] = script.split(/^ {4}- /m);
      expect(own.replace(/^\s+\w+: \$\{\{.*$/gm, '')).not.toMatch(
        /\$\{\{\s*(?:inputs|github\.event)/,
      );
    }
  });
});
