import type { Fact } from '../../model/fact.ts';
import type { Credential, Identity } from '../../model/identity.ts';
import type { RepositoryFacts } from '../../model/repository.ts';
import { Inconclusive, join, type Ways } from '../provider.ts';
import { mayAdminister, mayDelete, mayPush, type RoleWorld } from './abilities.ts';
import {
  adminUser,
  anonymousPull,
  armTokens,
  type Described,
  roleMode,
} from './decode/registry.ts';
import { type Assignment, type PrincipalKind, type Role, scopeLabel } from './decode/roles.ts';
import { gives, reachesAll, type ScopeMap, type Token } from './decode/tokens.ts';
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
 * Who may do what. An upper bound: denials are not read, conditions of assignments are not evaluated,
 * and a group counts as one.
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

  const ways: Pick<
    Ways<'registry'>,
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
    ways,
    waysOf: (
      repository: string,
    ): Pick<Ways<'repository'>, 'pushers' | 'deleters' | 'outsideAccess' | 'publicPull'> => ({
      pushers: async () => join([await everyone(mayPush, 'push', repository)], unique),
      deleters: async () => join([await everyone(mayDelete, 'delete', repository)], unique),
      publicPull: async () =>
        read((one) =>
          anonymousPull(one)
            ? { mode: 'anyone', how: 'anonymous pull is on for the whole registry' }
            : { mode: 'nobody' },
        ),
      outsideAccess: async () =>
        join(
          [read(anonymousPull), world(), await settings.assignments(), await subscription.roles()],
          (anonymous, here, assignments, roles) => outsiders(anonymous, here, assignments, roles),
        ),
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

function roleOf({ role }: Assignment, roles: ReadonlyMap<string, Role>): Role {
  const found = roles.get(role);
  if (found === undefined) throw new Error(`role ${role} is assigned, but not among those listed`);
  return found;
}

const kinds: Readonly<Record<PrincipalKind, Identity['kind']>> = {
  User: 'person',
  Group: 'group',
  ForeignGroup: 'group',
  ServicePrincipal: 'workload',
  Device: 'workload',
};

function identityOf(assignment: Assignment, role: Role): Identity {
  const condition = assignment.condition === null ? '' : ', with a condition that is not evaluated';
  return {
    kind: kinds[assignment.kind],
    name: assignment.principal,
    via: `${role.name} at ${scopeLabel(assignment.scope)}${condition}`,
    foreign: assignment.kind === 'ForeignGroup',
    administrator: mayAdminister(role),
  };
}

/** One entry for each principal: an administrator's stands for its others. */
function unique(identities: readonly Identity[]): Identity[] {
  const byName = new Map<string, Identity>();
  for (const identity of identities) {
    const before = byName.get(identity.name);
    if (before === undefined || (identity.administrator && !before.administrator)) {
      byName.set(identity.name, identity);
    }
  }
  return [...byName.values()];
}

function adminName({ name }: Described): string {
  return `admin user ${name}`;
}

/** One login that many people may know. */
function adminIdentity(registry: Described): Identity {
  return {
    kind: 'group',
    name: adminName(registry),
    via: 'its shared passwords',
    foreign: false,
    administrator: false,
  };
}

/** The admin user has two passwords, which never end (authentication guide). */
function adminPasswords(registry: Described): Credential[] {
  return [1, 2].map((number) => ({
    kind: 'password',
    name: `${number} of ${adminName(registry)}`,
    expiresAt: null,
    lastUsedAt: 'not-told',
    createdAt: null,
    reach: 'every-repository',
    can: 'push',
  }));
}

function tokenIdentity({ name }: Token, map: ScopeMap): Identity {
  return {
    kind: 'workload',
    name: `token ${name}`,
    via: `scope map ${map.name}`,
    foreign: false,
    administrator: false,
  };
}

function mapOf({ scopeMapId, name }: Token, maps: readonly ScopeMap[]): ScopeMap {
  const map = maps.find(({ id }) => id === scopeMapId);
  if (map === undefined)
    throw new Error(`the scope map of token ${name} is not among those listed`);
  return map;
}

function credentialsOf(token: Token, maps: readonly ScopeMap[]): Credential[] {
  const map = mapOf(token, maps);
  const changes = gives(map, 'push', null) || gives(map, 'delete', null);
  return token.secrets.map(({ kind, name, createdAt, expiresAt }) => ({
    kind,
    name: `${token.name} ${name}`,
    expiresAt,
    lastUsedAt: 'not-told',
    createdAt,
    reach: reachesAll(map) ? 'every-repository' : 'some-repositories',
    can: changes ? 'push' : 'pull',
  }));
}

function isLive({ expiresAt }: { readonly expiresAt: string | null }, now: string): boolean {
  return expiresAt === null || Date.parse(expiresAt) > Date.parse(now);
}

type Outsider = Extract<RepositoryFacts['outsideAccess'], { state: 'known' }>['value'][number];

/**
 * Those who are known to be from elsewhere. That there is nobody cannot be said: whether a user is a
 * guest, and whose app a service principal is, only Microsoft Graph tells.
 */
function outsiders(
  anonymous: boolean,
  world: RoleWorld,
  assignments: readonly Assignment[],
  roles: ReadonlyMap<string, Role>,
): Outsider[] {
  const foreign = assignments.filter(({ kind }) => kind === 'ForeignGroup');
  const found: Outsider[] = [
    ...(anonymous ? [anyone] : []),
    ...foreign.map((one) => outsiderOf(one, roleOf(one, roles), world)),
  ];
  if (found.length > 0 || assignments.length === 0) return found;
  throw new Inconclusive(
    'the principals that have roles here may be guests or apps of other tenants; only Microsoft Graph tells',
  );
}

const anyone: Outsider = {
  kind: 'anyone',
  id: '*',
  account: '',
  own: false,
  can: ['pull'],
  via: 'anonymous pull',
};

function outsiderOf(assignment: Assignment, role: Role, world: RoleWorld): Outsider {
  const { name, via } = identityOf(assignment, role);
  return {
    kind: 'principal',
    id: name,
    account: '',
    own: false,
    can: [
      'pull',
      ...(mayPush(role, world) ? (['push'] as const) : []),
      ...(mayDelete(role, world) ? (['delete'] as const) : []),
      ...(mayAdminister(role) ? (['administer'] as const) : []),
    ],
    via,
  };
}

export type RegistryAccess = ReturnType<typeof accessOf>;
