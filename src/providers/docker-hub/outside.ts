import type { OutsideAddress } from '../contract.ts';
import { idParts, imageParts } from '../outside-address.ts';

export const outside: OutsideAddress = {
  base: (_, { registryEndpoint }) =>
    typeof registryEndpoint === 'string' ? registryEndpoint : 'https://registry-1.docker.io',
  image: (registry, repository, image) => {
    const parts = imageParts(image);
    if (parts === null) return null;
    return { repository: `${idParts(registry)[0]}/${repository}`, tag: parts.tag };
  },
  realms: () => ['auth.docker.io'],
  prefix: (registry) => `${idParts(registry)[0]}/`,
};
