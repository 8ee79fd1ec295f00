import { sign } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  bundleSigned,
  covered,
  digestOf,
  simpleSigned,
  statement,
} from '../support/signing/cosign.ts';
import { type KeyKind, keyPair, pemOf } from '../support/signing/pki.ts';
import { declare, type Filed, judged } from '../support/signing/verdict.ts';

const release = keyPair('p256');
const other = keyPair('p256');
const files = {
  'release.pub': pemOf(release.publicKey),
  'other.pub': pemOf(other.publicKey),
};
const byRelease = await declare([{ name: 'release key', key: 'release.pub' }], files);
const byOther = await declare([{ name: 'other key', key: 'other.pub' }], files);

const digest = digestOf('a');
const image = (...candidates: Filed['candidates']): Filed => ({ image: 'v1', digest, candidates });

test('a signature of the declared key passes, in the tag and in the bundle', () => {
  for (const one of [
    simpleSigned(digest, release.privateKey),
    bundleSigned(digest, release.privateKey),
  ])
    expect(judged([image(one)], byRelease)).toEqual({
      word: 'pass',
      says: '1 of 1 newest images are signed by release key',
    });
});

test('a signature of a key that is not declared fails, whatever its form', () => {
  for (const one of [
    simpleSigned(digest, release.privateKey),
    bundleSigned(digest, release.privateKey),
  ])
    expect(judged([image(one)], byOther)).toEqual({
      word: 'fail',
      says: 'newest images without a good signature by a declared signer: 1 of 1 (v1: it is signed by a key that is not in expect.signers)',
    });
});

test('one good signature passes an image, whatever else hangs on it', () => {
  const candidates = [
    simpleSigned(digest, release.privateKey),
    bundleSigned(digestOf('b'), release.privateKey),
    bundleSigned(digest, other.privateKey),
  ];
  expect(judged([image(...candidates)], byOther).word).toBe('pass');
});

test('a signature that was copied from another image fails and names that image', () => {
  for (const one of [
    simpleSigned(digestOf('b'), release.privateKey),
    bundleSigned(digestOf('b'), release.privateKey),
  ]) {
    const { word, says } = judged([image(one)], byRelease);
    expect(word).toBe('fail');
    expect(says).toContain(`the signature filed here is of ${digestOf('b')}`);
  }
});

test('a bogus payload or signature fails', () => {
  const good = simpleSigned(digest, release.privateKey);
  const bogus = [
    simpleSigned(digest, release.privateKey, { payload: Buffer.from('{}') }),
    { ...good, annotations: { 'dev.cosignproject.cosign/signature': 'bogus bogus' } },
    { ...good, annotations: {} },
    { ...good, annotations: { 'dev.cosignproject.cosign/signature': 'Ym9ndXM=' } },
  ];
  for (const one of bogus) expect(judged([image(one)], byRelease).word).toBe('fail');
});

test('a scan, an SBOM or a custom statement by the declared key is no signature', () => {
  for (const type of [
    'https://cosign.sigstore.dev/attestation/vuln/v1',
    'https://cyclonedx.org/bom',
    'https://cosign.sigstore.dev/attestation/v1',
    'https://slsa.dev/provenance/v1',
  ]) {
    const payload = statement(digest, type);
    const { word, says } = judged(
      [image(bundleSigned(digest, release.privateKey, { payload }))],
      byRelease,
    );
    expect(word).toBe('fail');
    expect(says).toContain(`only a statement of type ${type} by a declared signer`);
  }
});

test('provenance passes where it is declared to count', async () => {
  const type = 'https://slsa.dev/provenance/v1';
  const signers = await declare(
    [{ name: 'builder', key: 'release.pub', statements: [type] }],
    files,
  );
  const payload = statement(digest, type);
  const one = bundleSigned(digest, release.privateKey, { payload });
  expect(judged([image(one)], signers).word).toBe('pass');
  expect(judged([image(bundleSigned(digest, release.privateKey))], signers).word).toBe('fail');
});

test.each<[KeyKind, string, 'pass' | 'unknown']>([
  ['p384', 'sha384', 'pass'],
  ['p384', 'sha256', 'pass'],
  ['p521', 'sha512', 'pass'],
  ['p521', 'sha256', 'pass'],
  ['rsa', 'sha256', 'pass'],
  ['ed25519', 'none', 'pass'],
])('a key of kind %s with hash %s is verified', async (kind, hash, word) => {
  const { privateKey, publicKey } = keyPair(kind);
  const signers = await declare([{ name: 'key', key: 'k.pub' }], { 'k.pub': pemOf(publicKey) });
  const wish = { hash: hash === 'none' ? null : hash };
  for (const one of [
    simpleSigned(digest, privateKey, wish),
    bundleSigned(digest, privateKey, wish),
  ])
    expect(judged([image(one)], signers).word).toBe(word);
});

test('a signature of an Ed25519 key that may be prehashed is unknown', async () => {
  const declared = keyPair('ed25519');
  const signers = await declare([{ name: 'key', key: 'k.pub' }], {
    'k.pub': pemOf(declared.publicKey),
  });
  const stranger = keyPair('ed25519');
  expect(judged([image(simpleSigned(digest, stranger.privateKey))], signers)).toEqual({
    word: 'unknown',
    says: 'v1: a signature of a declared Ed25519 key may be of a kind not verified here',
  });
});

test('the hash that is declared is the only one that counts', async () => {
  const { privateKey, publicKey } = keyPair('p384');
  const pem = { 'k.pub': pemOf(publicKey) };
  const signers = await declare([{ name: 'key', key: 'k.pub', hash: 'sha384' }], pem);
  expect(judged([image(simpleSigned(digest, privateKey, { hash: 'sha256' }))], signers).word).toBe(
    'fail',
  );
});

test('an unsigned image fails, and stays so beside one that was not read', () => {
  const bare = image();
  const unread: Filed = {
    image: 'v2',
    digest: digestOf('b'),
    candidates: [],
    unread: ['cosign tag .sig'],
  };
  expect(judged([bare], byRelease).says).toContain('v1: no signature beside the image');
  expect(judged([bare, unread], byRelease).word).toBe('fail');
  expect(judged([unread], byRelease)).toEqual({
    word: 'unknown',
    says: 'v2: not read: cosign tag .sig',
  });
});

test('a signature of an index passes, signatures of its platforms alone do not', () => {
  const platforms = [digestOf('amd64'), digestOf('arm64')];
  const index = digestOf('index');
  const ofPlatforms = platforms.map((one) => simpleSigned(one, release.privateKey));
  const filed: Filed = { image: 'v1', digest: index, candidates: [] };
  const signed = { ...filed, candidates: [simpleSigned(index, release.privateKey)] };
  expect(judged([signed], byRelease).word).toBe('pass');
  expect(judged([{ ...filed, candidates: ofPlatforms }], byRelease).word).toBe('fail');
});

test('signatures kept in another repository are unknown until that was searched', async () => {
  const signers = await declare(
    [{ name: 'release key', key: 'release.pub', signaturesIn: 'team/signatures' }],
    files,
  );
  expect(judged([image()], signers)).toEqual({
    word: 'unknown',
    says: 'v1: not read: signatures in team/signatures',
  });
  const found = { ...image(simpleSigned(digest, release.privateKey)), alsoIn: ['team/signatures'] };
  expect(judged([found], signers).word).toBe('pass');
  expect(judged([{ ...image(), alsoIn: ['team/signatures'] }], signers).word).toBe('fail');
});

test('a payload of another type, a doubled signature and a newer bundle never pass', () => {
  const payload = statement(digest);
  const inner = bundleSigned(digest, release.privateKey);
  const bundle = JSON.parse(Buffer.from(inner.content, 'base64').toString());
  const changed = (change: object) => ({
    ...inner,
    content: Buffer.from(JSON.stringify({ ...bundle, ...change })).toString('base64'),
  });
  const text = { ...bundle.dsseEnvelope, payloadType: 'text/plain' };
  const twice = {
    ...bundle.dsseEnvelope,
    signatures: [...bundle.dsseEnvelope.signatures, ...bundle.dsseEnvelope.signatures],
  };
  const newer = changed({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.9+json' });
  expect(judged([image(changed({ dsseEnvelope: text }))], byRelease).word).toBe('fail');
  expect(judged([image(changed({ dsseEnvelope: twice }))], byRelease).word).toBe('fail');
  expect(judged([image(newer)], byRelease).word).toBe('unknown');
  const bare = sign('sha256', payload, release.privateKey);
  expect(bare.equals(sign('sha256', covered(payload), release.privateKey))).toBe(false);
});

test('a repository that no entry covers is not applicable', async () => {
  const signers = await declare(
    [{ name: 'release key', repositories: ['prod/*'], key: 'release.pub' }],
    files,
  );
  const one = image(simpleSigned(digest, release.privateKey));
  expect(judged([one], signers, { repository: 'dev/app' })).toEqual({
    word: 'not-applicable',
    says: 'no signer is declared for this repository',
  });
  expect(judged([one], signers, { repository: 'prod/app' }).word).toBe('pass');
});
