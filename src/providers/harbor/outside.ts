import type { OutsideAddress } from '../contract.ts';
import { idParts, imageParts } from '../outside-address.ts';

/** Images of a project stand below its name. */
export const outside: OutsideAddress = {
  base: (registry, { url }) =>
    typeof url === 'string' ? new URL(url).origin : `https://${idParts(registry)[0]}`,
  image: (_, project, image) => {
    const parts = imageParts(image);
    if (parts === null || parts.name === '') return null;
    return { repository: `${project}/${parts.name}`, tag: parts.tag };
  },
  realms: () => [],
};
