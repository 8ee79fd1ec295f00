import type { Fact, Unknown } from '../../../model/fact.ts';
import type { Credential, CredentialUse } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Denied, join } from '../../facts.ts';
import type { AccountKey } from '../decode/iam-policy.ts';
import type { Access } from './access.ts';
import type { Grant } from './grants.ts';
import { decoded, listed, valueOr } from './parts.ts';
import type { ProjectFacts } from './project.ts';
import type { RepositoryPolicies } from './repository-policies.ts';

/** Service account with access to the registry, and the extent of the access. */
interface Opener {
  readonly email: string;
  readonly reach: Credential['reach'];
  readonly can: Credential['can'];
}

/**
 * Artifact Registry has no passwords. The credentials that outlive a session are user-managed keys of
 * service accounts with access.
 */
export async function credentials(
  policies: RepositoryPolicies,
  access: Access,
): Promise<RegistryFacts['credentials']> {
  const { keys, missing } = await heldKeys(policies, access);
  return listed(['ListServiceAccountKeys'], keys.map(credentialOf), missing);
}

/** When the keys were last used: one call a project, if there are any. */
export async function credentialUse(
  policies: RepositoryPolicies,
  access: Access,
): Promise<RegistryFacts['credentialUse']> {
  const { keys, missing } = await heldKeys(policies, access);
  if (keys.length === 0) return listed(read, [], missing);
  const { project } = policies;
  const uses = valueOr(await project.lastUses(), missing);
  const isOwn = valueOr(await ownAccounts(project), missing);
  if (uses === null || isOwn === null) return listed(read, [], missing);
  const entries = keys.flatMap((held): readonly CredentialUse[] => {
    const use = decoded('QueryActivities', held.key, () => useOf(held, uses, isOwn), missing);
    return use === null ? [] : [use];
  });
  return listed(read, entries, missing);
}

const read = ['ListServiceAccountKeys', 'QueryActivities'];

/** The API reports the last use of a key to the project of its service account alone. */
function useOf(
  held: HeldKey,
  uses: ReadonlyMap<string, string>,
  isOwn: (email: string) => boolean,
): CredentialUse {
  const { email } = held.opener;
  if (isOwn(email)) return { name: keyName(held), lastUsedAt: uses.get(held.key.id) ?? null };
  throw new Denied(`only the project of ${email} is told when its keys were last used`);
}

/** A key, and what its account opens. */
interface HeldKey {
  readonly opener: Opener;
  readonly key: AccountKey;
}

async function heldKeys({ project, repositories }: RepositoryPolicies, access: Access) {
  const missing: Unknown[] = [];
  const all = valueOr(await repositories(), missing) ?? [];
  const each = await Promise.all(all.map(access.ofRepository));
  const above = await access.inherited();
  missing.push(...above.doubts, ...each.flatMap(({ doubts }) => doubts));
  const openers = openersOf(
    above.sure,
    each.flatMap(({ sure }) => sure),
  );
  const keys = await Promise.all(
    openers.map(async (opener): Promise<readonly HeldKey[]> => {
      const found = valueOr(await project.keysOf(opener.email), missing) ?? [];
      return found.map((key) => ({ opener, key }));
    }),
  );
  return { keys: keys.flat(), missing };
}

function openersOf(above: readonly Grant[], each: readonly Grant[]): readonly Opener[] {
  const found = new Map<string, Opener>();
  const add = (grants: readonly Grant[], reach: Credential['reach']) => {
    for (const { principal, abilities } of grants) {
      const email = principal.account;
      const can = most(abilities);
      if (email === null || can === null) continue;
      const before = found.get(email);
      found.set(email, {
        email,
        reach: before?.reach ?? reach,
        can:
          before === undefined || rank.indexOf(can) > rank.indexOf(before.can) ? can : before.can,
      });
    }
  };
  add(above, 'every-repository');
  add(each, 'some-repositories');
  return [...found.values()];
}

const writing = ['push', 'move-tag', 'delete'] as const;
const rank: readonly Credential['can'][] = ['pull', 'push', 'administer'];

function most(abilities: Grant['abilities']): Credential['can'] | null {
  if (abilities.includes('administer')) return 'administer';
  if (writing.some((ability) => abilities.includes(ability))) return 'push';
  return abilities.includes('pull') ? 'pull' : null;
}

/** Service accounts of the project itself: the API reports the last use of their keys alone. */
async function ownAccounts({ project }: ProjectFacts): Promise<Fact<(email: string) => boolean>> {
  return join([project], ({ id, number }) => {
    const [domain, name] = id.includes(':') ? id.split(':') : ['', id];
    const host = domain === '' ? `${name}.iam` : `${name}.${domain}.iam`;
    const ends = [`@${host}.gserviceaccount.com`];
    const defaults = [`${number}-compute@developer.gserviceaccount.com`];
    const others = [
      `${id}@appspot.gserviceaccount.com`,
      `${number}@cloudbuild.gserviceaccount.com`,
    ];
    return (email) =>
      ends.some((end) => email.endsWith(end)) || [...defaults, ...others].includes(email);
  });
}

function credentialOf(held: HeldKey): Credential {
  const { opener, key } = held;
  return {
    kind: 'access-key',
    name: keyName(held),
    expiresAt: key.expiresAt,
    createdAt: key.createdAt,
    reach: opener.reach,
    can: opener.can,
  };
}

function keyName({ opener, key }: HeldKey): string {
  return `${key.id.slice(0, 8)} of ${opener.email}`;
}
