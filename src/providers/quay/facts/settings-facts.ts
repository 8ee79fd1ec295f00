import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { unsupported } from '../../contract.ts';
import { join } from '../../facts.ts';
import {
  type AuthenticationType,
  authenticationType,
  type Instance,
  isOn,
  isOnSince,
  releaseOf,
} from '../decode/instance.ts';
import type { Immutability } from '../decode/policies.ts';
import { directoryAddress, privateOnPush } from '../decode/settings.ts';
import { teamsOf } from './identities.ts';
import type { NamespaceSources } from './namespace-sources.ts';
import { supportOf } from './releases.ts';
import { lockOf } from './tag-lock.ts';

/** The facts that are settings of the instance, and what a namespace adds to them. */
export function settingsFacts(sources: NamespaceSources, now: string): Collectors<'registry'> {
  const { instance } = sources;
  return {
    signIn: async () =>
      instance.hosted
        ? join([await instance.info()], () => ({
            mode: 'central',
            through: 'Red Hat single sign-on',
          }))
        : join([await instance.info()], signIn),
    selfRegistration: async () =>
      instance.hosted
        ? unsupported('an account of quay.io, which anybody can have, opens nothing here')
        : join([await instance.info()], selfRegistration),
    projectCreation: () => projectCreation(sources),
    directory: () => directory(sources),
    newRepositories: () => newRepositories(sources),
    version: async () =>
      instance.hosted
        ? unsupported('quay.io is run by Red Hat: there is no version to choose')
        : join([await instance.info()], ({ version }) => {
            if (version === null) throw new Error('the release is not named');
            const release = releaseOf(version);
            return {
              product: 'Quay',
              version: release.version,
              support: supportOf(release.minor, now),
            };
          }),
  };
}

const titles: Readonly<Record<AuthenticationType, string>> = {
  Database: 'accounts of its own',
  LDAP: 'LDAP',
  JWT: 'an authentication service of its own (JWT)',
  Keystone: 'Keystone',
  OIDC: 'OIDC',
  AppToken: 'application tokens',
};

/** Quay has no second factor of its own: with accounts of its own a password is enough. */
function signIn(found: Instance): ValueOf<RegistryFacts['signIn']> {
  const type = authenticationType(found);
  const { externalLogins } = found;
  switch (type) {
    case 'Database':
      return isOn(found, 'DIRECT_LOGIN') || externalLogins.length === 0
        ? { mode: 'local', withoutMfa: [] }
        : { mode: 'central', through: externalLogins.join(' and ') };
    case 'AppToken':
      return { mode: 'local', withoutMfa: [] };
    case 'LDAP':
    case 'JWT':
    case 'Keystone':
    case 'OIDC':
      return { mode: 'central', through: titles[type] };
  }
}

/** With a directory only its people get an account, whatever else is set. */
function selfRegistration(found: Instance): ValueOf<RegistryFacts['selfRegistration']> {
  if (authenticationType(found) !== 'Database' || !isOn(found, 'USER_CREATION')) {
    return { mode: 'off' };
  }
  return isOn(found, 'INVITE_ONLY_USER_CREATION')
    ? { mode: 'off' }
    : { mode: 'on', how: 'FEATURE_USER_CREATION is on' };
}

/** Whoever may create an organization, and who may create repositories in this one. */
async function projectCreation(
  sources: NamespaceSources,
): Promise<RegistryFacts['projectCreation']> {
  const { instance, kind, name } = sources;
  const restricted = instance.hosted
    ? join([await instance.info()], () => true)
    : await instance.feature('RESTRICTED_USERS');
  if (restricted.state !== 'known') return restricted;
  if (!restricted.value) {
    return join([restricted], () => ({
      mode: 'open',
      to: 'every account, in namespaces of its own (FEATURE_RESTRICTED_USERS is off)',
    }));
  }
  if (kind === 'user') return join([restricted], () => ({ mode: 'limited', to: name }));
  return join([restricted, await teamsOf(sources)], (_, teams) => {
    const creating = teams.filter(({ role }) => role !== 'member').map((team) => team.name);
    return { mode: 'limited', to: `the teams ${creating.join(', ')}` };
  });
}

async function directory({ instance }: NamespaceSources): Promise<RegistryFacts['directory']> {
  if (instance.hosted) {
    return unsupported('quay.io reads no directory; people sign in at Red Hat');
  }
  const type = join([await instance.info()], authenticationType);
  if (type.state !== 'known') return type;
  const { value } = type;
  if (value === 'Database' || value === 'AppToken') return join([type], () => ({ mode: 'none' }));
  return join([type, await instance.settings()], (_, settings) => {
    const { address, weak } = directoryAddress(settings, value);
    const through = `${titles[value]} (${hostOf(address) ?? 'an address without a host'})`;
    if (!/^(https|ldaps):\/\//i.test(address)) {
      return { mode: 'unverified', through, why: 'it is reached without TLS' };
    }
    return weak === null
      ? { mode: 'verified', through }
      : { mode: 'unverified', through, why: weak };
  });
}

/** What a push creates; in the pages of Quay whoever creates a repository chooses. */
async function newRepositories(
  sources: NamespaceSources,
): Promise<RegistryFacts['newRepositories']> {
  const { instance } = sources;
  return join(
    [await instance.info(), await instance.settings(), await sources.immutability()],
    (found, settings, policies) => [
      {
        origin: 'created by a push',
        visibility: privateOnPush(settings) ? 'private' : 'public',
        pushScan: isOn(found, 'SECURITY_SCANNER') ? 'on' : 'off',
        tagLock: startingLock(found, policies),
      },
    ],
  );
}

type StartingLock = ValueOf<RegistryFacts['newRepositories']>[number]['tagLock'];

/** Without the feature there is no default that could be set. */
function startingLock(found: Instance, policies: readonly Immutability[]): StartingLock {
  if (!isOnSince(17, found, 'IMMUTABLE_TAGS')) return { mode: 'chosen-by-creator' };
  // A tag that can be let end can be pushed anew.
  return isOnSince(17, found, 'IMMUTABLE_TAGS_CAN_EXPIRE')
    ? { mode: 'set', lock: { mode: 'none' } }
    : { mode: 'set', lock: lockOf(policies, []) };
}
