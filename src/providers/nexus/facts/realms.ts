import type { Fact } from '../../../model/fact.ts';
import { Inconclusive, join } from '../../facts.ts';
import type { Settings } from './settings.ts';

/** Realms through which people of an organisation's directory sign in. */
const directories = new Map([
  ['LdapRealm', 'LDAP'],
  ['SamlRealm', 'SAML'],
  ['OAuth2Realm', 'OpenID Connect'],
  ['Crowd', 'Atlassian Crowd'],
  ['rutauth-realm', 'a header that a proxy sets'],
]);
/** Passwords that the server itself keeps. */
export const localRealm = 'NexusAuthenticatingRealm';
/** Realms that bring in nobody of their own: keys of users, and rights. */
const others = [
  localRealm,
  'NexusAuthorizingRealm',
  'DefaultRole',
  'DockerToken',
  'OciToken',
  'NpmToken',
  'NuGetApiKey',
  'ConanToken',
  'User-Token-Realm',
];

/** The active realms of directories, by id. Inconclusive where a realm is not known here. */
export async function externalDirectories(settings: Settings): Promise<Fact<readonly string[]>> {
  return join([await settings.realms()], (active) => {
    const odd = active.filter((realm) => !others.includes(realm) && !directories.has(realm));
    if (odd.length > 0) {
      throw new Inconclusive(`who signs in through the realm ${odd.join(', ')} is not known here`);
    }
    return active.filter((realm) => directories.has(realm));
  });
}

/** What people call a realm. */
export function titleOf(realm: string): string {
  return directories.get(realm) ?? realm;
}
