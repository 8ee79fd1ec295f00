import type { JsonObject } from '../../../decode/fields.ts';
import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { Denied, join, type Learnt, unknown } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { applications, robotEntries, tokenEntry } from '../decode/credentials.ts';
import { type Organization, organization } from '../decode/namespace.ts';
import { peopleIn, type TeamMember, teamMember, teamMembers } from '../decode/people.ts';
import {
  type Immutability,
  immutabilityPolicies,
  type Pruning,
  pruningPolicies,
} from '../decode/policies.ts';
import { type ListedRepository, listedRepository } from '../decode/repository.ts';
import { type Mirror, organizationMirror, proxyCache, type Upstream } from '../decode/upstream.ts';
import { operations, type QuayCall } from '../operations.ts';
import type { QuayApi } from '../wire/api.ts';
import { appTokensOf, callerOf, type InstanceSources } from './instance-sources.ts';

export interface Namespace {
  readonly name: string;
  readonly kind: 'organization' | 'user';
}

/** What holds for one namespace, read when first needed and only once. */
export interface NamespaceSources extends Namespace {
  readonly api: QuayApi;
  readonly instance: InstanceSources;
  readonly organization: () => Promise<Learnt<Organization>>;
  readonly pages: () => AsyncGenerator<Learnt<readonly ListedRepository[]>>;
  /** Whether the list of repositories that was just read is all there are: true, or not known. */
  readonly seesAll: () => Promise<Learnt<true>>;
  readonly robots: () => Promise<Learnt<readonly JsonObject[]>>;
  readonly applications: () => Promise<Learnt<ReturnType<typeof applications>>>;
  readonly tokensOf: (application: string) => Promise<Learnt<readonly JsonObject[]>>;
  readonly people: () => Promise<Fact<string[]>>;
  readonly teamMembers: (team: string) => Promise<LearntMembers>;
  readonly pruning: () => Promise<Learnt<readonly Pruning[]>>;
  readonly immutability: () => Promise<Learnt<readonly Immutability[]>>;
  readonly proxyCache: () => Promise<Learnt<Upstream | null>>;
  readonly mirror: () => Promise<Learnt<Mirror | null>>;
}

type LearntMembers = Fact<readonly TeamMember[]>;

export interface NamespaceInput extends Namespace {
  readonly api: QuayApi;
  readonly instance: InstanceSources;
  /** The members as the proof of the token was told them. */
  readonly members: Learnt<unknown>;
}

export function namespaceSources(input: NamespaceInput): NamespaceSources {
  const { api, instance, name, kind, members } = input;
  const params = { namespace: name };
  const ofOrganization = <T>(operation: QuayCall, ask: () => Promise<Learnt<T>>) =>
    once(async () => (kind === 'organization' ? ask() : ownedAlone(operation)));
  const queryRobots = { permissions: 'true', token: 'false' };
  return {
    name,
    kind,
    api,
    instance,
    organization: once(async () =>
      kind === 'organization' ? organizationOf(api, name) : ownedAlone('getOrganization'),
    ),
    pages: () =>
      api.pages('listRepos', (all) => all.map((raw) => listedRepository(raw, name)), {
        query: { namespace: name, public: 'true' },
      }),
    seesAll: () => seesAll(input),
    robots: ofOrganization('getOrgRobots', () =>
      api.one('getOrgRobots', robotEntries, { params, query: queryRobots }),
    ),
    applications: ofOrganization('getOrganizationApplications', () =>
      api.one('getOrganizationApplications', applications, { params }),
    ),
    tokensOf: (application) =>
      api.all('listOrganizationApplicationTokens', (all) => all.map(tokenEntry), {
        params: { ...params, application },
      }),
    people: async () => {
      if (kind === 'user') return join([await instance.info()], () => [name]);
      return joinLists([
        join([members], (raw) => peopleIn(raw, 'members')),
        await api.one('getOrganizationCollaborators', (raw) => peopleIn(raw, 'collaborators'), {
          params,
        }),
      ]);
    },
    teamMembers: oncePer(async (team: string): Promise<LearntMembers> => {
      const decode = (raw: unknown) => teamMembers(raw, team);
      const all = await api.one('getOrganizationTeamMembers', decode, {
        params: { ...params, team },
      });
      return eachEntry(all, (entry) => [teamMember(entry)]);
    }),
    pruning: once(async () => {
      const on = await instance.feature('AUTO_PRUNE', 11);
      if (on.state !== 'known') return on;
      if (!on.value) return join([on], () => []);
      if (kind === 'user') return ownedAlone('listOrganizationAutoPrunePolicies');
      return api.one(
        'listOrganizationAutoPrunePolicies',
        (raw) => pruningPolicies(raw, 'the organization'),
        { params },
      );
    }),
    // Only organizations can have policies of this kind, or be a cache or a mirror.
    immutability: once(async () => {
      const on = await instance.feature('IMMUTABLE_TAGS', 17);
      if (on.state !== 'known') return on;
      if (!on.value || kind === 'user') return join([on], () => []);
      return api.one('listOrgImmutabilityPolicies', immutabilityPolicies, { params });
    }),
    proxyCache: once(async () => {
      const on = await instance.feature('PROXY_CACHE', 7);
      if (on.state !== 'known') return on;
      if (!on.value || kind === 'user') return join([on], () => null);
      return api.one('getProxyCacheConfig', proxyCache, { params });
    }),
    mirror: once(async () => {
      const on = await instance.feature('ORG_MIRROR', 17);
      if (on.state !== 'known') return on;
      if (!on.value || kind === 'user') return join([on], () => null);
      return api.one(
        'getOrgMirrorConfig',
        (raw) => (raw === null ? null : organizationMirror(raw)),
        { params },
      );
    }),
  };
}

/** An organization; throws for one that is not there. */
export function organizationOf(api: QuayApi, name: string) {
  return api.one('getOrganization', (raw) => organization(raw, name), {
    params: { namespace: name },
  });
}

function ownedAlone(operation: QuayCall) {
  return unknown(
    'denied',
    operation,
    'what belongs to the namespace of a user is shown to that user alone',
    'user:admin',
  );
}

/**
 * Quay leaves out repositories that the caller may not see, and says nothing of it; and a token that ends
 * meanwhile makes a stranger of the caller. So it is asked anew, after the list, who the caller is.
 */
async function seesAll({ api, name, kind }: NamespaceInput): Promise<Learnt<true>> {
  if (kind === 'organization') {
    return join([await organizationOf(api, name)], ({ admin }) => {
      if (admin) return true;
      throw new Denied(
        `the token is not one of an administrator of ${name}, and Quay shows others a part of the repositories alone`,
        operations.getOrganization.permission,
      );
    });
  }
  const caller = await callerOf(api);
  if (caller.state === 'known' && (caller.value.name === name || caller.value.readsEverything)) {
    return join([caller], () => true);
  }
  const everything = await appTokensOf(api);
  if (everything.state === 'known') return join([everything], () => true);
  return join([caller, everything], () => {
    throw new Denied(`the token is not one of ${name}`, operations.getLoggedInUser.permission);
  });
}
