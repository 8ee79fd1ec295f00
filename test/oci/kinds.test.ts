import { expect, test } from 'vitest';
import {
  fallbackTag,
  isFallbackTag,
  isIndexMediaType,
  kindOfArtifact,
  tagsOf,
} from '../../src/oci/kinds.ts';

const hex = (digit: string, length = 64) => digit.repeat(length);
const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';

test.each([
  ['application/vnd.cncf.notary.signature', 'signature'],
  ['application/vnd.dev.cosign.artifact.sig.v1+json', 'signature'],
  ['application/spdx+json', 'attestation'],
  ['application/vnd.cyclonedx+json', 'attestation'],
  ['application/sarif+json', 'other'],
  ['application/vnd.oci.empty.v1+json', 'unclear'],
  ['application/vnd.oci.image.config.v1+json', 'unclear'],
  ['application/vnd.cncf.notary.signature.v9', 'unclear'],
  [bundle, 'unclear'],
  ['application/vnd.in-toto+json', 'unclear'],
  ['application/vnd.dsse.envelope.v1+json', 'unclear'],
  ['', 'unclear'],
  ['constructor', 'unclear'],
])('an artifact of type %j is %s', (type, kind) => {
  expect(kindOfArtifact(type)).toBe(kind);
});

test.each([
  ['https://sigstore.dev/cosign/sign/v1', 'signature'],
  ['https://slsa.dev/provenance/v1', 'attestation'],
  ['https://spdx.dev/Document', 'attestation'],
  ['https://spdx.dev/Document/v2.3', 'attestation'],
  ['https://cyclonedx.org/bom', 'attestation'],
  ['https://spdx.dev/Documents', 'unclear'],
  ['https://sigstore.dev/cosign/sign/v2', 'unclear'],
  ['https://cosign.sigstore.dev/attestation/vuln/v1', 'other'],
  ['https://cosign.sigstore.dev/attestation/v1', 'unclear'],
  ['https://example.org/new', 'unclear'],
  ['', 'unclear'],
])('a bundle with the predicate %j is %s', (predicate, kind) => {
  const annotations = { 'dev.sigstore.bundle.predicateType': predicate };
  expect(kindOfArtifact(bundle, annotations)).toBe(kind);
  expect(kindOfArtifact('application/vnd.example', annotations)).toBe('unclear');
});

test.each([
  ['https://slsa.dev/provenance/v0.2', 'attestation'],
  ['https://spdx.dev/Document', 'attestation'],
  ['https://openvex.dev/ns/v0.2.0', 'other'],
  ['https://cosign.sigstore.dev/attestation/vuln/v1', 'other'],
  ['https://sigstore.dev/cosign/sign/v1', 'unclear'],
  ['', 'unclear'],
])('an in-toto statement with the predicate %j is %s', (predicate, kind) => {
  for (const annotations of [
    { 'in-toto.io/predicate-type': predicate },
    { predicateType: predicate },
  ]) {
    expect(kindOfArtifact('application/vnd.in-toto+json', annotations)).toBe(kind);
    expect(kindOfArtifact('application/vnd.dsse.envelope.v1+json', annotations)).toBe(kind);
  }
});

test('fallback tags are those of the specification and of cosign', () => {
  expect(tagsOf(`sha256:${hex('a')}`)).toMatchObject({
    index: `sha256-${hex('a')}`,
    cosign: ['.sig', '.att', '.sbom'].map((suffix) => ({ tag: `sha256-${hex('a')}${suffix}` })),
  });
  expect(fallbackTag(`sha512:${hex('a', 128)}`)).toBe(`sha512-${hex('a')}`);
  expect(fallbackTag('multihash+base58:QmRZx')).toBe('multihash-base58-QmRZx');
});

test.each([
  [`sha256-${hex('a')}`, true],
  [`sha256-${hex('a')}.sig`, true],
  [`sha256-${hex('a')}.att`, true],
  [`sha256-${hex('a')}.sbom`, true],
  [`sha512-${hex('a')}`, true],
  [`sha512-${hex('a', 128)}.sig`, true],
  [`sha256-${hex('a', 63)}`, false],
  [`sha256-${hex('a')}.sign`, false],
  [`sha256-${hex('a')}x`, false],
  [`v1-sha256-${hex('a')}`, false],
  ['latest', false],
])('the tag %s hangs on another image: %j', (tag, hangs) => {
  expect(isFallbackTag(tag)).toBe(hangs);
});

test.each([
  ['application/vnd.oci.image.index.v1+json', true],
  ['application/vnd.docker.distribution.manifest.list.v2+json', true],
  ['application/vnd.oci.image.manifest.v1+json', false],
  ['', false],
])('%s is an index: %j', (type, is) => {
  expect(isIndexMediaType(type)).toBe(is);
});
