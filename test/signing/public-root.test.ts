import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { BuilderEntry } from '../../src/model/signer-entry.ts';
import shipped from '../../src/signing/public-good-root.json' with { type: 'json' };
import { bundleCandidate, trustedRoot } from '../support/signing/cosign.ts';
import { certificate } from '../support/signing/pki.ts';
import { declare, type Filed, judged } from '../support/signing/verdict.ts';

/** Provenance by a workflow of GitHub Actions, recorded with its entry in the public log in December 2024. */
const text = readFileSync(
  new URL('../recordings/signing/public-provenance.json', import.meta.url),
  'utf8',
);
const recorded = JSON.parse(text);
const digest = 'sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf';
const provenance = 'https://slsa.dev/provenance/v1';
const source = 'sigstore-conformance/extremely-dangerous-public-oidc-beacon';
const issuer = 'https://token.actions.githubusercontent.com';
const subject = `https://github.com/${source}/.github/workflows/*@refs/heads/main`;

const image = (bundle: object = recorded, of = digest): Filed => ({
  image: 'v1',
  digest: of,
  candidates: [bundleCandidate(bundle)],
});

function changed(change: (bundle: typeof recorded) => void): object {
  const copy = structuredClone(recorded);
  change(copy);
  return copy;
}

const files = {
  'copy.json': JSON.stringify(shipped),
  'no-log.json': JSON.stringify({ ...shipped, tlogs: shipped.tlogs.slice(1) }),
  'other.json': JSON.stringify(trustedRoot({ ca: certificate({ name: 'O=acme', ca: true }) })),
};
const entry: BuilderEntry = { name: 'public', issuer, subject, statements: [provenance] };
const by = (change: Partial<BuilderEntry> = {}) => declare([{ ...entry, ...change }], files);

test('public provenance passes by issuer and subject, by its repository and by a copy of the root', async () => {
  for (const signers of [
    await by(),
    await by({ root: 'copy.json' }),
    await declare([{ name: 'GitHub', github: source }]),
    await declare([{ name: 'GitHub', github: 'sigstore-conformance/*', ownerId: 131804563 }]),
  ])
    expect(judged([image()], signers)).toMatchObject({ word: 'pass' });
});

test('public provenance fails by another subject, issuer, repository, statement or image', async () => {
  for (const signers of [
    await by({
      subject: `https://github.com/${source}/.github/workflows/other.yml@refs/heads/main`,
    }),
    await by({ issuer: 'https://accounts.google.com' }),
    await by({ statements: ['https://sigstore.dev/cosign/sign/v1'] }),
    await declare([{ name: 'GitHub', github: 'acme/app' }]),
    await declare([{ name: 'GitHub', github: source, ownerId: 1 }]),
  ])
    expect(judged([image()], signers).word).toBe('fail');
  expect(judged([image(recorded, `sha256:${'0'.repeat(64)}`)], await by()).word).toBe('fail');
});

test('without the log entry, or with its time, body or promise altered, it fails', async () => {
  const entries = (bundle: typeof recorded) => bundle.verificationMaterial.tlogEntries;
  const ways: readonly ((bundle: typeof recorded) => void)[] = [
    (bundle) => {
      bundle.verificationMaterial.tlogEntries = [];
    },
    (bundle) => {
      entries(bundle)[0].integratedTime = '1734374577';
    },
    (bundle) => {
      entries(bundle)[0].canonicalizedBody = Buffer.from('{"kind":"dsse"}').toString('base64');
    },
    (bundle) => {
      entries(bundle)[0].inclusionPromise.signedEntryTimestamp =
        Buffer.alloc(70).toString('base64');
    },
    (bundle) => {
      bundle.dsseEnvelope.signatures[0].sig = Buffer.alloc(70).toString('base64');
    },
  ];
  for (const way of ways) expect(judged([image(changed(way))], await by()).word).toBe('fail');
});

test('a log that the root lacks is unknown with the root of this build and fails with a declared one', async () => {
  const foreign = changed((bundle) => {
    bundle.verificationMaterial.tlogEntries[0].logId.keyId = Buffer.alloc(32, 7).toString('base64');
  });
  expect(judged([image(foreign)], await by())).toEqual({
    word: 'unknown',
    says: expect.stringMatching(
      /the Sigstore root of this regaudit \(\d{4}-\d\d-\d\d\) does not have/,
    ),
  });
  expect(judged([image()], await by({ root: 'no-log.json' })).word).toBe('fail');
  expect(judged([image()], await by({ root: 'other.json' })).word).toBe('fail');
});
