import type { Fix } from '../../model/fix.ts';
import type { Failable } from './failable.ts';
import { access } from './fixes/access.ts';
import { logging } from './fixes/logging.ts';
import { network } from './fixes/network.ts';
import { scanning } from './fixes/scanning.ts';
import { signing } from './fixes/signing.ts';
import { tags } from './fixes/tags.ts';

export const fixes = {
  ...access,
  ...network,
  ...scanning,
  ...signing,
  ...tags,
  ...logging,
} satisfies Record<Failable[keyof Failable], Fix>;
