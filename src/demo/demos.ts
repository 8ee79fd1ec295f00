import { acrDemo } from './acr/demo.ts';
import { artifactRegistryDemo } from './artifact-registry/demo.ts';
import { ecrDemo } from './aws/demo.ts';
import type { ServedDemo } from './demo.ts';
import { dockerHubDemo } from './docker-hub/demo.ts';
import { ghcrDemo } from './ghcr/demo.ts';
import { gitlabDemo } from './gitlab/demo.ts';
import { harborDemo } from './harbor/demo.ts';
import { nexusDemo } from './nexus/demo.ts';
import { ociDemo } from './oci/demo.ts';

/** All demos in display order. */
export const demos: readonly (() => Promise<ServedDemo>)[] = [
  ecrDemo,
  acrDemo,
  artifactRegistryDemo,
  harborDemo,
  dockerHubDemo,
  ghcrDemo,
  nexusDemo,
  gitlabDemo,
  ociDemo,
];
