import type { OutsideAddress } from '../contract.ts';
import { idParts, imageParts } from '../outside-address.ts';

/** Artifact Registry, Repository and image names; a project of a domain has a slash for its colon. */
export const outside: OutsideAddress = {
  base: (registry) => {
    const location = idParts(registry)[1];
    return location === undefined ? null : `https://${location}-docker.pkg.dev`;
  },
  image: (registry, repository, image) => {
    const parts = imageParts(image);
    if (parts === null || parts.name === '') return null;
    const project = idParts(registry)[0]?.replace(':', '/');
    return { repository: `${project}/${repository}/${parts.name}`, tag: parts.tag };
  },
  realms: () => [],
  prefix: (registry) => `${idParts(registry)[0]?.replace(':', '/')}/`,
};
