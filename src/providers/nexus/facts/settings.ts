import { once, oncePer } from '../../../http/once.ts';
import { type Fact, unknownFor } from '../../../model/fact.ts';
import { Denied, Inconclusive, join, known } from '../../facts.ts';
import { eachEntry } from '../../parts.ts';
import { cleanupPolicy } from '../decode/cleanup.ts';
import { privilege } from '../decode/privilege.ts';
import { type Release, releaseInDescription } from '../decode/release.ts';
import { repository } from '../decode/repository.ts';
import { anonymous, listOf, realms, role, user } from '../decode/security.ts';
import {
  capability,
  defaultAdministratorWorks,
  ipAllowListEntry,
  ipAllowListMode,
  iqConnection,
  ldapServer,
  routingRule,
  saml,
  task,
  userTokens,
} from '../decode/server.ts';
import { blobStore, bucketEncryption } from '../decode/storage.ts';
import { type NexusCall, operations } from '../operations.ts';
import type { NexusOptions } from '../options.ts';
import type { NexusApi } from '../wire/api.ts';
import { type Directory, directoryOf, implied } from './directory.ts';

/** Settings of the server, each read when first needed and only once. */
export type Settings = ReturnType<typeof settingsOf>;

export interface SettingsInput {
  readonly api: NexusApi;
  readonly caller: string;
  readonly release: Release | null;
  readonly options: NexusOptions;
}

export function settingsOf({ api, caller, release, options }: SettingsInput) {
  /** A listing that is not paged; an entry that is not understood leaves the others. */
  const listed = <T>(name: NexusCall, decode: (raw: unknown) => readonly T[]) =>
    once(async () => eachEntry(await api.one(name, listOf), decode));
  const allSettings = once(() => api.one('listRepositorySettings', listOf));
  const users = listed('listUsers', (raw) => [user(raw)]);
  const directory = once(
    async (): Promise<Directory> =>
      directoryOf({
        users: await users(),
        roles: await listed('listRoles', (raw) => [role(raw)])(),
        privileges: await listed('listPrivileges', (raw) => [privilege(raw)])(),
      }),
  );
  const capabilities = listed('listCapabilities', (raw) => [capability(raw)]);
  const releaseOf = once(async () =>
    release === null
      ? api.one('getApiDescription', releaseInDescription)
      : known('getStatus', '', () => release),
  );
  return {
    options,
    release: releaseOf,
    repositories: once(async () =>
      eachEntry(await allSettings(), (raw) => {
        const one = repository(raw);
        return one === null ? [] : [one];
      }),
    ),
    /** How many repositories of all formats are listed. */
    entries: async () => {
      const all = await allSettings();
      return all.state === 'known' ? all.value.length : 0;
    },
    seesAll: once(async () => seesAll(caller, await directory())),
    holds: async (wanted: string) => holds(caller, wanted, await directory()),
    users,
    directory,
    anonymous: once(() => api.one('getAnonymous', anonymous)),
    realms: once(() => api.one('listRealms', realms)),
    defaultAdministratorWorks: once(() => api.one('getStatusChecks', defaultAdministratorWorks)),
    capabilities,
    tasks: once(async () =>
      eachEntry(await api.all('listTasks', (all) => all), (raw) => [task(raw)]),
    ),
    cleanupPolicies: listed('listCleanupPolicies', (raw) => [cleanupPolicy(raw)]),
    blobStores: listed('listBlobStores', (raw) => [blobStore(raw)]),
    s3: oncePer((name) =>
      api.one('getS3BlobStore', (raw) => bucketEncryption(raw, name), { params: { name } }),
    ),
    google: oncePer((name) =>
      api.one('getGoogleBlobStore', (raw) => bucketEncryption(raw, name), { params: { name } }),
    ),
    routingRules: listed('listRoutingRules', (raw) => [routingRule(raw)]),
    userTokens: once(() => api.one('getUserTokens', userTokens)),
    ldapServers: listed('listLdapServers', (raw) => [ldapServer(raw)]),
    saml: once(() => api.one('getSaml', saml)),
    ipAllowListMode: once(() => api.one('getIpAllowList', ipAllowListMode)),
    ipAllowList: once(() => api.all('listIpAllowListEntries', (all) => all.map(ipAllowListEntry))),
    iq: once(() => api.one('getIq', iqConnection)),
  };
}

/**
 * Whether the caller certainly holds a permission, by its own resolved privileges: the server leaves out what the
 * caller may not see, and says nothing about it.
 */
function holds(caller: string, wanted: string, directory: Directory): Fact<boolean> {
  const { users } = directory;
  if (!('value' in users)) return users;
  const self = users.value.filter(({ userId }) => userId === caller);
  const all = self.every(({ roles }) => implied(directory.held(roles).held, wanted) !== null);
  const gap = unknownFor(self.flatMap(({ roles }) => directory.held(roles).gaps));
  if (!all && gap !== null) return gap;
  return known('listUsers', operations.listUsers.permission, () => {
    if (self.length > 0) return all;
    throw new Inconclusive(
      `what ${caller} may see is unknown: it is not in the list of users, as the name of a user token or of a group's member is not`,
    );
  });
}

const everyRepository = ['docker', 'oci'].map(
  (format) => `nexus:repository-admin:${format}:*:read`,
);

/** Whether the list of repositories has all that hold images. True, or not known. */
function seesAll(caller: string, directory: Directory): Fact<true> {
  const { permission } = operations.listRepositorySettings;
  const held = everyRepository.map((wanted) => holds(caller, wanted, directory));
  return join(held, (...all) => {
    if (all.every((one) => one)) return true;
    throw new Denied(
      `${caller} may not see the settings of every repository, and the server leaves out the others`,
      permission,
    );
  });
}
