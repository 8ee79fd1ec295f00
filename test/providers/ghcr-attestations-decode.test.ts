import { describe, expect, it } from 'vitest';
import { bundleOf, digestOf } from '../../src/demo/ghcr/content.ts';
import { attestation, attestationPage } from '../../src/providers/ghcr/decode/attestations.ts';

describe('an attestation', () => {
  const digest = digestOf('image');
  const slsa = 'https://slsa.dev/provenance/v1';
  const read = (bundle: object | null, repository_id = 42) =>
    attestation({ bundle, repository_id }, digest, (id) => `repository ${id}`);

  it('of this digest is provenance of the repository that GitHub keeps it for', () => {
    expect(read(bundleOf(digest, slsa))).toMatchObject({
      kind: 'attestation',
      isProvenance: true,
      says: `attested at GitHub for repository 42 (${slsa})`,
    });
  });

  it('of another digest is none of this one', () => {
    expect(read(bundleOf(digestOf('other'), slsa)).kind).toBe('other');
  });

  it('that is an SBOM attests and is no provenance', () => {
    const sbom = read(bundleOf(digest, 'https://cyclonedx.org/bom'));
    expect(sbom).toMatchObject({ kind: 'attestation', isProvenance: false });
  });

  it('of an immutable release says nothing about an image', () => {
    expect(read(bundleOf(digest, 'https://in-toto.io/attestation/release/v0.1')).kind).toBe(
      'other',
    );
  });

  it.each([
    ['without its bundle', null],
    ['with a bundle of a new kind', { mediaType: 'application/vnd.example+json' }],
    ['with an envelope that nobody signed', { ...bundleOf(digest, slsa), dsseEnvelope: {} }],
    ['with a statement of a new kind', bundleOf(digest, 'https://example.org/new')],
  ])('%s is a doubt', (_, bundle) => {
    expect(read(bundle).kind).toBe('doubt');
  });

  it('is listed by digest, where null is none that the token may see', () => {
    const page = (digests: object, info: object = { has_next: false }) =>
      attestationPage({ attestations_subject_digests: digests, page_info: info });
    expect(page({ [digest]: null }).of.size).toBe(0);
    expect(page({ [digest]: [{}] }).of.get(digest)).toHaveLength(1);
    expect(page({}, { has_next: true, next: 'cursor' }).next).toBe('cursor');
    expect(() => page({}, { has_next: true })).toThrow(/next/);
    expect(() => page({ [digest]: {} })).toThrow();
  });
});
