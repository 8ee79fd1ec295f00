import type { Fact } from '../../../model/fact.ts';
import type { Credential } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Denied, join } from '../../facts.ts';
import { eachEntry, gapOf } from '../../parts.ts';
import type { AccountKey } from '../decode/iam-policy.ts';
import type { Access } from './access.ts';
import type { Grant } from './grants.ts';
import type { Principal } from './iam/member.ts';
import type { ProjectFacts } from './project.ts';
import type { RepositoryPolicies } from './repository-policies.ts';

/** A service account that opens the registry, and how far. */
interface Opener {
  readonly email: string;
  readonly reach: Credential['reach'];
  readonly can: Credential['can'];
}

/**
 * Artifact Registry has no passwords of its own: what outlives a session are keys that people made for
 * service accounts with access. Each such account is asked for its keys.
 */
export async function credentials(
  policies: RepositoryPolicies,
  access: Access,
): Promise<RegistryFacts['credentials']> {
  return eachEntry(await heldKeys(policies, access), (held) => [credentialOf(held)]);
}

/** When they were last used. Asked for once a project, if there are any; to no other is it told. */
export async function credentialUse(
  policies: RepositoryPolicies,
  access: Access,
): Promise<RegistryFacts['credentialUse']> {
  const keys = await heldKeys(policies, access);
  if (keys.state !== 'known' || keys.value.length === 0) return eachEntry(keys, () => []);
  const { project } = policies;
  return join([keys, await project.lastUses(), await ownAccounts(project)], (all, uses, isOwn) =>
    all.map((held) => {
      const { email } = held.opener;
      if (isOwn(email)) return { name: nameOf(held), lastUsedAt: uses.get(held.key.id) ?? null };
      throw new Denied(`only the project of ${email} is told when its keys were last used`);
    }),
  );
}

/** A key, and what its account opens. */
interface HeldKey {
  readonly opener: Opener;
  readonly key: AccountKey;
}

async function heldKeys(
  policies: RepositoryPolicies,
  access: Access,
): Promise<Fact<readonly HeldKey[]>> {
  const repositories = await policies.repositories();
  if (repositories.state !== 'known') return gapOf(repositories);
  const own = await Promise.all(
    repositories.value.map((repository) => access.ofRepository(repository, hasKeys)),
  );
  const openers = join([await access.inherited(), repositories, ...own], (above, _, ...each) =>
    openersOf(above, each.flat()),
  );
  if (openers.state !== 'known') return gapOf(openers);
  const { project } = policies;
  const listed = await Promise.all(openers.value.map(({ email }) => project.keysOf(email)));
  return join([openers, ...listed], (list, ...found) =>
    list.flatMap((opener, index) => (found[index] ?? []).map((key) => ({ opener, key }))),
  );
}

function hasKeys({ account }: Principal): boolean {
  return account !== null;
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

const rank: readonly Credential['can'][] = ['pull', 'push', 'administer'];

function most(abilities: Grant['abilities']): Credential['can'] | null {
  if (abilities.includes('administer')) return 'administer';
  if (abilities.includes('push') || abilities.includes('delete')) return 'push';
  return abilities.includes('pull') ? 'pull' : null;
}

/** Accounts of the project itself: the only ones whose last uses the project is told. */
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
    name: nameOf(held),
    expiresAt: key.expiresAt,
    createdAt: key.createdAt,
    reach: opener.reach,
    can: opener.can,
  };
}

function nameOf({ opener, key }: HeldKey): string {
  return `${key.id.slice(0, 8)} of ${opener.email}`;
}
