import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ociDemo } from '../../src/demo/oci/demo.ts';
import { demoKey, demoSigners } from '../../src/demo/signers.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { keyPair, pemOf } from '../support/signing/pki.ts';

const demo = await ociDemo();
const cwd = emptyFolder();
writeFileSync(join(cwd, 'release.pub'), demoKey);
writeFileSync(join(cwd, 'other.pub'), pemOf(keyPair('p256').publicKey));
const configuration = (name: string, signers: readonly object[]) =>
  writeFileSync(join(cwd, name), stringify({ registries: demo.entries, expect: { signers } }));
configuration('release.yaml', demoSigners);
configuration('other.yaml', [{ name: 'other key', key: 'other.pub' }]);
configuration('nobody.yaml', []);

const run = (...args: readonly string[]) => runCli(args, { cwd, env: demo.environment });
const image = 'registry.example.org/shop/api';

test('an image that the declared key signed is verified', async () => {
  const { code, stdout } = await run(
    'verify',
    `${image}:2.4.0`,
    '-c',
    'release.yaml',
    '-f',
    'json',
  );
  const { findings } = JSON.parse(stdout);
  expect(findings).toMatchObject([
    { verdict: 'pass', message: '1 of 1 newest images are signed by release key' },
  ]);
  expect(code).toBe(0);
});

test('an image that somebody else signed fails, and explain shows each candidate', async () => {
  const report = await run('verify', `${image}:2.4.0`, '-c', 'other.yaml', '-f', 'json');
  expect(report.code).toBe(1);
  const [finding] = JSON.parse(report.stdout).findings;
  writeFileSync(join(cwd, 'report.json'), report.stdout);
  const { stdout } = await run('explain', finding.fingerprint, '--from', 'report.json');
  expect(stdout).toContain('2.4.0 (sha256:');
  expect(stdout).toMatch(
    /refused simple-signing sha256:[0-9a-f]{12}: it is signed by a key that is not in expect\.signers/,
  );
});

test('a signature in another repository counts where a signer names that', async () => {
  const signer = { name: 'other key', key: 'other.pub', signaturesIn: 'charts/web' };
  configuration('elsewhere.yaml', [signer]);
  const searched = await run('verify', `${image}:2.4.0`, '-c', 'elsewhere.yaml', '-f', 'json');
  expect(searched.code).toBe(1);
  expect(JSON.parse(searched.stdout).findings[0].missing).toEqual([]);
});

test('an unsigned image fails, one that no signer covers or that is none is unknown', async () => {
  const codes = [];
  for (const one of ['scratch/tmp:test', 'charts/web:0.3.1', 'shop/api:none']) {
    const { code } = await run('verify', `registry.example.org/${one}`, '-c', 'other.yaml');
    codes.push(code);
  }
  const { code, stdout } = await run(
    'verify',
    '--details',
    'registry.example.org/scratch/tmp:test',
    '-c',
    'release.yaml',
  );
  expect(codes).toEqual([1, 3, 3]);
  expect(code).toBe(3);
  expect(stdout).toContain('no signer is declared for this repository');
});

test('an image is named by its digest as well, and several are judged at once', async () => {
  const first = await run('verify', `${image}:2.4.0`, '-c', 'release.yaml', '-f', 'json');
  const [finding] = JSON.parse(first.stdout).findings;
  const digest = finding.evidence[0].value[0].candidates[0].digest;
  expect(digest).toMatch(/^sha256:/);
  const both = await run('verify', `${image}:2.4.0`, `${image}:2.4.1`, '-c', 'release.yaml');
  expect(both.code).toBe(0);
  const wrong = await run('verify', `${image}@sha256:${'0'.repeat(64)}`, '-c', 'release.yaml');
  expect(wrong.code).toBe(3);
});

test('without signers, or for what is no whole name of an image, nothing is run', async () => {
  const nobody = await run('verify', `${image}:2.4.0`, '-c', 'nobody.yaml');
  expect([nobody.code, nobody.stderr]).toEqual([
    2,
    expect.stringContaining('no signers are declared'),
  ]);
  for (const one of ['shop/api:2.4.0', image, 'registry.example.org/Shop:1'])
    expect((await run('verify', one, '-c', 'release.yaml')).code).toBe(2);
});

test('a scan of the registry says the same of its images', async () => {
  const args = ['scan', '-c', 'release.yaml', '--check', 'recent-images-verified', '-f', 'json'];
  const { stdout } = await run(...args);
  const verdicts = JSON.parse(stdout).findings.map(
    (one: { repository: string; verdict: string }) => [one.repository, one.verdict],
  );
  expect(verdicts).toContainEqual(['shop/api', 'pass']);
  expect(verdicts).toContainEqual(['scratch/tmp', 'not-applicable']);
});
