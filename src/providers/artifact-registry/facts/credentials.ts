import type { Fact, Unknown } from '../../../model/fact.ts';
import type { Credential } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { join } from '../../facts.ts';
import type { AccountKey } from '../decode/iam-policy.ts';
import type { Access } from './access.ts';
import type { Grant } from './grants.ts';
import { listed, valueOr } from './parts.ts';
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
 * service accounts with access. List the keys of each such account, and once per project their last use,
 * which is another API: the keys are known without it.
 */
export async function credentials(
  policies: RepositoryPolicies,
  access: Access,
): Promise<RegistryFacts['credentials']> {
  const { project } = policies;
  const missing: Unknown[] = [];
  const repositories = valueOr(await policies.repositories(), missing) ?? [];
  const each = await Promise.all(repositories.map(access.ofRepository));
  const above = await access.inherited();
  missing.push(...above.doubts, ...each.flatMap(({ doubts }) => doubts));
  const openers = openersOf(
    above.sure,
    each.flatMap(({ sure }) => sure),
  );
  const keys = await Promise.all(
    openers.map(async (opener) => {
      const found = valueOr(await project.keysOf(opener.email), missing) ?? [];
      return found.map((key) => ({ opener, key }));
    }),
  );
  const all = keys.flat();
  if (all.length === 0) return listed([], missing);
  const uses = await project.lastUses();
  const isOwn = valueOr(await ownAccounts(project), missing);
  return listed(
    all.map(({ opener, key }) => credentialOf(opener, key, lastUse(key, opener, uses, isOwn))),
    missing,
  );
}

/** Whether the project tells when keys of its service accounts were last used. */
export async function credentialUse({
  project,
}: RepositoryPolicies): Promise<RegistryFacts['credentialUse']> {
  return join([await project.lastUses()], () => ({ mode: 'recorded' }));
}

/** The API reports the last use of a key to the project of its service account alone. */
function lastUse(
  { id }: AccountKey,
  { email }: Opener,
  uses: Fact<ReadonlyMap<string, string>>,
  isOwn: ((email: string) => boolean) | null,
): Credential['lastUsedAt'] {
  if (uses.state !== 'known' || isOwn === null || !isOwn(email)) return 'not-told';
  return uses.value.get(id) ?? null;
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

function credentialOf(
  { email, reach, can }: Opener,
  key: AccountKey,
  lastUsedAt: Credential['lastUsedAt'],
): Credential {
  return {
    kind: 'access-key',
    name: `${key.id.slice(0, 8)} of ${email}`,
    expiresAt: key.expiresAt,
    lastUsedAt,
    createdAt: key.createdAt,
    reach,
    can,
  };
}
