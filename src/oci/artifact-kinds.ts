import { bareType } from './kinds.ts';

/** Media types of the config of a container image (OCI Image, Docker Image Manifest V2). */
const imageConfigs = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/**
 * Whether an artifact is not a container image: a Helm chart, a BuildKit cache, a WebAssembly module, a
 * model. In: the artifact type of its manifest, or else the media type of its config, as listings report it;
 * null or '': unknown. All adapters exclude such artifacts from the images. An artifact of unknown type
 * counts as an image, because a repository without images passes.
 */
export function isOtherArtifact(type: string | null): boolean {
  return type !== null && type !== '' && !imageConfigs.includes(bareType(type));
}
