import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join } from '../../facts.ts';
import { administrators, credentials, projectCreation } from './access.ts';
import { auditExport, auditLog } from './capabilities.ts';
import { anonymousCatalog, anonymousPush } from './public-access.ts';
import { isMissingRoute, supportOf } from './releases.ts';
import type { Settings } from './settings.ts';
import { directory, sharedLogin, signIn } from './sign-in.ts';
import { type Probe, transport } from './transport.ts';
import { upstreams } from './upstreams.ts';

/** How each fact of a server is learnt. */
export function registryCollectors(settings: Settings, probe: Probe): Collectors<'registry'> {
  return {
    anonymousPush: () => anonymousPush(settings),
    anonymousCatalog: () => anonymousCatalog(settings),
    sharedLogin: () => sharedLogin(settings),
    signIn: () => signIn(settings),
    credentials: () => credentials(settings),
    administrators: () => administrators(settings),
    projectCreation: () => projectCreation(settings),
    networkAccess: () => networkAccess(settings),
    transport: () => transport(settings, probe),
    auditLog: () => auditLog(settings),
    auditExport: () => auditExport(settings),
    upstreams: () => upstreams(settings),
    version: async () =>
      join([await settings.release()], (release) => ({
        product: 'Nexus Repository',
        version: release.text,
        support: supportOf(release, probe.now),
      })),
    directory: () => directory(settings),
  };
}

/** Up to this release the route is known to be missing. */
const lastWithoutAllowList = 71;

/** Monitoring blocks nothing. */
async function networkAccess(settings: Settings): Promise<RegistryFacts['networkAccess']> {
  const mode = await settings.ipAllowListMode();
  if (await isMissingRoute(mode, lastWithoutAllowList, settings)) {
    return join([await settings.release()], ({ text }) => ({
      mode: 'open',
      reason: 'plan',
      detail: `release ${text} has no IP allow list`,
    }));
  }
  if (mode.state !== 'known') return mode;
  if (mode.value !== 'ENFORCE') {
    const detail = `the IP allow list is in the mode ${mode.value}`;
    return join([mode], () => ({ mode: 'open', reason: 'chosen', detail }));
  }
  return join([mode, await settings.ipAllowList()], (_, entries) => {
    if (entries.length === 0) throw new Inconclusive('the IP allow list is enforced and empty');
    return { mode: 'limited', ranges: [...entries], networks: [] };
  });
}
