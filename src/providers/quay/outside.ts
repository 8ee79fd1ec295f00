import type { OutsideAddress } from '../contract.ts';
import { idParts, imageParts } from '../outside-address.ts';

/** Repositories stand below their namespace, on a host that all namespaces share. */
export const outside: OutsideAddress = {
  base: (registry, { url }) =>
    typeof url === 'string' ? new URL(url).origin : `https://${idParts(registry)[0]}`,
  image: (registry, repository, image) => {
    const parts = imageParts(image);
    if (parts === null) return null;
    return { repository: `${idParts(registry)[1]}/${repository}`, tag: parts.tag };
  },
  realms: () => [],
  prefix: (registry) => `${idParts(registry)[1]}/`,
};
