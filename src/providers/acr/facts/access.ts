import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { Credential, Identity } from '../../../model/identity.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import {
  adminUser,
  anonymousPull,
  armTokens,
  type Described,
  roleMode,
} from '../decode/registry.ts';
import type { Assignment } from '../decode/roles.ts';
import { gives } from '../decode/tokens.ts';
import type { DirectoryFacts } from './directory.ts';
import { roleEffects } from './effects.ts';
import { ofList, partOf } from './lists.ts';
import {
  adminIdentity,
  adminName,
  adminPasswords,
  credentialsOf,
  isLive,
  mapOf,
  tokenIdentity,
} from './logins.ts';
import { accessBy, outsideAccess } from './outsiders.ts';
import { type Deed, type Principals, principals } from './principals.ts';
import { inRegistry, registryPath, type Settings } from './settings.ts';
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
 * scope maps, and the admin user. A deny assignment shortens the list where it surely holds. A group counts
 * as one.
 */
export function accessOf(sources: AccessSources) {
  const { registry, settings, subscription, directory, now } = sources;
  const read = <T>(decode: (registry: Described) => T) => inRegistry(registry, decode);
  const held = once(async () =>
    joinLists<Assignment>([
      await settings.assignments(),
      await settings.eligible(),
      await subscription.delegations(),
      await settings.delegations(),
    ]),
  );
  const denied = once(async () => {
    const read = await settings.denials();
    return {
      denials: read.state === 'known' ? read.value : null,
      registry: registryPath(registry),
    };
  });
  const granted = once(async () => {
    const denials = await denied();
    return ofList(
      await held(),
      join([read(roleMode), read(adminUser), await subscription.roles()], (mode, admin, roles) => ({
        effects: roleEffects(mode, roles),
        adminUser: admin,
        roles,
      })),
      (assignments, world) => [principals({ assignments, ...world, ...denials })],
    );
  });
  const everyone = async (deed: 'push' | 'delete', repository: string) =>
    joinLists<Identity>([
      holders(await granted(), deed, repository),
      join([read(adminUser)], (admin) => (admin ? [adminIdentity(registry)] : [])),
      eachEntry(await live(), ({ token, map }) =>
        gives(map, deed, repository) ? [tokenIdentity(token, map)] : [],
      ),
    ]);
  /** Tokens with their scope maps. */
  const tokens = once(async () =>
    eachEntry(
      ofList(await settings.tokens(), partOf(await settings.scopeMaps()), (all, maps) =>
        all.map((token) => ({ token, maps })),
      ),
      ({ token, maps }) => [{ token, map: mapOf(token, maps) }],
    ),
  );
  const live = once(async () =>
    eachEntry(await tokens(), (one) => {
      const opens = one.token.enabled && one.token.secrets.some((secret) => isLive(secret, now));
      return opens ? [one] : [];
    }),
  );
  const accessible = once(async () =>
    ofList(
      await held(),
      join([read(roleMode), await subscription.roles()], (mode, roles) => ({ mode, roles })),
      (assignments, { mode, roles }) => accessBy(assignments, roles, roleEffects(mode, roles)),
    ),
  );
  const outsiders = once(() => outsideAccess(accessible, subscription, directory));

  const collectors: Pick<
    Collectors<'registry'>,
    'administrators' | 'credentials' | 'signIn' | 'sharedLogin'
  > = {
    administrators: async () => {
      const denials = await denied();
      return holders(
        // Who administers depends neither on the mode of roles nor on the admin user.
        ofList(await held(), await subscription.roles(), (assignments, roles) => [
          principals({
            assignments,
            roles,
            effects: roleEffects('legacy', roles),
            adminUser: false,
            ...denials,
          }),
        ]),
        'administer',
        null,
      );
    },
    credentials: async () =>
      joinLists<Credential>([
        join([read(adminUser)], (admin) => (admin ? adminPasswords(registry) : [])),
        eachEntry(await tokens(), ({ token, map }) =>
          token.enabled ? credentialsOf(token, map) : [],
        ),
      ]),
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

function holders(
  all: Fact<readonly Principals[]>,
  deed: Deed,
  repository: string | null,
): Fact<Identity[]> {
  const found = ofList(all, nothing, (worlds) =>
    worlds.flatMap((one) => one.who(deed, repository)),
  );
  return eachEntry(found, (one) => {
    if (one.mode === 'sure') return [one.identity];
    throw new Inconclusive(one.why);
  });
}

const nothing = known('none', '', () => null);

export type RegistryAccess = ReturnType<typeof accessOf>;
