import type { Estate } from '../../../src/demo/nexus/estate.ts';
import { scenario } from './scan.ts';

/**
 * Servers in which, between them, every call matters: the best one; one behind a proxy that hides its release,
 * with other realms and another blob store; and one with a local administrator beside the directory.
 */
export async function lawScenes(): Promise<readonly Estate[]> {
  const good = await scenario('all-good');
  const [shop] = good.repositories;
  if (shop === undefined) throw new Error('all-good has changed');
  const root = { userId: 'root', source: 'SAML', roles: ['nx-admin'] };
  const guest = { userId: 'guest', source: 'default', status: 'active', roles: ['guests'] };
  const guests = { id: 'guests', privileges: ['nx-repository-view-maven2-*-read'] };
  const behindProxy: Estate = {
    ...good,
    proxied: true,
    caller: 'root',
    anonymous: { enabled: true, userId: 'guest', realmName: 'NexusAuthorizingRealm' },
    realms: ['SamlRealm', 'DefaultRole', 'User-Token-Realm', 'OciToken'],
    users: [root, guest],
    roles: [guests],
    privileges: [
      {
        type: 'repository-view',
        name: 'nx-repository-view-maven2-*-read',
        actions: ['READ'],
        format: 'maven2',
        repository: '*',
      },
    ],
    repositories: [shop],
    blobStores: [{ name: 'images', type: 'Google Cloud Storage' }],
    google: {
      images: {
        name: 'images',
        bucketConfiguration: {
          bucket: { name: 'example-images' },
          encryption: { encryptionType: 'kmsManagedEncryption', encryptionKey: 'projects/p/key' },
        },
      },
    },
    saml: { validateResponseSignature: true, validateAssertionSignature: true },
  };
  const withPasswords: Estate = {
    ...good,
    realms: ['NexusAuthenticatingRealm', 'OciToken'],
    users: good.users.map((user) => ({ ...user, source: 'default' })),
    repositories: [shop],
  };
  return [good, behindProxy, withPasswords];
}
