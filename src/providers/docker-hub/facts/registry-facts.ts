import type { Fact } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { Denied, Inconclusive, join, known, unknown } from '../../facts.ts';
import { eachEntry, joinLists, type LearntList, withRest } from '../../parts.ts';
import { auditLog } from '../decode/activity.ts';
import {
  administersOrganization,
  organizationCredential,
  type UsedCredential,
} from '../decode/tokens.ts';
import { otherTokens, ownPassword, teamRoles } from '../provides.ts';
import type { DockerHubApi } from '../wire/api.ts';
import { isOfPerson } from '../wire/credentials.ts';
import { machine, person } from './access.ts';
import type { Account } from './account.ts';
import { mayHoldCustomRoles } from './custom-roles.ts';
import type { Listed } from './listing.ts';
import type { Namespace } from './namespace.ts';
import { notOurs } from './not-ours.ts';

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

/**
 * Owners and editors, whoever is invited to be an owner, tokens that can make somebody one, and the owners
 * of the company above.
 */
async function administrators(
  namespace: Namespace,
  account: Account,
): Promise<RegistryFacts['administrators']> {
  if (namespace.kind === 'person') {
    const itself = administrator('person', namespace.name, 'the account itself');
    return known('AuthCreateAccessToken', '', () => [itself]);
  }
  const [people, invited, tokens, company, plan] = await Promise.all([
    account.members(),
    account.invitedOwners(),
    account.tokens(),
    companyOf(namespace, account),
    account.plan(),
  ]);
  const sure = joinLists([
    eachEntry(people, (one) => (one.role === 'Member' ? [] : [person(one)])),
    eachEntry(invited, (name) => [administrator('person', name, 'open invitation to be an owner')]),
    eachEntry(tokens, ({ token, grants }) =>
      administersOrganization(grants) ? [machine(token.label)] : [],
    ),
    join([company], (above) =>
      above === null ? [] : [administrator('group', `owners of company ${above}`, 'company')],
    ),
  ]);
  return mayHoldCustomRoles(people, plan) ? withRest(sure, teamRoles) : sure;
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
      'only a member can read whether a company is above the organization, whose owners administer it too; the user name and password of an owner read both members and company',
    );
  }
  return join([await account.membership()], (membership) => {
    if (membership !== null) return membership.company();
    throw new Denied(notOurs(namespace.name, namespace.caller.identifier));
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
  return eachEntry(await account.tokens(), ({ token, grants }) => [
    organizationCredential(token, grants),
  ]);
}

async function activity({
  api,
  namespace,
  account,
}: RegistrySources): Promise<RegistryFacts['auditLog']> {
  if (namespace.kind === 'person') {
    return known('AuthCreateAccessToken', '', () => ({
      mode: 'off',
      why: 'an account of a person has no activity log; it needs a Team or Business subscription',
    }));
  }
  const call = { params: { namespace: namespace.name }, query: { page_size: 1 } };
  return account.within(api.one('ListAuditLogs', auditLog, call));
}
