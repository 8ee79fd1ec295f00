import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { reporters } from './support/reporters.ts';

/** Temporary files of all tests; nothing of them is left. */
const temporary = mkdtempSync(join(tmpdir(), 'regaudit-tests-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
const none = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']));

/**
 * What the vendors' clients read from the process by themselves: credentials that every server of
 * `src/demo` takes and that mean nothing anywhere, and nothing of whose machine this is. What looks like
 * a secret must be nowhere in what is written.
 */
const env = {
  TMPDIR: temporary,
  TMP: temporary,
  TEMP: temporary,
  ...none('HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'),
  ...none('AWS_PROFILE', 'GOOGLE_APPLICATION_CREDENTIALS'),
  AWS_ACCESS_KEY_ID: 'demo',
  AWS_SECRET_ACCESS_KEY: 'canary/wJalrXUtnFEMI/K7MDENG/bPxRfiCY0',
  AWS_SESSION_TOKEN: 'canary-session-FwoGZXIvYXdzEBYaDKcanary',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AZURE_TENANT_ID: '11111111-1111-1111-1111-111111111111',
  AZURE_CLIENT_ID: '22222222-2222-2222-2222-222222222222',
  AZURE_CLIENT_SECRET: 'canary~client&secret<8Q2>',
  AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
};

/** Loopback servers. Tests of decoders stand beside those of their adapter, and need none. */
const adapters = ['test/{demo,http,oci}/**/*.test.ts', 'test/providers/**/!(*-decode).test.ts'];
const cli = ['test/{cli,declarative,attacks}/**/*.test.ts'];
const elsewhere = ['test/live/**', 'node_modules/**'];

const project = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude: [...elsewhere, ...exclude] },
});

export default defineConfig({
  resolve: {
    // Modules that tests write elsewhere import it; the program itself resolves it by a hook of Node.
    alias: {
      'regaudit/check': fileURLToPath(new URL('../src/declarative/contract.ts', import.meta.url)),
    },
  },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    projects: [
      // Whatever is in no other project, so that no file is in none.
      project('unit', ['test/**/*.test.ts'], [...adapters, ...cli]),
      project('adapters', adapters),
      project('cli', cli),
    ],
    env,
    pool: 'threads',
    isolate: false,
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A golden file that is not there is a failure; `npm run test:update` writes it.
    update: 'none',
    reporters: reporters('all'),
  },
});
