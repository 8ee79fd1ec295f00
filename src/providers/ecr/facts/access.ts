import type { PolicyDocument } from '../../../aws-policy/document.ts';
import type { Grantee } from '../../../aws-policy/grantee.ts';
import { denies, networkBound } from '../../../aws-policy/perimeter.ts';
import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { Described } from '../decode/repository.ts';
import type { EcrApi } from '../wire/api.ts';
import { abilities, registryAdministration } from './abilities.ts';
import type { AccountFacts } from './account.ts';
import { allowedAt, type Candidate, candidates, presentAt, repositoryArn } from './identities.ts';
import { granted, identityOf, outsideAccess } from './outsiders.ts';
import {
  exceedsScopeV1,
  mentionsOrganization,
  numberOf,
  type Policies,
  policiesOf,
  type Resource,
  resourceAt,
  type World,
} from './policies.ts';
import type { Place } from './settings.ts';
import { credentialsOf, signInOf, usesOf } from './users.ts';

export type RegistryAccess = Pick<ReturnType<typeof accessOf>, 'collectors'>;
export type RepositoryAccess = Pick<ReturnType<typeof accessOf>, 'collectorsOf'>;

/** The facts about who may do what, for the registry and for each repository. */
export function accessOf(api: EcrApi, place: Place, account: AccountFacts) {
  const policies = policiesOf(api, place, account);
  const may = (actions: readonly string[]) =>
    once(async () => join([await account.identities()], (all) => candidates(all, place, actions)));
  const mayPush = may(abilities.push);
  const mayDelete = may(abilities.delete);
  return {
    collectors: registryCollectors(policies, place, account),
    collectorsOf: ({ name, arn }: Described): Collectors<'repository'> => {
      const policy = once(() => policies.ofRepository(name));
      const resource = resourceAt(arn);
      const judge = async <T>(question: string, work: (world: World) => T) =>
        policies.together(await policy(), { name: question, resource }, work);
      const identities =
        (list: () => Promise<Fact<readonly Candidate[]>>, actions: readonly string[]) => () =>
          doers({ policies, policy, place, resource }, list, actions);
      return {
        publicPull: () => judge('pull', (world) => publicPull(world, place, arn)),
        outsideAccess: () => judge('outside', (world) => outsideAccess(world, place, arn)),
        recovery: () => judge('recovery', (world) => recovery(world, arn)),
        pushers: identities(mayPush, abilities.push),
        deleters: identities(mayDelete, abilities.delete),
      };
    },
  };
}

function publicPull(
  world: World,
  place: Place,
  arn: string,
): ValueOf<RepositoryFacts['publicPull']> {
  const { anyAccount, grantees } = granted(world, place, arn, abilities.pull);
  switch (anyAccount) {
    case 'no':
      return { mode: 'nobody' };
    case 'yes':
      return { mode: 'any-account', how: 'its policy lets in principals of any AWS account' };
    case 'maybe': {
      const doubts = [...new Set(grantees.flatMap(({ undecided }) => undecided))];
      throw new Inconclusive(`whether any AWS account is let in depends on ${doubts.join(', ')}`);
    }
  }
}

function recovery({ policies }: World, resource: string): ValueOf<RepositoryFacts['recovery']> {
  const blocked = denies({ policies, resource }, abilities.delete);
  return blocked ? { mode: 'blocked', by: 'a Deny to everybody in its policy' } : { mode: 'none' };
}

interface Scene {
  readonly policies: Policies;
  readonly policy: () => Promise<Fact<PolicyDocument | null>>;
  readonly place: Place;
  readonly resource: Resource;
}

/** Everybody who has an ability: identities of the account by IAM or by policy, and outsiders by policy. */
async function doers(
  { policies, policy, place, resource }: Scene,
  list: () => Promise<Fact<readonly Candidate[]>>,
  actions: readonly string[],
): Promise<Fact<Identity[]>> {
  const [own, text] = await Promise.all([list(), policy()]);
  if (own.state !== 'known') return gapOf(own);
  const { arn } = resource;
  const here = presentAt(own.value, arn, actions);
  const who = here.map(({ iam }) => numberOf(iam)).join();
  const question = { name: `${actions.join()} by ${who}`, resource };
  return policies.together(text, question, (world) => {
    const named = granted(world, place, arn, actions).grantees;
    const outsiders = named.flatMap((grantee) => identityOf(grantee, place.account) ?? []);
    const inside = allowedAt(here, world, place, arn, actions);
    const already = new Set(inside.map(({ name }) => name));
    const byPolicy = named.flatMap((grantee): Identity[] => {
      const name = ownName(grantee);
      if (name === null || already.has(name)) return [];
      return [{ kind: 'group', name, via: 'the policy', foreign: false, administrator: false }];
    });
    return [...outsiders, ...inside, ...byPolicy];
  });
}

/** An identity of the account whom a policy lets in by name; who stands behind it, that does not tell. */
function ownName(grantee: Grantee): string | null {
  if (grantee.kind === 'principal' && grantee.own) return grantee.arn;
  return grantee.kind === 'federated' && grantee.own ? grantee.provider : null;
}

function registryCollectors(
  policies: Policies,
  place: Place,
  account: AccountFacts,
): Collectors<'registry'> {
  const every = repositoryArn(place, '*');
  return {
    signIn: async () => join([await account.credentialReport()], signInOf),
    credentials: async () =>
      join([await account.credentialReport(), await account.identities()], (report, identities) =>
        credentialsOf(report, identities, place),
      ),
    credentialUse: async () => join([await account.credentialReport()], usesOf),
    administrators: async () =>
      join([await account.identities()], (all) =>
        candidates(all, place, [registryAdministration]).map(({ identity }) => identity),
      ),
    projectCreation: () => projectCreation(policies, place, account, every),
    networkAccess: () =>
      policies.together(nothingStored, { name: 'network', resource: resourceAt(every) }, (world) =>
        networkAccess(world, every),
      ),
    settingsInForce: () => settingsInForce(policies),
  };
}

const nothingStored = known('GetRegistryPolicy', '', () => null);

/** Creation is governed by the registry policy in either scope; without one IAM alone decides. */
async function projectCreation(
  policies: Policies,
  place: Place,
  account: AccountFacts,
  every: string,
): Promise<RegistryFacts['projectCreation']> {
  const stored = await policies.registry();
  if (stored.state !== 'known') return stored;
  const { value } = stored;
  if (value === null)
    return join([stored], () => ({
      mode: 'limited',
      to: 'identities that IAM lets create repositories',
    }));
  const judge = (organization: string | null | undefined) => {
    const world = { policies: [value], organization };
    const outside = granted(world, place, every, ['ecr:CreateRepository']).grantees.flatMap(
      (grantee) => identityOf(grantee, place.account) ?? [],
    );
    const open = outside.find(({ kind }) => kind === 'everyone-signed-in');
    if (open !== undefined) return { mode: 'open', to: 'principals of any AWS account' } as const;
    return {
      mode: 'limited',
      to:
        outside.length === 0
          ? 'identities that IAM lets create repositories'
          : `own identities and ${outside.map(({ name }) => name).join(', ')}`,
    } as const;
  };
  if (!mentionsOrganization(value)) return join([stored], () => judge(undefined));
  return join([stored, await account.organization()], (_, organization) => judge(organization));
}

function networkAccess(
  { policies }: World,
  resource: string,
): ValueOf<RegistryFacts['networkAccess']> {
  const open = { mode: 'open', reason: 'chosen' } as const;
  const bound = networkBound({ policies, resource }, [...abilities.pull, ...abilities.push]);
  if (bound === null)
    return { ...open, detail: 'the registry policy does not refuse other networks' };
  const broad = bound.exempt.principals.find((exempt) => exempt.broad);
  if (broad !== undefined) return { ...open, detail: `${broad.arn} may come from anywhere` };
  const owners = [...bound.endpointAccounts, ...bound.endpointOrganizations].map(
    (owner) => `endpoints of ${owner}`,
  );
  return {
    mode: 'limited',
    ranges: bound.ranges.map(withPrefix),
    networks: [...bound.vpces, ...bound.vpcs, ...owners],
  };
}

async function settingsInForce(policies: Policies): Promise<RegistryFacts['settingsInForce']> {
  const stored = await policies.registry();
  if (stored.state !== 'known') return stored;
  const { value } = stored;
  if (value === null) return join([stored], () => ({ mode: 'nothing-stored' }));
  if (!exceedsScopeV1(value)) return join([stored], () => ({ mode: 'yes' }));
  return join([stored, await policies.scope()], (_, scope) =>
    scope === 'V2'
      ? { mode: 'yes' }
      : {
          mode: 'no',
          stored:
            'a registry policy for more than replication, import and creation, which scope V1 does not enforce',
        },
  );
}

/** IAM reads an address without a prefix as /32, an IPv6 one too (IAM user guide, condition operators). */
function withPrefix(range: string): string {
  return range.includes('/') ? range : `${range}/32`;
}
