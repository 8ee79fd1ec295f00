import type { Fix } from '../../model/fix.ts';
import type { Failable } from './failable.ts';
import { access } from './fixes/access.ts';
import { network } from './fixes/network.ts';
import { signing } from './fixes/signing.ts';

export const fixes = {
  ...access,
  ...network,
  ...signing,
} satisfies Record<Failable[keyof Failable], Fix>;
