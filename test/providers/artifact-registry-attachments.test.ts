import { expect, test } from 'vitest';
import {
  chosen,
  type ImageRow,
  taggedAttachments,
} from '../../src/providers/artifact-registry/decode/images.ts';

const hex = (digit: string) => digit.repeat(64);
const row = (digit: string, tags: string[], more: Partial<ImageRow> = {}): ImageRow => ({
  uri: `host/p/r/app@sha256:${hex(digit)}`,
  image: 'app',
  digest: `sha256:${hex(digit)}`,
  tags,
  uploadedAt: Number(digit),
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactType: '',
  members: [],
  ...more,
});
const named = ['', '.sig', '.att', '.sbom'].map((end) => `sha256-${hex('1')}${end}`);

test('what has a tag made of the digest may be anything of its kind, and is nothing by its name', () => {
  const image = row('1', ['v1']);
  expect(taggedAttachments([image, row('2', named)], image)).toMatchObject([
    { mayBe: 'unclear' },
    { mayBe: 'maybe-signature', says: 'cosign tag .sig' },
    { mayBe: 'maybe-attestation', says: 'cosign tag .att' },
    { mayBe: 'maybe-attestation', says: 'cosign tag .sbom' },
  ]);
});

test('an image that carries tags made of its own digest has nothing attached by them', () => {
  const image = row('1', ['v1', ...named]);
  expect(taggedAttachments([image], image)).toEqual([]);
});

test('charts and build caches are no images', () => {
  const artifacts = [
    'application/vnd.cncf.helm.config.v1+json',
    'application/vnd.buildkit.cacheconfig.v0',
  ].map((artifactType) => row('3', ['1.0.0'], { artifactType }));
  const image = row('1', ['v1'], { artifactType: 'application/vnd.oci.image.config.v1+json' });
  expect(chosen([...artifacts, image], 5, [])).toEqual([image]);
});
