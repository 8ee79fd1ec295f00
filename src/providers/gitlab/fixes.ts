import type { Fix } from '../../model/fix.ts';
import type { Failable } from './failable.ts';
import { access } from './fixes/access.ts';
import { logging } from './fixes/logging.ts';
import { network } from './fixes/network.ts';
import { platform } from './fixes/platform.ts';
import { retention } from './fixes/retention.ts';
import { scanning } from './fixes/scanning.ts';
import { signing } from './fixes/signing.ts';
import { storage } from './fixes/storage.ts';
import { tags } from './fixes/tags.ts';
import { upstreams } from './fixes/upstreams.ts';

export const fixes = {
  ...access,
  ...network,
  ...scanning,
  ...signing,
  ...tags,
  ...retention,
  ...logging,
  ...upstreams,
  ...storage,
  ...platform,
} satisfies Record<Failable[keyof Failable], Fix>;
