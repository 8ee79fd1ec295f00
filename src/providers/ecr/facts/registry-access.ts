import { networkBound } from '../../../aws-policy/perimeter.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { abilities } from './abilities.ts';
import type { AccountFacts } from './account.ts';
import { administratorsOf } from './administrators.ts';
import { repositoryArn } from './iam-access.ts';
import { homeOf, outsidersWith } from './outsiders.ts';
import {
  exceedsScopeV1,
  mentionsOrganization,
  type Policies,
  resourceAt,
  type World,
} from './policies.ts';
import type { Place } from './settings.ts';
import { credentialsOf, rootCredentials, signInOf, usersOf, usesOf } from './users.ts';

/** The facts about who may do what in the registry as a whole. */
export function registryAccess(
  policies: Policies,
  place: Place,
  account: AccountFacts,
): Collectors<'registry'> {
  const every = repositoryArn(place, '*');
  return {
    signIn: async () => join([await account.credentialReport()], signInOf),
    credentials: async () => {
      const [report, identities] = [await account.credentialReport(), await account.identities()];
      const users = join([report, identities], usersOf);
      return joinLists([
        eachEntry(report, rootCredentials),
        eachEntry(users, (user) => credentialsOf(user, place)),
      ]);
    },
    credentialUse: async () => join([await account.credentialReport()], usesOf),
    administrators: async () =>
      join([await account.identities()], (all) => administratorsOf(all, place)),
    projectCreation: () => projectCreation(policies, place, account, every),
    networkAccess: () =>
      policies.together(nothingStored, { name: 'network', resource: resourceAt(every) }, (world) =>
        networkAccess(world, place, every),
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
    const { entries: outside, doubts } = outsidersWith(world, place, every, [
      'ecr:CreateRepository',
    ]);
    const open = outside.find(({ kind }) => kind === 'everyone-signed-in');
    if (open !== undefined) return { mode: 'open', to: 'principals of any AWS account' } as const;
    if (doubts.length > 0) throw new Inconclusive(doubts.join('; '));
    return {
      mode: 'limited',
      to:
        outside.length === 0
          ? 'identities that IAM lets create repositories'
          : `own identities and ${outside.map(({ id }) => id).join(', ')}`,
    } as const;
  };
  if (!mentionsOrganization(value)) return join([stored], () => judge(undefined));
  return join([stored, await account.organization()], (_, organization) => judge(organization));
}

function networkAccess(
  world: World,
  place: Place,
  resource: string,
): ValueOf<RegistryFacts['networkAccess']> {
  const open = { mode: 'open', reason: 'chosen' } as const;
  const { policies } = world;
  const scene = { policies, home: homeOf(place, world), resource, now: place.takenAt };
  const bound = networkBound(scene, [...abilities.pull, 'ecr:PutImage']);
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
