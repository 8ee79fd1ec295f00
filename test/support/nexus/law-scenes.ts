import type { Estate } from '../../../src/demo/nexus/estate.ts';
import { scenario } from './scan.ts';

/** Privileges that nobody but the list tells: names that the server reserves are understood without it. */
const seeAll = {
  type: 'wildcard',
  name: 'see-all',
  readOnly: false,
  pattern: 'nexus:*:read,browse',
};
const seeRepositories = {
  type: 'wildcard',
  name: 'see-repositories',
  readOnly: false,
  pattern: 'nexus:repository-admin,repository-view:*:*:read,browse',
};
const everything = { type: 'wildcard', name: 'everything', readOnly: false, pattern: 'nexus:*' };

/**
 * Servers in which, between them, every call matters: the best one, and one behind a proxy that hides its release,
 * with other realms and another blob store.
 */
export async function lawScenes(): Promise<readonly Estate[]> {
  const good = await scenario('all-good');
  const [shop] = good.repositories;
  if (shop === undefined) throw new Error('all-good has changed');
  const root = { userId: 'root', source: 'SAML', roles: ['superusers'] };
  const superusers = { id: 'superusers', privileges: ['everything'] };
  const guest = { userId: 'guest', source: 'default', status: 'active', roles: ['guests'] };
  const guests = { id: 'guests', privileges: ['nx-repository-view-maven2-*-read'] };
  const behindProxy: Estate = {
    ...good,
    proxied: true,
    caller: 'root',
    anonymous: { enabled: true, userId: 'guest', realmName: 'NexusAuthorizingRealm' },
    realms: ['SamlRealm', 'DefaultRole', 'User-Token-Realm', 'OciToken'],
    users: [root, guest],
    roles: [guests, superusers],
    privileges: [
      everything,
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
  const auditing = good.roles.map((role) =>
    role['id'] === 'auditor' ? { ...role, privileges: ['see-all', 'see-repositories'] } : role,
  );
  const images = { ...good.images, hub: good.images?.['shop'] ?? [] };
  const privileges = [seeAll, seeRepositories];
  return [{ ...good, images, roles: auditing, privileges }, behindProxy];
}
