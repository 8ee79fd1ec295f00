import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { Denied, Inconclusive, join, known, unknown } from '../../facts.ts';
import { eachEntry, gapOf, joinLists, type LearntList } from '../../parts.ts';
import { authorizedCredential, type UsedCredential } from '../decode/credentials.ts';
import {
  type Caller,
  callerOf,
  isBelowEnterprise,
  type Organization,
  type Owner,
  organizationOf,
  singleSignOn,
  singleSignOnQuery,
} from '../decode/owner.ts';
import {
  type Collaborator,
  collaborator,
  type Installation,
  installation,
  loginOf,
} from '../decode/people.ts';
import { type ActionsPolicy, actionsPolicy, workflowDefault } from '../decode/settings.ts';
import { calls } from '../operations.ts';
import type { GithubApi } from '../wire/api.ts';
import type { Clients } from '../wire/clients.ts';
import type { Place } from '../wire/place.ts';

/** What concerns an owner as a whole, and the repositories of source code. Each is asked for once. */
export interface Account {
  readonly owner: Owner;
  readonly caller: () => Promise<Fact<Caller>>;
  readonly organization: () => Promise<Fact<Organization>>;
  /** Whether GitHub Enterprise, with its single sign-on and enterprise accounts, may stand behind it. */
  readonly mayBeEnterprise: () => Promise<Fact<boolean>>;
  /** The owners of the organization, or the user, by login. */
  readonly owners: () => Promise<LearntList<string>>;
  readonly outsiders: () => Promise<Fact<readonly string[]>>;
  readonly insecureMembers: () => Promise<Fact<readonly string[]>>;
  readonly installations: () => Promise<Fact<readonly Installation[]>>;
  /** The provider of single sign-on of the organization itself; null: it has none. */
  readonly singleSignOn: () => Promise<Fact<string | null>>;
  readonly credentials: () => Promise<LearntList<UsedCredential>>;
  readonly actions: () => Promise<Fact<ActionsPolicy>>;
  /** In: `OWNER/NAME`. */
  readonly collaborators: (repository: string) => Promise<Fact<readonly Collaborator[]>>;
  /** Webhooks as GitHub answers; each is read by itself. */
  readonly organizationHooks: () => Promise<Fact<readonly unknown[]>>;
  readonly repositoryHooks: (repository: string) => Promise<Fact<readonly unknown[]>>;
  readonly workflowDefault: (repository: string) => Promise<Fact<'read' | 'write'>>;
}

export interface AccountSources {
  readonly api: GithubApi;
  readonly clients: Pick<Clients, 'rest'>;
  readonly place: Pick<Place, 'graphql' | 'isServer'>;
}

export function accountOf(
  { api, clients: { rest }, place }: AccountSources,
  owner: Owner,
): Account {
  const { name } = owner;
  const ofOrganization = { params: { org: name } };
  const organization = once(() =>
    api.one('getOrganization', (raw) => organizationOf(raw, name), ofOrganization),
  );
  /** To whom is no member GitHub lists public members alone, and says no provider of single sign-on. */
  const seesAll = once(async () =>
    join([await organization()], (found) => {
      found.requiresSecondFactor();
      return mustReadMembers(rest.settings.scopes());
    }),
  );
  const owners = once(async (): Promise<LearntList<string>> => {
    if (owner.kind === 'user') return known('getOwner', '', () => [name]);
    const found = api.all('listOwners', (entries) => entries, {
      ...ofOrganization,
      query: { role: 'admin' },
    });
    const sure = eachEntry<unknown, string>(await found, (entry) => [loginOf(entry)]);
    const whole = await seesAll();
    return joinLists([
      sure,
      whole.state === 'known' ? known('listOwners', '', () => []) : gapOf(whole),
    ]);
  });
  const sso = once(async () => {
    const found = await api.one('querySingleSignOn', (raw) => singleSignOn(raw, name), {
      path: place.graphql,
      json: { query: singleSignOnQuery, variables: { login: name } },
    });
    return join([found, await seesAll()], (provider) => provider);
  });
  const members = (filter: string) =>
    api.all('listInsecureMembers', (entries) => entries.map(loginOf), {
      ...ofOrganization,
      query: { filter },
    });
  return {
    owner,
    organization,
    owners,
    singleSignOn: sso,
    caller: once(async () => {
      if (rest.packages.token.kind === 'installation') {
        return unknown('denied', 'getCaller', 'the token is of no person');
      }
      return api.one('getCaller', callerOf);
    }),
    mayBeEnterprise: once(async () =>
      join([await organization()], (found) => place.isServer || !isBelowEnterprise(found.plan())),
    ),
    outsiders: once(() =>
      api.all('listOutsideCollaborators', (entries) => entries.map(loginOf), ofOrganization),
    ),
    insecureMembers: once(() => members('2fa_disabled')),
    installations: once(async () =>
      eachEntry<unknown, Installation>(
        await api.all('listInstallations', (entries) => entries, ofOrganization),
        (entry) => [installation(entry)].filter(({ suspended }) => !suspended),
      ),
    ),
    credentials: once(async () => {
      const provider = await sso();
      if (provider.state !== 'known') return joinLists<UsedCredential>([gapOf(provider)]);
      // Without single sign-on nothing is authorized for it, and GitHub lists nothing.
      if (provider.value === null) return known('querySingleSignOn', '', () => []);
      const list = await api.all('listAuthorizedCredentials', (entries) => entries, ofOrganization);
      return joinLists([eachEntry<unknown, UsedCredential>(list, authorizedCredential)]);
    }),
    actions: once(() => api.one('getActionsPolicy', actionsPolicy, ofOrganization)),
    collaborators: oncePer(async (repository) =>
      eachEntry<unknown, Collaborator>(
        await api.all('listCollaborators', (entries) => entries, { params: inParts(repository) }),
        (entry) => [collaborator(entry)],
      ),
    ),
    organizationHooks: once(() =>
      api.all('listOrganizationHooks', (entries) => entries, ofOrganization),
    ),
    repositoryHooks: oncePer((repository) =>
      api.all('listRepositoryHooks', (entries) => entries, { params: inParts(repository) }),
    ),
    workflowDefault: oncePer((repository) =>
      api.one('getWorkflowPermissions', workflowDefault, { params: inParts(repository) }),
    ),
  };
}

/** What fills `{owner}` and `{repo}`. */
export function inParts(repository: string): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** Scopes with which a token sees members who hide their membership (docs, Scopes for OAuth apps). */
const readMembers = ['read:org', 'write:org', 'admin:org'];

/** Throws unless the token certainly reads all members. `scopes`: null where GitHub names none. */
function mustReadMembers(scopes: readonly string[] | null): true {
  if (scopes === null) {
    throw new Inconclusive(
      'GitHub does not say whether such a token has the permission Members: read, without which it lists public members alone; a personal access token (classic) with read:org shows it',
    );
  }
  if (scopes.some((scope) => readMembers.includes(scope))) return true;
  throw new Denied(
    'the token has no scope that reads members: without one GitHub lists public members alone',
    calls.listOwners.permission,
  );
}
