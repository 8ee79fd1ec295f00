import type { OutsideAddress } from '../contract.ts';
import { imageParts } from '../outside-address.ts';

/** The login server is a setting of the registry: its domain may have a label that the name does not tell. */
export const outside: OutsideAddress = {
  base: () => null,
  image: (_, repository, image) => {
    const parts = imageParts(image);
    return parts === null ? null : { repository, tag: parts.tag };
  },
  realms: () => [],
};
