import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { matchesAny } from '../../../model/wildcard.ts';
import { Inconclusive, join, known, unknown } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { isLive, type User } from '../decode/security.ts';
import type { LdapServer, Saml } from '../decode/server.ts';
import { externalDirectories, localRealm, titleOf } from './realms.ts';
import { administers } from './rights.ts';
import type { Settings } from './settings.ts';

/** Whether people can sign in with a password that the server itself keeps. */
export async function signIn(settings: Settings): Promise<RegistryFacts['signIn']> {
  const realms = await settings.realms();
  if (realms.state !== 'known') return realms;
  if (realms.value.includes(localRealm)) {
    const users = await settings.users();
    const people = localPeople('value' in users ? users.value : [], settings);
    if (people.length > 0) return join([realms], () => ({ mode: 'local', withoutMfa: people }));
    if (users.state !== 'known') return gapOf(users);
  }
  return join([await externalDirectories(settings)], (outside) => {
    if (outside.includes('rutauth-realm')) {
      throw new Inconclusive(
        'the name of the user comes in a header, and whether only the proxy can set it no API tells',
      );
    }
    const through = outside.map(titleOf).join(' and ');
    return through === '' ? { mode: 'local', withoutMfa: [] } : { mode: 'central', through };
  });
}

/** Users of the server's own that are people, as far as the configuration does not call them machines. */
function localPeople(users: readonly User[], { options }: Settings): string[] {
  const { serviceAccounts = [] } = options;
  return users
    .filter((user) => user.source === 'default' && isLive(user))
    .map(({ userId }) => userId)
    .filter((userId) => userId !== 'anonymous' && !matchesAny(serviceAccounts, userId));
}

/** The account that every server is born with. Its generated first password passes for a healthy one. */
export async function sharedLogin(settings: Settings): Promise<RegistryFacts['sharedLogin']> {
  const account = 'admin';
  const users = await settings.users();
  const found =
    'value' in users
      ? users.value.find(({ userId, source }) => userId === account && source === 'default')
      : undefined;
  if (found !== undefined && !isLive(found)) {
    return known('listUsers', '', () => ({ mode: 'disabled', account }));
  }
  const works = await settings.defaultAdministratorWorks();
  const active = (kind: 'vendor-default' | 'local-admin') =>
    known('getStatusChecks', '', () => ({ mode: 'active' as const, account, kind }));
  if (works.state === 'known' && works.value) return active('vendor-default');
  if (found === undefined) {
    if (users.state !== 'known') return gapOf(users);
    return join([works], () => ({ mode: 'none' }));
  }
  const rights = (await settings.directory()).held(found.roles);
  if (administers(rights.held) !== null) {
    const outside = await externalDirectories(settings);
    const beside = outside.state === 'known' && outside.value.length > 0;
    return active(beside && found.status !== 'changepassword' ? 'local-admin' : 'vendor-default');
  }
  const [gap] = rights.gaps;
  return gap === undefined ? join([works], () => ({ mode: 'none' })) : gap;
}

type Directory = ValueOf<RegistryFacts['directory']>;

/** How the server speaks to the directories that people sign in through. */
export async function directory(settings: Settings): Promise<RegistryFacts['directory']> {
  const outside = await externalDirectories(settings);
  if (outside.state !== 'known') return gapOf(outside);
  const through = outside.value.map(titleOf).join(' and ');
  if (through === '') return join([outside], (): Directory => ({ mode: 'none' }));
  const odd = outside.value.filter((realm) => realm !== 'LdapRealm' && realm !== 'SamlRealm');
  if (odd.length > 0) {
    return unknown(
      'inconclusive',
      'listRealms',
      `whether ${odd.map(titleOf).join(' and ')} is verified is not known here`,
    );
  }
  const faults: Fact<readonly string[]>[] = [];
  if (outside.value.includes('LdapRealm')) {
    const servers = await settings.ldapServers();
    faults.push(servers.state === 'partial' ? gapOf(servers) : join([servers], plainLdap));
  }
  if (outside.value.includes('SamlRealm')) faults.push(join([await settings.saml()], unsigned));
  return join(faults, (...all): Directory => {
    const why = all.flat().join('; ');
    return why === '' ? { mode: 'verified', through } : { mode: 'unverified', through, why };
  });
}

function plainLdap(servers: readonly LdapServer[]): readonly string[] {
  if (servers.length === 0) throw new Inconclusive('the realm of LDAP is on, and has no server');
  return servers
    .filter(({ protocol }) => protocol === 'LDAP')
    .map(({ name }) => `${name} is asked over plain LDAP`);
}

/** One signature is enough: that of the response covers its assertions. */
function unsigned({ responses, assertions }: Saml): readonly string[] {
  return responses || assertions ? [] : ['what the identity provider says need not be signed'];
}
