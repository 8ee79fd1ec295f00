import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import type { Access } from './access.ts';
import { auditExport, auditLog, auditRetention } from './audit.ts';
import { credentials, credentialUse } from './credentials.ts';
import { fromAll } from './grants.ts';
import { legacyStorage } from './legacy-storage.ts';
import { networkAccess, networkBypass, settingsInForce } from './network.ts';
import { scanningApi } from './project.ts';
import type { RepositoryPolicies } from './repository-policies.ts';
import { upstreams } from './upstreams.ts';

export interface RegistrySources {
  readonly api: ArtifactRegistryApi;
  readonly location: string;
  readonly policies: RepositoryPolicies;
  readonly access: Access;
}

/** How each fact of a registry, a project's repositories in a location, is learnt. */
export function registryCollectors(sources: RegistrySources): Collectors<'registry'> {
  const { api, location, policies, access } = sources;
  const { project } = policies;
  return {
    ...access.registry,
    credentials: () => credentials(policies, access),
    credentialUse: () => credentialUse(policies, access),
    networkAccess: () => networkAccess(project),
    networkBypass: () => networkBypass(project, api, location),
    settingsInForce: () => settingsInForce(project),
    transport: async () =>
      join([await project.oldestTls()], (minimumVersion) => ({
        mode: 'https-only',
        minimumVersion,
        certificateEnds: null,
      })),
    auditLog: () => auditLog(project, () => publicRepositories(sources)),
    auditExport: () => auditExport(project),
    auditRetention: () => auditRetention(project),
    upstreams: () => upstreams(policies),
    newRepositories: () => newRepositories(sources),
    legacyStorage: () => legacyStorage(project),
  };
}

async function publicRepositories({
  policies,
  access,
}: RegistrySources): Promise<Fact<readonly string[]>> {
  const all = await policies.repositories();
  if (all.state !== 'known') return gapOf(all);
  const each = await Promise.all(
    all.value.map(async (repository) => {
      const pull = await access.publicPull(repository);
      return join([pull], ({ mode }) => (mode === 'nobody' ? [] : [repository.name]));
    }),
  );
  return join([all, ...each], (_, ...names) => names.flat());
}

/** Without a say of its own a new repository inherits the project's access and the scanning API's state. */
async function newRepositories({
  policies,
  access,
}: RegistrySources): Promise<RegistryFacts['newRepositories']> {
  const { project } = policies;
  const open = fromAll(await access.publicAbove(), (all) => all);
  return join(
    [open, await project.services()],
    (grants, services): ValueOf<RegistryFacts['newRepositories']> => {
      const readers = grants.filter(({ abilities }) => abilities.includes('pull'));
      const doubtful = readers.some(({ conditional }) => conditional);
      if (doubtful && readers.every(({ conditional }) => conditional)) {
        throw new Inconclusive('whether strangers can pull depends on a condition');
      }
      const scanned = services.get(scanningApi);
      if (scanned === undefined) throw new Error(`the state of ${scanningApi} is missing`);
      return [
        {
          origin: 'created by hand',
          visibility: readers.length > 0 ? 'public' : 'private',
          pushScan: scanned ? 'on' : 'off',
          tagLock: { mode: 'chosen-by-creator' },
        },
      ];
    },
  );
}
