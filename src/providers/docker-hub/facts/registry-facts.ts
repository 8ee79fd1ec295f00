import type { Fact } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { Denied, Inconclusive, join, known, unknown } from '../../facts.ts';
import { eachEntry, joinLists, type LearntList, withRest } from '../../parts.ts';
import { auditLog } from '../decode/activity.ts';
import { organizationCredential, type UsedCredential } from '../decode/tokens.ts';
import { otherTokens, ownPassword } from '../provides.ts';
import type { DockerHubApi } from '../wire/api.ts';
import { isOfPerson } from '../wire/credentials.ts';
import { person } from './access.ts';
import type { Account } from './account.ts';
import type { Listed } from './listing.ts';
import type { Namespace } from './namespace.ts';

export interface RegistrySources {
  readonly api: DockerHubApi;
  readonly namespace: Namespace;
  readonly account: Account;
  readonly listed: Listed;
}

/** How each fact of a namespace is learnt. */
export function registryCollectors(sources: RegistrySources): Collectors<'registry'> {
  const { namespace, account, listed } = sources;
  return {
    anonymousCatalog: () => catalog(namespace, listed),
    credentials: async () =>
      eachEntry(await listedCredentials(namespace, account), ({ lastUsedAt: _, ...credential }) => [
        credential,
      ]),
    credentialUse: async () =>
      eachEntry(await listedCredentials(namespace, account), ({ name, lastUsedAt }) => [
        { name, lastUsedAt },
      ]),
    administrators: () => administrators(namespace, account),
    auditLog: () => activity(sources),
  };
}

/**
 * Public repositories are found by anybody, private ones are not (docs, repository access). A namespace
 * that does not exist has an empty list too.
 */
async function catalog(
  { name: within, caller }: Namespace,
  listed: Listed,
): Promise<RegistryFacts['anonymousCatalog']> {
  return join([await listed.firstPublic()], ({ name, any }) => {
    if (name !== null) {
      return {
        mode: 'listed',
        how: `public repositories can be searched for, ${name} among them`,
      };
    }
    if (any || caller.identifier.toLowerCase() === within) return { mode: 'hidden' };
    throw new Inconclusive(
      `no repository is listed to ${caller.identifier}, and whether ${within} exists is not told`,
    );
  });
}

/** Owners and editors, whoever is invited to be an owner, and the owners of the company above. */
async function administrators(
  namespace: Namespace,
  account: Account,
): Promise<RegistryFacts['administrators']> {
  if (namespace.kind === 'person') {
    const itself = administrator('person', namespace.name, 'the account itself');
    return known('AuthCreateAccessToken', '', () => [itself]);
  }
  const facts = await Promise.all([
    account.members(),
    account.invitedOwners(),
    companyOf(namespace, account),
  ]);
  return join(facts, (people, invited, company) => [
    ...people.filter(({ role }) => role !== 'Member').map(person),
    ...invited.map((name) => administrator('person', name, 'open invitation to be an owner')),
    ...(company === null
      ? []
      : [administrator('group', `owners of company ${company}`, 'company')]),
  ]);
}

function administrator(kind: 'person' | 'group', name: string, via: string): Identity {
  return { kind, name, via, foreign: false, administrator: true };
}

/** The company whose owners administer the organization too (docs, core roles); null: none. */
async function companyOf(namespace: Namespace, account: Account): Promise<Fact<string | null>> {
  if (!isOfPerson(namespace.caller.kind)) {
    return unknown(
      'denied',
      'ListMemberships',
      'only a member can read whether a company is above the organization, whose owners administer it too; use a personal access token',
    );
  }
  return join([await account.membership()], (membership) => {
    if (membership !== null) return membership.company();
    throw new Denied(
      `${namespace.caller.identifier} is no member of ${namespace.name} and is not told its company`,
    );
  });
}

/** What can be listed; no API tells the personal access tokens of members, nor a second factor. */
async function listedCredentials(
  namespace: Namespace,
  account: Account,
): Promise<LearntList<UsedCredential>> {
  const lists: Fact<readonly UsedCredential[]>[] = [];
  if (isOfPerson(namespace.caller.kind)) lists.push(await account.personalTokens());
  const ofOrganization = namespace.kind === 'organization';
  if (ofOrganization) lists.push(await organizationCredentials(account));
  return withRest(joinLists(lists), ofOrganization ? otherTokens : ownPassword);
}

async function organizationCredentials(account: Account): Promise<Fact<readonly UsedCredential[]>> {
  return join([await account.tokens()], (live) =>
    live.map(({ token, grants }) => organizationCredential(token, grants)),
  );
}

async function activity({ api, namespace }: RegistrySources): Promise<RegistryFacts['auditLog']> {
  if (namespace.kind === 'person') {
    return known('AuthCreateAccessToken', '', () => ({
      mode: 'off',
      why: 'an account of a person has no activity log; it needs a Team or Business subscription',
    }));
  }
  return api.one('ListAuditLogs', auditLog, {
    params: { namespace: namespace.name },
    query: { page_size: 1 },
  });
}
