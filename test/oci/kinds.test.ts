import { expect, test } from 'vitest';
import { isOtherArtifact } from '../../src/oci/artifact-kinds.ts';
import {
  fallbackTag,
  isAttachmentTag,
  isFallbackTag,
  tagsOf,
} from '../../src/oci/fallback-tags.ts';
import { isIndexMediaType, kindOfArtifact } from '../../src/oci/kinds.ts';
import { isOwnImage } from '../../src/oci/newest-images.ts';

const hex = (digit: string, length = 64) => digit.repeat(length);
const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';

test.each([
  ['application/vnd.cncf.notary.signature', 'signature'],
  ['application/vnd.dev.cosign.artifact.sig.v1+json', 'signature'],
  ['application/spdx+json', 'attestation'],
  ['application/vnd.cyclonedx+json', 'attestation'],
  ['application/vnd.cyclonedx+json; version=1.5', 'attestation'],
  ['application/vnd.syft+json', 'attestation'],
  ['application/vnd.goharbor.harbor.sbom.v1', 'attestation'],
  ['application/sarif+json', 'other'],
  ['application/vnd.amazon.soci.index.v1+json', 'other'],
  ['application/vnd.amazon.soci.index.v2+json', 'other'],
  ['application/vnd.security.vulnerability.report; version=1.1', 'other'],
  ['application/vnd.dev.cosign.artifact.att.v1+json', 'maybe-attestation'],
  ['application/vnd.docker.attestation.manifest.v1+json', 'maybe-attestation'],
  ['application/vnd.oci.empty.v1+json', 'unclear'],
  ['application/vnd.oci.image.config.v1+json', 'unclear'],
  ['application/vnd.cncf.notary.signature.v9', 'unclear'],
  [bundle, 'unclear'],
  ['application/vnd.in-toto+json', 'maybe-attestation'],
  ['application/vnd.dsse.envelope.v1+json', 'maybe-attestation'],
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
  ['https://scout.docker.com/sbom/v0.1', 'attestation'],
  ['https://spdx.dev/Documents', 'maybe-attestation'],
  ['https://sigstore.dev/cosign/sign/v2', 'maybe-attestation'],
  ['https://cosign.sigstore.dev/attestation/vuln/v1', 'other'],
  ['https://cosign.sigstore.dev/attestation/v1', 'other'],
  ['https://in-toto.io/Link/v1', 'other'],
  ['https://in-toto.io/attestation/release/v0.1', 'other'],
  ['https://in-toto.io/attestation/scai/v0.3', 'other'],
  ['https://in-toto.io/attestation/scai/attribute-report/v0.2', 'other'],
  ['https://scout.docker.com/vex/v0.1', 'other'],
  ['https://example.org/new', 'maybe-attestation'],
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
  ['https://sigstore.dev/cosign/sign/v1', 'maybe-attestation'],
  ['', 'maybe-attestation'],
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

test.each([
  ['application/vnd.cncf.helm.config.v1+json', true],
  ['application/vnd.buildkit.cacheconfig.v0', true],
  ['application/vnd.wasm.config.v0+json', true],
  ['application/vnd.docker.plugin.v1+json', true],
  ['application/vnd.oci.image.config.v1+json', false],
  ['application/vnd.docker.container.image.v1+json', false],
  ['', false],
  [null, false],
  ['application/octet-stream', false],
  ['application/vnd.oci.image.config.v2+json', false],
  ['application/vnd.docker.container.image.v3+json; charset=utf-8', false],
  ['application/vnd.oci.image.configuration-of-others+json', true],
  ['NEW_WORD', false],
  ['image', false],
])('what has the type %j is another artefact than an image: %j', (type, is) => {
  expect(isOtherArtifact(type)).toBe(is);
});

test.each(['sha256', 'sha512'])('nothing is attached to itself (%s)', (algorithm) => {
  const digest = `${algorithm}:${hex('a', algorithm === 'sha256' ? 64 : 128)}`;
  const other = `${algorithm}:${hex('b', algorithm === 'sha256' ? 64 : 128)}`;
  const { index, cosign } = tagsOf(digest);
  for (const tag of [index, ...cosign.map((one) => one.tag)]) {
    expect(isAttachmentTag(tag, other)).toBe(true);
    expect(isAttachmentTag(tag, null)).toBe(true);
    expect(isAttachmentTag(tag, digest)).toBe(false);
    expect(isOwnImage({ tags: [tag], digest })).toBe(true);
    expect(isOwnImage({ tags: [tag], digest: other })).toBe(false);
  }
  expect(isAttachmentTag(`${index}.prod`, other)).toBe(false);
});
