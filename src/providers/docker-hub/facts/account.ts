import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { Credential } from '../../../model/identity.ts';
import { daysBetween } from '../../../model/instant.ts';
import { join, known, unknown } from '../../facts.ts';
import {
  invitedOwners,
  type Member,
  type Membership,
  members,
  membershipOf,
} from '../decode/members.ts';
import {
  type ListedToken,
  listedTokens,
  personalCredentials,
  type TokenGrant,
  tokenGrants,
} from '../decode/tokens.ts';
import type { DockerHubApi } from '../wire/api.ts';
import { type HubCredentials, isOfPerson } from '../wire/credentials.ts';
import { notOurs } from './not-ours.ts';

/** An organization access token that has not ended, and what it may do. */
export interface LiveToken {
  readonly token: ListedToken;
  readonly grants: readonly TokenGrant[];
}

/** What concerns a namespace as a whole. Each is asked for once, and only if a fact needs it. */
export interface Account {
  readonly members: () => Promise<Fact<readonly Member[]>>;
  /** The answer of a call of the organization, with what a refusal means. */
  readonly within: <T>(answer: Promise<Fact<T>>) => Promise<Fact<T>>;
  readonly invitedOwners: () => Promise<Fact<readonly string[]>>;
  /** What the caller is in the organization; null: not a member. */
  readonly membership: () => Promise<Fact<Membership | null>>;
  /** The subscription of the organization, in lower case; null: no API tells the caller. */
  readonly plan: () => Promise<Fact<string | null>>;
  readonly tokens: () => Promise<Fact<readonly LiveToken[]>>;
  /** Of the caller. */
  readonly personalTokens: () => Promise<Fact<readonly Credential[]>>;
}

/** Who asks about which namespace. */
interface Caller {
  readonly name: string;
  readonly caller: Pick<HubCredentials, 'identifier' | 'kind'>;
}

export function accountOf(
  api: DockerHubApi,
  { name: namespace, caller }: Caller,
  now: string,
): Account {
  const ofNamespace = { params: { namespace } };
  const membership = once(() =>
    api.all('ListMemberships', (entries) => membershipOf(entries, namespace)),
  );
  /** A refusal says what it is about, where the caller can know: the organization is none of theirs. */
  const within = async <T>(answer: Promise<Fact<T>>): Promise<Fact<T>> => {
    const fact = await answer;
    const refused = fact.state === 'unknown' && ['denied', 'denied-or-absent'].includes(fact.why);
    if (!refused || !isOfPerson(caller.kind)) return fact;
    const own = await membership();
    if (own.state !== 'known' || own.value !== null) return fact;
    return unknown('denied', fact.from.operation, notOurs(namespace, caller.identifier));
  };
  const grantsOf = oncePer((token) =>
    api.one('GetOrgAccessToken', (raw) => tokenGrants(raw, token), {
      params: { namespace, token },
    }),
  );
  return {
    members: once(() => within(api.all('ListMembers', members, ofNamespace))),
    invitedOwners: once(() => within(api.one('ListInvites', invitedOwners, ofNamespace))),
    within,
    membership,
    plan: async () =>
      isOfPerson(caller.kind)
        ? join([await membership()], (own) => (own === null ? null : own.plan))
        : known('AuthCreateAccessToken', '', () => null),
    tokens: once(async () => {
      const listed = await within(api.all('ListOrgAccessTokens', listedTokens, ofNamespace));
      if (listed.state !== 'known') return listed;
      const live = listed.value.filter((token) => isLive(token, now));
      const grants = await Promise.all(live.map(({ id }) => grantsOf(id)));
      return join([listed, ...grants], (_, ...each) =>
        live.flatMap((token, index) => {
          const its = each[index];
          return its === undefined ? [] : [{ token, grants: its }];
        }),
      );
    }),
    personalTokens: once(() => api.all('ListPersonalAccessTokens', personalCredentials)),
  };
}

/** Ended and deactivated tokens are listed too, and open nothing. */
function isLive({ active, expiresAt }: ListedToken, now: string): boolean {
  return active && (expiresAt === null || daysBetween(now, expiresAt) >= 0);
}
