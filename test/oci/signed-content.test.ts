import { describe, expect, test } from 'vitest';
import {
  aboutBundle,
  aboutCose,
  aboutDsse,
  aboutJws,
  aboutSimpleSigning,
} from '../../src/oci/signed-content.ts';
import { digest, hex, other } from './support/registry.ts';
import {
  cose,
  dsse,
  jws,
  messageSignature,
  sigstoreBundle,
  simpleSigning,
  statement,
} from './support/signed.ts';

const bytes = (content: unknown) => Buffer.from(JSON.stringify(content));
const slsa = 'https://slsa.dev/provenance/v1';

test('a simple-signing payload names the digest of its image', () => {
  const about = { digests: [other], predicate: null };
  expect(aboutSimpleSigning(bytes(simpleSigning(other)))).toEqual(about);
  const { type, identity } = simpleSigning().critical;
  const capital = { critical: { type, identity, image: { 'Docker-manifest-digest': other } } };
  expect(aboutSimpleSigning(bytes(capital))).toEqual(about);
});

test.each([
  ['of three bytes', '{}\n'],
  ['that is no JSON', 'bogus'],
  ['that is empty', ''],
  ['of another type', JSON.stringify(simpleSigning(digest, 'atomic container signature'))],
  [
    'that names no image',
    JSON.stringify({ critical: { type: 'cosign container image signature' } }),
  ],
])('a simple-signing payload %s is refused', (_title, text) => {
  expect(() => aboutSimpleSigning(Buffer.from(text))).toThrow();
});

test('a bundle names the subjects of its statement, or the digest that was signed', () => {
  const envelope = { dsseEnvelope: dsse(statement(slsa, hex('2'))) };
  for (const type of [
    'application/vnd.dev.sigstore.bundle.v0.3+json',
    'application/vnd.dev.sigstore.bundle+json;version=0.1',
  ]) {
    const about = { digests: [other], predicate: slsa };
    expect(aboutBundle(bytes(sigstoreBundle(envelope, type)))).toEqual(about);
  }
  const message = sigstoreBundle(messageSignature(hex('2')));
  expect(aboutBundle(bytes(message))).toEqual({ digests: [other], predicate: null });
});

describe('a bundle is refused', () => {
  const envelope = dsse(statement(slsa));
  test.each([
    ['without content', sigstoreBundle({})],
    [
      'with two contents',
      sigstoreBundle({ dsseEnvelope: envelope, ...messageSignature(hex('1')) }),
    ],
    [
      'of a version to come',
      sigstoreBundle({ dsseEnvelope: envelope }, 'application/vnd.dev.sigstore.bundle.v0.4+json'),
    ],
    [
      'without verification material',
      { mediaType: sigstoreBundle({}).mediaType, dsseEnvelope: envelope },
    ],
    [
      'whose envelope is not signed',
      sigstoreBundle({ dsseEnvelope: { ...envelope, signatures: [] } }),
    ],
    ['whose payload is no statement', sigstoreBundle({ dsseEnvelope: dsse({ _type: 'x' }) })],
    [
      'whose payload is of another type',
      sigstoreBundle({ dsseEnvelope: { ...envelope, payloadType: 'text/plain' } }),
    ],
    [
      'whose payload is not base64',
      sigstoreBundle({ dsseEnvelope: { ...envelope, payload: '{}' } }),
    ],
  ])('%s', (_title, content) => {
    expect(() => aboutBundle(bytes(content))).toThrow();
  });
});

test('an envelope of DSSE names the subjects of its statement', () => {
  const older = { ...statement(slsa, hex('2')), _type: 'https://in-toto.io/Statement/v0.1' };
  expect(aboutDsse(bytes(dsse(older)))).toEqual({ digests: [other], predicate: slsa });
});

test('an envelope of Notation names its target, in JWS and in COSE', async () => {
  const about = { digests: [other], predicate: null };
  expect(aboutJws(bytes(jws(other)))).toEqual(about);
  expect(await aboutCose(cose(other))).toEqual(about);
});

test.each([
  ['JWS that is no object', () => aboutJws(Buffer.from('{}\n'))],
  ['JWS that is compact', () => aboutJws(Buffer.from('a.b.c'))],
  ['JWS without a signature', () => aboutJws(bytes({ ...jws(), signature: '' }))],
  ['COSE that is no CBOR', () => aboutCose(Buffer.from([0xff, 0x00]))],
  ['COSE of another tag', () => aboutCose(cose(digest, 98))],
  ['COSE that is an empty list', () => aboutCose(Buffer.from([0xd2, 0x80]))],
  ['COSE nested without end', () => aboutCose(Buffer.alloc(10_000, 0x81))],
])('an envelope of Notation is refused: %s', async (_title, about) => {
  await expect(async () => about()).rejects.toThrow(/./);
});
