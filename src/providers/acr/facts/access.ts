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
import type { Assignment, Role } from '../decode/roles.ts';
import { gives } from '../decode/tokens.ts';
import { mayAdminister, mayDelete, mayPush, type RoleWorld } from './abilities.ts';
import {
  adminIdentity,
  adminName,
  adminPasswords,
  credentialsOf,
  isLive,
  mapOf,
  tokenIdentity,
} from './logins.ts';
import { identityOf, roleOf, unique } from './principals.ts';
import { inRegistry, type Settings } from './settings.ts';
import type { SubscriptionFacts } from './subscription.ts';

export interface AccessSources {
  readonly registry: Described;
  readonly settings: Settings;
  readonly subscription: SubscriptionFacts;
  /** ISO 8601; what has ended by then opens nothing. */
  readonly now: string;
}

/**
 * Who may do what. An upper bound of what is assigned: denials are not read, conditions of assignments
 * are not evaluated, and a group counts as one. Roles that somebody may activate for himself
 * (Privileged Identity Management) count only while they are active.
 */
export function accessOf(sources: AccessSources) {
  const { registry, settings, subscription, now } = sources;
  const read = <T>(decode: (registry: Described) => T) => inRegistry(registry, decode);
  const world = () =>
    read((one): RoleWorld => ({ mode: roleMode(one), adminUser: adminUser(one) }));

  const holders = async (
    may: (role: Role, world: RoleWorld) => boolean,
  ): Promise<Fact<Identity[]>> =>
    join(
      [world(), await settings.assignments(), await subscription.roles()],
      (here, assignments, roles) =>
        assignments.flatMap((one) => {
          const role = roleOf(one, roles);
          return may(role, here) ? [identityOf(one, role)] : [];
        }),
    );
  const live = async () =>
    join([await settings.tokens(), await settings.scopeMaps()], (tokens, maps) =>
      tokens
        .filter((one) => one.enabled && one.secrets.some((secret) => isLive(secret, now)))
        .map((one) => ({ token: one, map: mapOf(one, maps) })),
    );
  const everyone = async (
    may: (role: Role, world: RoleWorld) => boolean,
    right: 'push' | 'delete',
    repository: string,
  ) =>
    join(
      [read(adminUser), await holders(may), await live()],
      (admin, identities, tokens): Identity[] => [
        ...identities,
        ...(admin ? [adminIdentity(registry)] : []),
        ...tokens
          .filter(({ map }) => gives(map, right, repository))
          .map(({ token, map }) => tokenIdentity(token, map)),
      ],
    );

  const collectors: Pick<
    Collectors<'registry'>,
    'administrators' | 'credentials' | 'signIn' | 'sharedLogin'
  > = {
    administrators: async () =>
      join([await settings.assignments(), await subscription.roles()], (assignments, roles) =>
        unique(
          assignments.flatMap((one) => {
            const role = roleOf(one, roles);
            return mayAdminister(role) ? [identityOf(one, role)] : [];
          }),
        ),
      ),
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
      pushers: async () => join([await everyone(mayPush, 'push', repository)], unique),
      deleters: async () => join([await everyone(mayDelete, 'delete', repository)], unique),
      publicPull: async () =>
        read((one) =>
          anonymousPull(one)
            ? { mode: 'anyone', how: 'anonymous pull is on for the whole registry' }
            : { mode: 'nobody' },
        ),
      outsideAccess: async () =>
        join([await settings.assignments(), await subscription.roles()], outsiders),
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

/**
 * Who is from elsewhere cannot be told in full: whether a user is a guest, and whose app a service
 * principal is, only Microsoft Graph says. A list of those that are seen would make the rest look trusted.
 */
function outsiders(assignments: readonly Assignment[], roles: ReadonlyMap<string, Role>): never {
  const foreign = assignments
    .filter(({ kind }) => kind === 'ForeignGroup')
    .map((one) => `group ${one.principal} of another tenant is ${roleOf(one, roles).name}, and `);
  throw new Inconclusive(
    `${foreign.slice(0, 3).join('')}the principals that have roles here may be guests or apps of other tenants; only Microsoft Graph tells`,
  );
}

export type RegistryAccess = ReturnType<typeof accessOf>;
