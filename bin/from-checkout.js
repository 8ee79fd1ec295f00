#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/*
 * Runs regaudit out of a checkout of its repository, which holds no build: for the pre-commit hook and
 * the action, which are handed nothing else. The first run builds it inside the checkout, with the
 * versions and checksums of package-lock.json; exit code 2 where that is not possible.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, '.built');
const program = join(built, 'bin', 'regaudit.js');
const parts = ['bin', 'checks', 'fixtures', 'src', 'package.json', 'package-lock.json'];

if (!existsSync(program)) build();
if (existsSync(program)) await import(pathToFileURL(program).href);

/** Builds a copy and puts it in place as a whole, so that of two runs at once neither sees half a build. */
function build() {
  process.stderr.write('regaudit is built from its checkout, which it is only once\n');
  const copy = mkdtempSync(`${built}-`);
  try {
    for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    npm(copy, ['ci', '--include=dev', ...quiet]);
    npm(copy, ['run', 'build', '--silent']);
    // The build needs none of what it was made from.
    rmSync(join(copy, 'node_modules'), { recursive: true });
    // Another run may have been faster: a folder that is not empty is not replaced.
    if (!existsSync(program)) renameSync(copy, built);
  } catch (error) {
    if (existsSync(program)) return;
    process.exitCode = 2;
    process.stderr.write(`error: regaudit cannot be built from its checkout: ${error.message}\n`);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function npm(cwd, args) {
  // In a git hook these variables name the repository that is committed to.
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const { status, error } = spawnSync('npm', args, {
    cwd,
    env: Object.fromEntries(environment),
    // Standard output belongs to regaudit.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`npm ${args[0]} ended with ${status}`);
}
