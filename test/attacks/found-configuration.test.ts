import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, runCli } from '../support/run-cli.ts';

/* What a configuration can do that somebody else put into a tree, and that a scan finds there by itself. */

let url = '';
const received: string[] = [];
const server = createServer(({ headers }, response) => {
  received.push(headers.authorization ?? 'nothing');
  response.writeHead(401).end();
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

/** A git work tree with a configuration. */
function tree(config: object): string {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, '.git'));
  writeFileSync(join(cwd, 'regaudit.yaml'), JSON.stringify(config));
  return cwd;
}

const credentials = { HARBOR_USERNAME: 'auditor', HARBOR_PASSWORD: 'hunter2' };
const other = () => ({ registries: [{ target: 'harbor://harbor.example.org', url }] });

describe('a configuration that was found', () => {
  test('sends no credential to a host of its own choice, and says both ways on', async () => {
    const { code, stderr } = await runCli(['scan'], { cwd: tree(other()), env: credentials });
    expect(code).toBe(2);
    expect(stderr).toContain('would send the credentials of harbor to 127.0.0.1:');
    expect(stderr).toMatch(/hint: read it, then name it: -c \S+regaudit\.yaml, or set HARBOR_URL/);
    expect(received).toEqual([]);
  });

  test.each([
    ['docker-hub://acme', 'endpoint'],
    ['ecr', 'endpoint'],
    ['acr', 'endpoint'],
    ['acr', 'authority'],
    ['artifact-registry://acme-prod', 'endpoint'],
    ['gitlab://gitlab.com/acme', 'registryUrl'],
    ['ghcr://acme', 'registryEndpoint'],
  ])('of %s neither by %s', async (target, option) => {
    const cwd = tree({ registries: [{ target, [option]: `${url}/` }] });
    const { code, stderr } = await runCli(['scan'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`would send the credentials of ${target.split(':')[0]}`),
    });
    expect(received).toEqual([]);
  });

  test('has no further certificates trusted', async () => {
    const cwd = tree({ registries: ['ecr'], caFile: 'own.pem' });
    const { code, stderr } = await runCli(['scan'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('would have the certificates of');
  });

  test('does not take the credentials of a host to plain HTTP', async () => {
    const plain = { target: 'nexus://nexus.example.org', url: 'http://nexus.example.org' };
    const env = {
      NEXUS_URL: 'https://nexus.example.org',
      NEXUS_USERNAME: 'a',
      NEXUS_PASSWORD: 'b',
    };
    const { code, stderr } = await runCli(['scan'], { cwd: tree({ registries: [plain] }), env });
    expect(code).toBe(2);
    expect(stderr).toContain('over plain HTTP to nexus.example.org');
  });

  test.each([
    ['ecr', 'endpoint', 'https://ec2-192-0-2-1.eu-west-1.compute.amazonaws.com'],
    ['ecr', 'endpoint', 'https://a1b2c3.execute-api.eu-west-1.amazonaws.com'],
    ['ecr', 'endpoint', 'https://bucket.s3-eu-west-1.amazonaws.com'],
    ['acr', 'endpoint', 'https://vm.westeurope.cloudapp.azure.com'],
    ['acr', 'authority', 'https://gate.azure-api.net'],
    ['acr', 'authority', 'https://login.microsoftonline.com.attacker.example.org'],
  ])('of %s not by %s to a host that the vendor lets to its customers: %s', async (...entry) => {
    const [target, option, host] = entry;
    const { code, stderr } = await runCli(['scan'], {
      cwd: tree({ registries: [{ target, [option]: host }] }),
    });
    expect(code).toBe(2);
    expect(stderr).toContain(`would send the credentials of ${target} to ${new URL(host).host}`);
  });

  test('sends a host of Docker’s store its own credentials, and not those of the environment', async () => {
    const home = emptyFolder();
    const host = new URL(url).host;
    const auth = Buffer.from('stored:login').toString('base64');
    writeFileSync(join(home, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
    const env = { DOCKER_CONFIG: home };
    received.length = 0;
    const own = await runCli(['scan'], { cwd: tree(other()), env });
    expect(own.code).toBe(3);
    expect(received).toContain(`Basic ${auth}`);
    received.length = 0;
    const foreign = await runCli(['scan'], { cwd: tree(other()), env: { ...env, ...credentials } });
    expect(foreign.code).toBe(2);
    expect(received).toEqual([]);
  });

  test.each([
    '.git/hooks/pre-commit',
    'a/../.git/config',
    '.GIT/x',
    // What other file systems take for it.
    '.git./x',
    '.git /x',
    'GIT~1/hooks/pre-commit',
    '.git::$INDEX_ALLOCATION/x',
    '.g\u200cit/x',
  ])('writes no report to %j', async (file) => {
    const cwd = tree({ registries: ['ecr'], reports: [{ format: 'json', file }] });
    const { code, stderr } = await runCli(['scan'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('must not be in the folder of git');
  });

  test('writes no report to the own folder of a drive', async () => {
    const cwd = tree({ registries: ['ecr'], reports: [{ format: 'json', file: 'C:x.json' }] });
    const { code, stderr } = await runCli(['scan'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('must be below the folder');
  });

  test.each(['out/config', 'out/hooks/pre-commit', 'deep/link/x'])(
    'writes no report to %s, where a link of the tree leads into the folder of git',
    async (file) => {
      const cwd = tree({ registries: ['ecr'], reports: [{ format: 'json', file }] });
      for (const folder of ['.git/hooks', 'deep']) mkdirSync(join(cwd, folder));
      symlinkSync('.git', join(cwd, 'out'));
      symlinkSync('../.git/hooks', join(cwd, 'deep/link'));
      writeFileSync(join(cwd, '.git/config'), 'own');
      const { code, stderr } = await runCli(['scan'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('must not be in the folder of git');
      expect(readFileSync(join(cwd, '.git/config'), 'utf8')).toBe('own');
    },
  );

  test('sends them once it is named, or once the variable of the product names the host', async () => {
    const cwd = tree(other());
    await runCli(['scan', '-c', 'regaudit.yaml'], { cwd, env: credentials });
    expect(received).toContain(`Basic ${Buffer.from('auditor:hunter2').toString('base64')}`);
    received.length = 0;
    await runCli(['scan'], { cwd, env: { ...credentials, HARBOR_URL: url } });
    expect(received.length).toBeGreaterThan(0);
  });

  test('reads no file outside its tree, not even through a link', async () => {
    const outside = join(emptyFolder(), 'secret');
    writeFileSync(outside, 'registries: []');
    const cwd = tree({ extends: './base.yaml' });
    symlinkSync(outside, join(cwd, 'base.yaml'));
    const linked = await runCli(['scan'], { cwd });
    expect(linked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('outside its own tree'),
    });
    const file = tree({
      registries: [{ target: 'harbor://harbor.example.org', passwordFile: '/etc/hostname' }],
    });
    const named = await runCli(['scan'], { cwd: file });
    expect(named.stderr).toMatch(/registries\[0\]\.passwordFile: .*outside its own tree/);
  });

  test.each([
    ['harbor://harbor.example.org', 'usernameEnv', 'AWS_ACCESS_KEY_ID', 'HARBOR_, REGAUDIT_'],
    ['harbor://harbor.example.org', 'passwordEnv', 'DB_PASS', 'HARBOR_, REGAUDIT_'],
    ['docker-hub://acme', 'passwordEnv', 'GITHUB_TOKEN', 'DOCKER_, DOCKERHUB_, REGAUDIT_'],
    ['harbor://harbor.example.org', 'passwordEnv', 'REGAUDIT_REDACT_KEY', 'HARBOR_, REGAUDIT_'],
    ['docker-hub://acme', 'passwordEnv', 'MY_DOCKER_TOKEN', 'DOCKER_, DOCKERHUB_, REGAUDIT_'],
  ])('of %s never reads %s from %s, found or named', async (target, key, name, allowed) => {
    const cwd = tree({ registries: [{ target, [key]: name }] });
    for (const args of [['scan'], ['scan', '-c', 'regaudit.yaml']]) {
      const { code, stderr } = await runCli(args, { cwd, env: { [name]: 'hunter2' } });
      expect(code).toBe(2);
      expect(stderr).toMatch(/regaudit\.yaml:1:\d+: registries\[0\]\./);
      expect(stderr).toContain(`registries[0].${key}`);
      expect(stderr).toContain(`begins with one of ${allowed}\n`);
      expect(stderr).not.toContain('hunter2');
    }
  });

  test.each(['HARBOR_AUDIT_PASSWORD', 'REGAUDIT_HARBOR_PASSWORD'])(
    'may name %s as a password of Harbor',
    async (passwordEnv) => {
      const cwd = tree({ registries: [{ target: 'harbor://harbor.example.org', passwordEnv }] });
      const env = { [passwordEnv]: 'hunter2' };
      const validated = await runCli(['config', 'validate'], { cwd, env });
      expect(validated).toMatchObject({ code: 0, stderr: '' });
    },
  );

  test.each([
    ...[
      'DB_PASS',
      'PGPASS',
      'PGPASSWORD',
      'MYSQL_PWD',
      'DOCKER_AUTH_CONFIG',
      'AWS_SECRET_ACCESS_KEY',
    ],
    ...[
      'GITHUB_TOKEN',
      'TOKEN_2',
      'NPM_AUTH',
      'SSH_PRIVATE_KEY',
      'REGAUDIT_REDACT_KEY',
      'API_KEY_PROD',
      'STRIPE_KEY',
      'STORAGE_CONNECTION_STRING',
      'SLACK_WEBHOOK_URL',
    ],
  ])('puts no %s into a value', async (name) => {
    const cwd = tree({ registries: [`docker-hub://x-\${${name}}`] });
    const { code, stderr } = await runCli(['scan'], { cwd, env: { [name]: 'hunter2' } });
    expect({ code, leaks: stderr.includes('hunter2') }).toEqual({ code: 2, leaks: false });
    expect(stderr).toContain(`\${${name}} names a secret`);
  });

  test.each([
    ['DATABASE_URL', 'postgres://app:hunter2@db.example.org/x'],
    ['CI_THING', 'ghp_hunter2hunter2hunter2'],
    ['ID', 'eyJhbGciOi.eyJodW50ZXIyIn0.hunter2'],
    ['STORE', 'AccountName=x;AccountKey=hunter2hunter2=='],
    ['CHAT', 'https://hooks.slack.com/services/T0/B0/hunter2'],
  ])('nor what %s holds when that looks like a secret', async (name, value) => {
    const cwd = tree({ registries: [`docker-hub://\${${name}}`] });
    const { code, stderr } = await runCli(['scan'], { cwd, env: { [name]: value } });
    expect({ code, leaks: stderr.includes('hunter2') }).toEqual({ code: 2, leaks: false });
  });

  test.each([
    'AWS_ACCOUNT_ID',
    'PWD',
    'AUTHOR',
    'PASSAGE',
    'CI_PROJECT_PATH',
    'KEYCLOAK',
    'PATTERN',
  ])('puts %s into a value', async (name) => {
    const cwd = tree({ registries: [`docker-hub://\${${name}}`] });
    const validated = await runCli(['config', 'validate'], { cwd, env: { [name]: 'acme' } });
    expect(validated.code).toBe(0);
  });

  test('of a subfolder may still extend one of its own git work tree', async () => {
    const cwd = tree({ registries: ['ecr'] });
    mkdirSync(join(cwd, 'team'));
    writeFileSync(join(cwd, 'team', 'regaudit.yaml'), 'extends: ../regaudit.yaml\nfailOn: low\n');
    const { code } = await runCli(['config', 'validate'], { cwd: join(cwd, 'team') });
    expect(code).toBe(0);
  });
});

describe('a file that is no configuration is never quoted', () => {
  test.each([
    ['AWS_SECRET_ACCESS_KEY=wJalrSECRETLINE'],
    ['machine h login u password hunter2'],
    ['-----BEGIN KEY-----\nMIIEsecret: [\n'],
    ['*wJalrSECRETLINE'],
    ['["hunter2"]'],
    ['machine h password hunter2: yes'],
    ['!hunter2 x'],
  ])('%j', async (text) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'secret'), text);
    writeFileSync(join(cwd, 'regaudit.yaml'), 'extends: ./secret\n');
    for (const args of [['scan'], ['scan', '-c', 'secret']]) {
      const { code, stderr } = await runCli(args, { cwd });
      expect(code).toBe(2);
      expect(stderr).not.toMatch(/hunter2|SECRETLINE|MIIEsecret/);
      expect(stderr).toMatch(/secret:\d+:\d+: /);
    }
  });
});

test('ten thousand errors in a configuration are all told', async () => {
  const cwd = emptyFolder();
  const waivers = Array.from({ length: 10_000 }, (_, index) => ({
    check: `no-${index}`,
    expires: 7,
  }));
  writeFileSync(join(cwd, 'regaudit.yaml'), JSON.stringify({ waivers }));
  const { code, stderr } = await runCli(['scan'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('waivers[9999]');
});

test('waivers that are written side by side are all kept', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'regaudit.yaml'), 'registries: [ecr]\n');
  const written = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      runCli(
        [
          'waive',
          `ecr://111122223333/eu-west-1/app-${index}`,
          'tags-immutable',
          ...['--reason', 'moving', '--owner', 'team', '--expires', '2027-01-31'],
        ],
        { cwd, env: { REGAUDIT_NOW: '2026-12-01T09:00:00Z' } },
      ),
    ),
  );
  expect(written.map(({ code }) => code)).toEqual(Array(8).fill(0));
  const { readFileSync } = await import('node:fs');
  const text = readFileSync(join(cwd, 'regaudit.yaml'), 'utf8');
  expect(text.match(/repository: app-\d/g)).toHaveLength(8);
});
