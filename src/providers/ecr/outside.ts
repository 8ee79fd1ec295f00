import type { OutsideAddress } from '../contract.ts';
import { idParts, imageParts } from '../outside-address.ts';

/** Amazon ECR user guide, Private registry; ECR Public is there for strangers. */
export const outside: OutsideAddress = {
  base: (registry) => {
    const [account = '', region = ''] = idParts(registry);
    if (!/^\d{12}$/.test(account) || !/^[a-z]{2,}(?:-[a-z]+)+-\d$/.test(region)) return null;
    const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    return `https://${account}.dkr.ecr.${region}.${suffix}`;
  },
  image: (_, repository, image) => {
    const parts = imageParts(image);
    return parts === null ? null : { repository, tag: parts.tag };
  },
  realms: () => [],
};
