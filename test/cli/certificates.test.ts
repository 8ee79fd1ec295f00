import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, runCli } from '../support/run-cli.ts';

const target = ['scan', 'harbor://127.0.0.1:1', '--no-config'];

function folder(): string {
  const cwd = emptyFolder();
  for (const name of ['pem', 'key']) {
    copyFileSync(`test/support/tls/localhost.test-only.${name}`, join(cwd, `client.${name}`));
  }
  writeFileSync(
    join(cwd, 'locked.key'),
    '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
  );
  return cwd;
}

describe('the certificate of a client', () => {
  test.each([
    ['a certificate alone', ['--client-cert', 'client.pem'], 'only useful together'],
    ['a key alone', ['--client-key', 'client.key'], 'only useful together'],
    [
      'a key with a passphrase',
      ['--client-cert', 'client.pem', '--client-key', 'locked.key'],
      'locked.key holds no private key without a passphrase',
    ],
    [
      'the two exchanged',
      ['--client-cert', 'client.key', '--client-key', 'client.pem'],
      'client.key holds no certificate',
    ],
    [
      'a file that is not there',
      ['--client-cert', 'none.pem', '--client-key', 'client.key'],
      'none.pem',
    ],
  ])('is refused where there is %s', async (_, flags, says) => {
    const { code, stderr } = await runCli([...target, ...flags], { cwd: folder() });
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });

  test('is no output of the run', async () => {
    const cwd = folder();
    const flags = ['--client-cert', 'client.pem', '--client-key', 'client.key'];
    const { code } = await runCli([...target, ...flags, '-o', 'client.key'], { cwd });
    expect(code).toBe(2);
  });
});

test.each([
  'harbor://127.0.0.1:1',
  'ecr://eu-west-1',
  'acr://acme.azurecr.io',
  'docker-hub://acme',
])(
  '%s is not scanned where the environment switches the verification of certificates off',
  async (address) => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { code, stderr, stdout } = await runCli(['scan', address, '--no-config'], { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0');
    expect(stderr).toContain('--ca-file');
  },
);
