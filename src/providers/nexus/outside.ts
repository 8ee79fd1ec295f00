import type { OutsideAddress } from '../contract.ts';
import { idParts, imageParts } from '../outside-address.ts';

/** Each repository is a registry below the server's address, whichever connectors it has besides. */
export const outside: OutsideAddress = {
  base: (registry, { url }) =>
    typeof url === 'string' ? url.replace(/\/+$/, '') : `https://${idParts(registry).join('/')}`,
  image: (_, repository, image) => {
    const parts = imageParts(image);
    if (parts === null || parts.name === '') return null;
    const below = `/repository/${encodeURIComponent(repository)}`;
    return { repository: parts.name, tag: parts.tag, below };
  },
  realms: () => [],
};
