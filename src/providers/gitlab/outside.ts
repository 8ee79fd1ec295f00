import type { OutsideAddress } from '../contract.ts';
import { idParts, imageParts } from '../outside-address.ts';

/** The registry of an instance of one's own may be anywhere: `registryUrl` names it. GitLab issues its tokens. */
export const outside: OutsideAddress = {
  base: (registry, { registryUrl }) => {
    if (typeof registryUrl === 'string') return registryUrl;
    return idParts(registry)[0] === 'gitlab.com' ? 'https://registry.gitlab.com' : null;
  },
  image: (_, repository, image) => {
    const parts = imageParts(image);
    return parts === null ? null : { repository, tag: parts.tag };
  },
  realms: (registry) => idParts(registry).slice(0, 1),
  prefix: (registry) => {
    const [, ...group] = idParts(registry);
    return group.length === 0 ? '' : `${group.join('/')}/`;
  },
};
