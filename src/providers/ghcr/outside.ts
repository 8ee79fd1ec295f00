import type { OutsideAddress } from '../contract.ts';
import { idParts, imageParts } from '../outside-address.ts';

/** Packages stand below their owner; where GitHub is reached is told when it is opened. */
export const outside: OutsideAddress = {
  base: () => null,
  image: (registry, repository, image) => {
    const parts = imageParts(image);
    if (parts === null) return null;
    return { repository: `${ownerOf(registry)}/${repository}`, tag: parts.tag };
  },
  realms: () => [],
  prefix: (registry) => `${ownerOf(registry)}/`,
};

/** Names of images are in lower case, whatever the owner's is. */
function ownerOf(registry: string): string {
  const [owner = ''] = idParts(registry);
  return owner.toLowerCase();
}
