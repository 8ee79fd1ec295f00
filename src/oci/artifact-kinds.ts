import { bareType } from './kinds.ts';

/** Media types of the configuration of a container image (OCI Image, Docker Image Manifest V2). */
const imageConfigs = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/**
 * Whether something in a registry is another kind of artefact than a container image: a Helm chart, a build
 * cache of BuildKit, a WebAssembly module, a model. In: the artifact type of its manifest, else the media
 * type of its configuration, as listings give it; null or empty: the listing does not tell. Shared by all
 * adapters: such artefacts are neither scanned nor signed as images and are judged as images nowhere. What
 * does not tell stays an image, because a repository without images passes.
 */
export function isOtherArtifact(type: string | null): boolean {
  return type !== null && type !== '' && !imageConfigs.includes(bareType(type));
}
