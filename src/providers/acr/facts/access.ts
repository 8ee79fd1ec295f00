import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { Credential, Identity } from '../../../model/identity.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join } from '../../facts.ts';
import {
  adminUser,
  anonymousPull,
  armTokens,
  type Described,
  roleMode,
} from '../decode/registry.ts';
import { gives } from '../decode/tokens.ts';
import type { DirectoryFacts } from './directory.ts';
import { roleEffects } from './effects.ts';
import {
  adminIdentity,
  adminName,
  adminPasswords,
  credentialsOf,
  isLive,
  mapOf,
  tokenIdentity,
} from './logins.ts';
import { accessBy, askedAbout, foreignGrants, outsidersOf } from './outsiders.ts';
import { type Deed, principals } from './principals.ts';
import { inRegistry, type Settings } from './settings.ts';
import type { SubscriptionFacts } from './subscription.ts';

export interface AccessSources {
  readonly registry: Described;
  readonly settings: Settings;
  readonly subscription: SubscriptionFacts;
  readonly directory: DirectoryFacts;
  /** ISO 8601; what has ended by then opens nothing. */
  readonly now: string;
}

/**
 * Who may do what: principals by the roles that they hold, may activate, or were delegated, tokens by their
 * scope maps, and the admin user. Denials are not read, and a group counts as one.
 */
export function accessOf(sources: AccessSources) {
  const { registry, settings, subscription, directory, now } = sources;
  const read = <T>(decode: (registry: Described) => T) => inRegistry(registry, decode);
  const held = once(async () =>
    join(
      [
        await settings.assignments(),
        await settings.eligible(),
        await subscription.delegations(),
        await settings.delegations(),
      ],
      (...all) => all.flat(),
    ),
  );
  const granted = once(async () =>
    join(
      [read(roleMode), read(adminUser), await held(), await subscription.roles()],
      (mode, admin, assignments, roles) => {
        const effects = roleEffects(mode, roles);
        return principals({ assignments, roles, effects, adminUser: admin });
      },
    ),
  );
  const holders = async (deed: Deed, repository: string): Promise<Fact<Identity[]>> =>
    join([await granted()], (all) => settled(all.who(deed, repository)));
  const live = async () =>
    join([await settings.tokens(), await settings.scopeMaps()], (tokens, maps) =>
      tokens
        .filter((one) => one.enabled && one.secrets.some((secret) => isLive(secret, now)))
        .map((one) => ({ token: one, map: mapOf(one, maps) })),
    );
  const everyone = async (deed: 'push' | 'delete', repository: string) =>
    join(
      [read(adminUser), await holders(deed, repository), await live()],
      (admin, identities, tokens): Identity[] => [
        ...identities,
        ...(admin ? [adminIdentity(registry)] : []),
        ...tokens
          .filter(({ map }) => gives(map, deed, repository))
          .map(({ token, map }) => tokenIdentity(token, map)),
      ],
    );
  const outsiders = once(async () => {
    const access = await accessible();
    if (access.state !== 'known') return access;
    const tenant = await subscription.tenant();
    if (tenant.state !== 'known') return tenant;
    const objects = await directory.objects(askedAbout(access.value), tenant.value);
    if (objects.state !== 'known') return objects;
    const members = await directory.membersOf(objects.value, tenant.value);
    return join([access, objects, members], (all, found, groups) => [
      ...foreignGrants(all),
      ...settled(outsidersOf(all, found, groups)),
    ]);
  });
  const accessible = once(async () =>
    join([read(roleMode), await held(), await subscription.roles()], (mode, assignments, roles) =>
      accessBy(assignments, roles, roleEffects(mode, roles)),
    ),
  );

  const collectors: Pick<
    Collectors<'registry'>,
    'administrators' | 'credentials' | 'signIn' | 'sharedLogin'
  > = {
    administrators: async () =>
      join([await held(), await subscription.roles()], (assignments, roles) => {
        // Who administers depends neither on the mode of roles nor on the admin user.
        const effects = roleEffects('legacy', roles);
        const all = principals({ assignments, roles, effects, adminUser: false });
        return settled(all.who('administer', null));
      }),
    credentials: async () =>
      join(
        [read(adminUser), await settings.tokens(), await settings.scopeMaps()],
        (admin, tokens, maps): Credential[] => [
          ...(admin ? adminPasswords(registry) : []),
          ...tokens.filter(({ enabled }) => enabled).flatMap((one) => credentialsOf(one, maps)),
        ],
      ),
    sharedLogin: async () =>
      read((one) =>
        adminUser(one)
          ? { mode: 'active', account: adminName(registry), kind: 'shared' }
          : { mode: 'disabled', account: adminName(registry) },
      ),
    signIn: async () => read((one) => signInOf(one)),
  };
  return {
    collectors,
    collectorsOf: (
      repository: string,
    ): Pick<Collectors<'repository'>, 'pushers' | 'deleters' | 'outsideAccess' | 'publicPull'> => ({
      pushers: () => everyone('push', repository),
      deleters: () => everyone('delete', repository),
      publicPull: async () =>
        read((one) =>
          anonymousPull(one)
            ? { mode: 'anyone', how: 'anonymous pull is on for the whole registry' }
            : { mode: 'nobody' },
        ),
      outsideAccess: outsiders,
    }),
  };
}

function signInOf(
  registry: Described,
): { mode: 'central'; through: string } | { mode: 'local'; withoutMfa: string[] } {
  if (adminUser(registry)) return { mode: 'local', withoutMfa: [adminName(registry)] };
  const tokens = armTokens(registry)
    ? 'tokens for Azure Resource Manager are accepted too'
    : 'with tokens for registries alone';
  return { mode: 'central', through: `Microsoft Entra ID, ${tokens}` };
}

/** Those that are sure, unless it is open who else. */
function settled<T>({ sure, doubts }: Settled<T>): T[] {
  if (doubts.length > 0) throw new Inconclusive(doubts.slice(0, 3).join('; '));
  return [...sure];
}

interface Settled<T> {
  readonly sure: readonly T[];
  readonly doubts: readonly string[];
}

export type RegistryAccess = ReturnType<typeof accessOf>;
