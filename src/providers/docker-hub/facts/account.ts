import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { Credential } from '../../../model/identity.ts';
import { daysBetween } from '../../../model/instant.ts';
import { join } from '../../facts.ts';
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

/** An organization access token that has not ended, and what it may do. */
export interface LiveToken {
  readonly token: ListedToken;
  readonly grants: readonly TokenGrant[];
}

/** What concerns a namespace as a whole. Each is asked for once, and only if a fact needs it. */
export interface Account {
  readonly members: () => Promise<Fact<readonly Member[]>>;
  readonly invitedOwners: () => Promise<Fact<readonly string[]>>;
  /** What the caller is in the organization; null: not a member. */
  readonly membership: () => Promise<Fact<Membership | null>>;
  readonly tokens: () => Promise<Fact<readonly LiveToken[]>>;
  /** Of the caller. */
  readonly personalTokens: () => Promise<Fact<readonly Credential[]>>;
}

export function accountOf(api: DockerHubApi, namespace: string, now: string): Account {
  const ofNamespace = { params: { namespace } };
  const grantsOf = oncePer((token) =>
    api.one('GetOrgAccessToken', (raw) => tokenGrants(raw, token), {
      params: { namespace, token },
    }),
  );
  return {
    members: once(() => api.all('ListMembers', members, ofNamespace)),
    invitedOwners: once(() => api.one('ListInvites', invitedOwners, ofNamespace)),
    membership: once(() =>
      api.all('ListMemberships', (entries) => membershipOf(entries, namespace)),
    ),
    tokens: once(async () => {
      const listed = await api.all('ListOrgAccessTokens', listedTokens, ofNamespace);
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
