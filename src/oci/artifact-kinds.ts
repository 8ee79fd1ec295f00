import { bareType } from './kinds.ts';

/**
 * Media types of the config of a container image (OCI Image; Docker Image Manifest V2, of which the first
 * clients sent plain octets).
 */
const imageConfigs = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  'application/octet-stream',
];

/** A type and a subtype (RFC 6838, 4.2). */
const mediaType = /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*$/;
/** Types of images to come, in whatever version. */
const laterConfig = /^application\/vnd\.(?:oci\.image\.config|docker\.container\.image)\b/;

/**
 * Whether an artifact is not a container image: a Helm chart, a BuildKit cache, a WebAssembly module, a
 * model. In: the artifact type of its manifest, or else the media type of its config, as listings report it;
 * null or '': unknown. All adapters exclude such artifacts from the images. An artifact of unknown type, or
 * of a type that is none, counts as an image, because a repository without images passes.
 */
export function isOtherArtifact(type: string | null): boolean {
  return type !== null && mediaType.test(bareType(type)) && !isImageConfig(type);
}

/** Whether the type is that of a container image. */
export function isImageConfig(type: string): boolean {
  const bare = bareType(type);
  return imageConfigs.includes(bare) || laterConfig.test(bare);
}
