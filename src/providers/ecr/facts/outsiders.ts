import { type Access, accessGranted } from '../../../aws-policy/access.ts';
import type { Grantee } from '../../../aws-policy/grantee.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive } from '../../facts.ts';
import { type Ability, abilities } from './abilities.ts';
import type { World } from './policies.ts';
import type { Place } from './settings.ts';

type Outside = ValueOf<RepositoryFacts['outsideAccess']>[number];

/** Who is let in by the policies of a resource, for one ability. */
export function granted(
  world: World,
  { account }: Place,
  resource: string,
  actions: readonly string[],
): Access {
  return accessGranted(
    { policies: world.policies, home: { account, organization: world.organization }, resource },
    actions,
  );
}

/**
 * Access given to anybody outside the account, one entry for each. Throws `Inconclusive` when a policy
 * lets in somebody whose bounds only a live request would settle.
 */
export function outsideAccess(world: World, place: Place, resource: string): Outside[] {
  const found = new Map<string, Outside>();
  for (const ability of Object.keys(abilities) as Ability[]) {
    for (const grantee of granted(world, place, resource, abilities[ability]).grantees) {
      const outside = outsider(grantee, place.account);
      if (outside === null) continue;
      settled(grantee, outside.id);
      const key = `${outside.kind} ${outside.id} ${outside.via}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...outside, can: [ability] });
      else if (!known.can.includes(ability)) known.can.push(ability);
    }
  }
  return [...found.values()];
}

function settled({ undecided }: Grantee, id: string): void {
  if (undecided.length > 0)
    throw new Inconclusive(`whether ${id} is let in depends on ${undecided.join(', ')}`);
}

type Named = Omit<Outside, 'can'>;

/** Null: it belongs to the account itself, or lets nobody in. */
function outsider(grantee: Grantee, account: string): Named | null {
  const via = statementOf(grantee);
  switch (grantee.kind) {
    case 'any-account':
      return { kind: 'everyone-signed-in', id: nameOfAll(grantee), account: '', own: false, via };
    case 'organization':
      return {
        kind: 'organization',
        id: grantee.id,
        account: grantee.id,
        own: grantee.own === true,
        via,
      };
    case 'account':
      return grantee.own
        ? null
        : { kind: 'account', id: grantee.id, account: grantee.id, own: false, via };
    case 'principal':
      return grantee.own
        ? null
        : { kind: 'principal', id: grantee.arn, account: grantee.account, own: false, via };
    case 'federated':
      if (grantee.own) return null;
      return {
        kind: 'principal',
        id: grantee.provider,
        account: grantee.account ?? '',
        own: false,
        via,
      };
    case 'service':
      return service(grantee, account, via);
    case 'canonical-user':
    case 'user-id':
      throw new Inconclusive(`${via} names ${grantee.id}, and that does not tell its account`);
    case 'deleted-principal':
      return null;
  }
}

/** A service that acts for this account alone is no outsider; one that acts for anybody is. */
function service(
  grantee: Extract<Grantee, { kind: 'service' }>,
  account: string,
  via: string,
): Named | null {
  const { sources, name } = grantee;
  if (sources === null) return { kind: 'service', id: name, account: '', own: false, via };
  const accounts = [...sources.accounts, ...sources.arns.map((arn) => arn.split(':')[4] ?? '')];
  const foreign = accounts.find((one) => one !== account);
  if (foreign !== undefined)
    return { kind: 'service', id: `${name} for ${foreign}`, account: foreign, own: false, via };
  const [organization] = sources.organizations;
  if (accounts.length > 0 || organization === undefined) return null;
  return {
    kind: 'service',
    id: `${name} for ${organization}`,
    account: organization,
    own: false,
    via,
  };
}

function nameOfAll({ from }: Grantee): string {
  if (from === null) return '*';
  const networks = [
    ...from.vpces,
    ...from.vpcs,
    ...from.endpointAccounts,
    ...from.endpointOrganizations,
  ];
  // Whose network an endpoint or VPC is, its id does not tell; who is in it is up to its owner.
  if (networks.length > 0)
    throw new Inconclusive(
      `any account is let in from ${networks.join(', ')}, and whose that is the policy does not tell`,
    );
  return `* from ${from.ranges.join(', ')}`;
}

function statementOf({ statement: { policy, statement, sid } }: Grantee): string {
  const name = sid === null ? `statement ${statement}` : `statement ${sid}`;
  return policy === 0 ? `${name} of the policy` : `${name} of the registry policy`;
}

/** An outsider that can push or delete, as an identity. */
export function identityOf(grantee: Grantee, account: string): Identity | null {
  const outside = outsider(grantee, account);
  if (outside === null) return null;
  settled(grantee, outside.id);
  const kinds = {
    'everyone-signed-in': 'everyone-signed-in',
    organization: 'organization',
    account: 'account',
    principal: 'workload',
    service: 'service',
    tenant: 'account',
    anyone: 'anyone',
  } as const;
  return {
    kind: kinds[outside.kind],
    name: outside.id,
    via: outside.via,
    foreign: true,
    administrator: false,
  };
}
