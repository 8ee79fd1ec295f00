import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Candidate } from '../../src/model/candidates.ts';
import { emptyFolder } from '../support/run-cli.ts';
import {
  bundleCertified,
  bundleSigned,
  digestOf,
  statement,
  trustedRoot,
} from '../support/signing/cosign.ts';
import { notationSigned } from '../support/signing/notation.ts';
import {
  certificate,
  claim,
  codeSigning,
  keyPair,
  pemOf,
  timeStamping,
} from '../support/signing/pki.ts';
import { judged } from '../support/signing/verdict.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, section = ''] = readme.split('\n## Whose signature\n');
const [own = ''] = section.split('\n## ');
const blocks = [...own.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);

const release = keyPair('p256');
const root = certificate({ name: 'C=DE,ST=BE,O=acme,CN=root', ca: true });
const fulcio = certificate({ name: 'O=acme,CN=fulcio', ca: true });
const tsaRoot = certificate({ name: 'O=acme,CN=stamp root', ca: true });
const tsa = certificate({ name: 'O=acme,CN=stamps', usage: [timeStamping], issuer: tsaRoot });
const policy = {
  trustPolicies: [
    {
      name: 'all',
      registryScopes: ['*'],
      signatureVerification: { level: 'strict' },
      trustStores: ['ca:acme'],
      trustedIdentities: ['x509.subject: C=DE, ST=BE, O=acme'],
    },
  ],
};
const folder = emptyFolder();
const files = {
  'trust/release.pub': pemOf(release.publicKey),
  'trust/company-ca.pem': root.pem,
  'trust/tsa.pem': tsaRoot.pem,
  'trust/root.json': JSON.stringify(trustedRoot({ ca: fulcio, tsa: [tsa, tsaRoot] })),
  'trust/notation/trustpolicy.json': JSON.stringify(policy),
  'trust/notation/truststore/x509/ca/acme/root.pem': root.pem,
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** What a set-up of the README says of a signature in `prod/app`. */
async function verdict(block: string, candidate: Candidate): Promise<string> {
  const file = join(folder, 'regaudit.yaml');
  writeFileSync(file, block);
  const here = { environment: {}, now: new Date('2026-02-01T00:00:00Z'), cwd: folder };
  const { trust } = await loadConfig(file, { checks: [], providers: {}, formats: [] }, here);
  const image = { image: 'v1', digest: digestOf('a'), candidates: [candidate] };
  return judged([image], trust?.signers ?? [], { repository: 'prod/app' }).word;
}

const digest = digestOf('a');
const [byKey = '', byGithub = '', byNotation = ''] = blocks;

test('the section has three set-ups', () => expect(blocks).toHaveLength(3));

test('with a key of cosign, its signature passes and that of another key fails', async () => {
  expect(await verdict(byKey, bundleSigned(digest, release.privateKey))).toBe('pass');
  expect(await verdict(byKey, bundleSigned(digest, keyPair('p256').privateKey))).toBe('fail');
});

test('with a repository at GitHub, its workflow passes and a stranger fails', async () => {
  const signed = (source: string) => {
    const workflow = `https://github.com/${source}/.github/workflows/build.yml@refs/tags/v1`;
    const extensions = [
      claim(8, 'https://token.actions.githubusercontent.com'),
      claim(9, workflow),
      claim(11, 'github-hosted'),
      claim(12, `https://github.com/${source}`),
      claim(14, 'refs/tags/v1'),
    ];
    const wish = {
      name: 'CN=leaf',
      issuer: fulcio,
      usage: [codeSigning],
      uri: workflow,
      extensions,
    };
    const stamp = { tsa, at: '2026-01-10T00:00:00Z' };
    return bundleCertified(digest, certificate(wish), stamp, statement(digest));
  };
  // The root of a test stands for that of the public instance.
  const block = `${byGithub}  trustedRoot: trust/root.json\n`;
  expect(await verdict(block, signed('acme/app'))).toBe('pass');
  expect(await verdict(block, signed('eve/app'))).toBe('fail');
});

test('with a company CA, its subject passes and another subject fails', async () => {
  const signed = (name: string) => {
    const leaf = certificate({ name, issuer: root, usage: [codeSigning] });
    return notationSigned({ digest, chain: [leaf, root] });
  };
  expect(await verdict(byNotation, signed('C=DE,ST=BE,O=acme,CN=release'))).toBe('pass');
  expect(await verdict(byNotation, signed('C=DE,ST=BE,O=eve,CN=release'))).toBe('fail');
});
