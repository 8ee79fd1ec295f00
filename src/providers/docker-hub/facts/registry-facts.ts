import type { Fact } from '../../../model/fact.ts';
import type { Credential, Identity } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, known, unknown } from '../../facts.ts';
import { auditLog } from '../decode/activity.ts';
import { administersOrganization, organizationCredential } from '../decode/tokens.ts';
import type { DockerHubApi } from '../wire/api.ts';
import { isOfPerson } from '../wire/credentials.ts';
import { machine, person } from './access.ts';
import type { Account } from './account.ts';
import { customRoleDoubt } from './custom-roles.ts';
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
    signIn: untold(
      'single sign-on and second factors',
      'no API of Docker Hub tells whether single sign-on is enforced or who has a second factor',
    ),
    credentials: () => credentials(namespace, account),
    administrators: () => administrators(namespace, account),
    auditLog: () => activity(sources),
    auditRetention: untold(
      'retention of the activity log',
      'Docker documents that its pages show 30 days of the log and the API more, but not how much',
    ),
    newRepositories: untold(
      'default privacy',
      'no API of Docker Hub tells the default privacy of new repositories',
    ),
    buildTasks: untold(
      'automated builds',
      'no documented API of Docker Hub tells which automated builds are set up',
    ),
  };
}

/** In: what no call is there for, and a sentence on it. */
export function untold(subject: string, detail: string) {
  return async () => unknown('inconclusive', subject, detail);
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
    account.tokens(),
    companyOf(namespace, account),
    account.plan(),
  ]);
  return join(facts, (people, invited, tokens, company, plan) => {
    const doubt = customRoleDoubt(people, plan);
    if (doubt !== null) throw new Inconclusive(doubt);
    return [
      ...people.filter(({ role }) => role !== 'Member').map(person),
      ...invited.map((name) => administrator('person', name, 'open invitation to be an owner')),
      ...tokens
        .filter(({ grants }) => administersOrganization(grants))
        .map(({ token }) => machine(token.label)),
      ...(company === null
        ? []
        : [administrator('group', `owners of company ${company}`, 'company')]),
    ];
  });
}

function administrator(kind: 'person' | 'group', name: string, via: string): Identity {
  return { kind, name, via, foreign: false, administrator: true };
}

/** The company whose owners administer the organization too (docs, core roles); null: none. */
async function companyOf(namespace: Namespace, account: Account): Promise<Fact<string | null>> {
  if (!isOfPerson(namespace.caller.kind)) {
    return unknown(
      'inconclusive',
      'ListMemberships',
      'only a member can read whether a company is above the organization, whose owners administer it too; the user name and password of an owner read both members and company',
    );
  }
  return join([await account.membership()], (membership) => {
    if (membership !== null) return membership.company();
    throw new Inconclusive(notOurs(namespace.name, namespace.caller.identifier));
  });
}

/**
 * Every credential is never known: nobody can list the personal access tokens of members, nor whether
 * an account's password works without a second factor. What is amiss with the others is said.
 */
async function credentials(
  namespace: Namespace,
  account: Account,
): Promise<RegistryFacts['credentials']> {
  const own = isOfPerson(namespace.caller.kind);
  const facts: Fact<readonly Credential[]>[] = [];
  if (own) facts.push(await account.personalTokens());
  if (namespace.kind === 'organization') facts.push(await organizationCredentials(account));
  return join(facts, (...lists) => {
    throw new Inconclusive(`${hidden[namespace.kind]}; ${amiss(lists.flat())}`);
  });
}

const hidden = {
  organization: 'nobody can list the personal access tokens of the other members',
  person: 'no API tells whether the password works without a second factor',
} as const;

async function organizationCredentials(account: Account): Promise<Fact<readonly Credential[]>> {
  return join([await account.tokens()], (live) =>
    live.map(({ token, grants }) => organizationCredential(token, grants)),
  );
}

function amiss(credentials: readonly Credential[]): string {
  if (credentials.length === 0) return 'no access token is listed';
  const endless = credentials.filter(({ expiresAt }) => expiresAt === null);
  if (endless.length === 0) return `the ${credentials.length} that can be listed have an end`;
  const names = endless.slice(0, 3).map(({ name }) => name);
  const more = endless.length > names.length ? ` and ${endless.length - names.length} more` : '';
  return `of those that can be listed, these never end: ${names.join(', ')}${more}`;
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
