import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dockerCredentials } from '../../src/http/docker-credentials.ts';
import { reveal } from '../../src/http/secret.ts';

const auth = (pair: string) => Buffer.from(pair).toString('base64');

/** A folder with a configuration and, if wanted, a credential helper that runs this program. */
async function folder(config: unknown, helper?: string) {
  const path = await mkdtemp(join(tmpdir(), 'regaudit-docker-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  await writeFile(join(path, 'config.json'), text);
  if (helper !== undefined) {
    const program = join(path, 'docker-credential-test');
    await writeFile(program, `#!/usr/bin/env node\n${helper}`);
    await chmod(program, 0o755);
  }
  const PATH = [path, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  return { DOCKER_CONFIG: path, PATH };
}

async function found(registry: string, environment: Record<string, string>) {
  const given = await dockerCredentials(registry, environment);
  if (given === null) return null;
  if (given.kind === 'identity-token') return `token ${reveal(given.token)}`;
  return `${reveal(given.username)} / ${reveal(given.password)}`;
}

describe('in the file', () => {
  test.each([
    [
      'registry.example.org:5000',
      { 'registry.example.org:5000': { auth: auth('u:p:w') } },
      'u / p:w',
    ],
    [
      'registry.example.org',
      { 'https://registry.example.org/v2/': { auth: auth('u:p') } },
      'u / p',
    ],
    ['docker.io', { 'https://index.docker.io/v1/': { auth: auth('u:p') } }, 'u / p'],
    ['registry-1.docker.io', { 'https://index.docker.io/v1/': { auth: auth('u:p') } }, 'u / p'],
    ['r.example', { 'r.example': { auth: '', identitytoken: 't' } }, 'token t'],
    ['r.example', { 'r.example': {} }, null],
    ['r.example', { 'other.r.example': { auth: auth('u:p') } }, null],
    ['r.example', { 'r.example.evil': { auth: auth('u:p') } }, null],
  ])('the credentials of %s are found among %j', async (registry, auths, credentials) => {
    expect(await found(registry, await folder({ auths }))).toBe(credentials);
  });

  test('there may be none at all', async () => {
    expect(await found('r.example', { DOCKER_CONFIG: '/nowhere' })).toBeNull();
    expect(await found('r.example', await folder({}))).toBeNull();
  });

  test.each([
    ['{', 'not JSON'],
    ['[]', 'cannot be read'],
    [{ auths: { 'r.example': { auth: 'bm90aGluZw==' } } }, 'user:password'],
    [{ auths: { 'r.example': { auth: 7 } } }, 'does not match its documented format'],
    [{ auths: [] }, 'does not match its documented format'],
    [{ credHelpers: { 'r.example': '../../bin/sh' } }, 'name of the credential helper'],
    [{ credsStore: 'x; rm -rf /' }, 'name of the credential helper'],
    [{ credsStore: 'is-not-installed' }, 'exited with ENOENT'],
  ])('%j is an error with a code and not "none"', async (config, why) => {
    const asked = found('r.example', await folder(config));
    await expect(asked).rejects.toMatchObject({ code: 'credentials' });
    await expect(found('r.example', await folder(config))).rejects.toThrow(why);
  });
});

describe('from a helper', () => {
  const helper = (body: string) =>
    `let key = ''; process.stdin.on('data', (c) => { key += c; }).on('end', () => { ${body} });`;
  const echoing = helper(
    `console.log(JSON.stringify({ ServerURL: key, Username: 'u', Secret: process.argv[2] + ' ' + key }))`,
  );

  test.each([
    ['r.example', { credHelpers: { 'r.example': 'test' } }, 'u / get r.example'],
    ['r.example', { credsStore: 'test' }, 'u / get r.example'],
    ['docker.io', { credsStore: 'test' }, 'u / get https://index.docker.io/v1/'],
    ['r.example', { credHelpers: { 'other.example': 'test' } }, null],
  ])('the credentials of %s come by %j', async (registry, config, credentials) => {
    expect(await found(registry, await folder(config, echoing))).toBe(credentials);
  });

  test('a token is told from a password', async () => {
    const program = helper(`console.log(JSON.stringify({ Username: '<token>', Secret: 't' }))`);
    expect(await found('r.example', await folder({ credsStore: 'test' }, program))).toBe('token t');
  });

  test('what it does not have is none', async () => {
    const program = helper(
      `console.log('credentials not found in native keychain'); process.exit(1);`,
    );
    expect(await found('r.example', await folder({ credsStore: 'test' }, program))).toBeNull();
  });

  test.each([
    ['fails', `console.error('hunter2'); process.exit(3)`, 'exited with 3'],
    ['answers no JSON', `console.log('hunter2')`, 'does not match its documented format'],
    ['says too much', `process.stdout.write('hunter2'.repeat(1e5))`, 'MAXBUFFER'],
  ])('one that %s is an error, without its words', async (_title, body, why) => {
    const environment = await folder({ credsStore: 'test' }, helper(body));
    const error = await found('r.example', environment).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'credentials' });
    expect(String(error)).toContain(why);
    expect(String(error)).not.toContain('hunter2');
  });

  test('one that does not read its input is no reason to fall over', async () => {
    const program = `console.log(JSON.stringify({ Username: 'u', Secret: 's' })); process.exit(0);`;
    expect(await found('r.example', await folder({ credsStore: 'test' }, program))).toBe('u / s');
  });
});
