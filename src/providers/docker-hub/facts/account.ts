import type { JsonObject } from '../../../decode/fields.ts';
import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { daysBetween } from '../../../model/instant.ts';
import { join, known, unknown } from '../../facts.ts';
import { eachEntry, gapOf, joinLists } from '../../parts.ts';
import {
  invitedOwners,
  type Member,
  type Membership,
  member,
  membershipOf,
} from '../decode/members.ts';
import {
  type ListedToken,
  listedToken,
  personalCredential,
  type TokenGrant,
  tokenGrants,
  type UsedCredential,
} from '../decode/tokens.ts';
import { operations } from '../operations.ts';
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
  /** The subscription of the organization, in lower case; null: not told. */
  readonly plan: () => Promise<string | null>;
  readonly tokens: () => Promise<Fact<readonly LiveToken[]>>;
  /** Of the caller. */
  readonly personalTokens: () => Promise<Fact<readonly UsedCredential[]>>;
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
  const isPerson = isOfPerson(caller.kind);
  const membership = once(() =>
    api.all('ListMemberships', (entries) => membershipOf(entries, namespace)),
  );
  /** A refusal says what it is about, where the caller can know: the organization is none of theirs. */
  const within = async <T>(answer: Promise<Fact<T>>): Promise<Fact<T>> => {
    const fact = await answer;
    const refused = fact.state === 'unknown' && ['denied', 'denied-or-absent'].includes(fact.why);
    if (!refused || !isPerson) return fact;
    const own = await membership();
    if (own.state !== 'known' || own.value !== null) return fact;
    return unknown('denied', fact.from.operation, notOurs(namespace, caller.identifier));
  };
  return {
    within,
    membership,
    members: once(async () =>
      eachEntry(
        await within<readonly JsonObject[]>(api.all('ListMembers', same, ofNamespace)),
        member,
      ),
    ),
    invitedOwners: once(() => within(api.one('ListInvites', invitedOwners, ofNamespace))),
    plan: async () => {
      if (!isPerson) return null;
      const own = await membership();
      return own.state === 'known' && own.value !== null ? own.value.plan : null;
    },
    tokens: once(() => liveTokens(api, within, namespace, now)),
    personalTokens: once(async () =>
      eachEntry(await api.all('ListPersonalAccessTokens', same), personalCredential),
    ),
  };
}

function same(entries: readonly JsonObject[]): readonly JsonObject[] {
  return entries;
}

/** Each token is known or missing by itself. */
async function liveTokens(
  api: DockerHubApi,
  within: Account['within'],
  namespace: string,
  now: string,
): Promise<Fact<readonly LiveToken[]>> {
  const grantsOf = oncePer((token) =>
    api.one('GetOrgAccessToken', (raw) => tokenGrants(raw, token), {
      params: { namespace, token },
    }),
  );
  const listed = eachEntry(
    await within<readonly JsonObject[]>(
      api.all('ListOrgAccessTokens', same, { params: { namespace } }),
    ),
    (entry) => [listedToken(entry)].filter((token) => isLive(token, now)),
  );
  if (!('value' in listed)) return listed;
  const each = listed.value.map(async (token) =>
    join([await grantsOf(token.id)], (grants) => [{ token, grants }]),
  );
  const { permission } = operations.ListOrgAccessTokens;
  const whole: Fact<readonly LiveToken[]> =
    listed.state === 'known' ? known('ListOrgAccessTokens', permission, () => []) : gapOf(listed);
  return joinLists([whole, ...(await Promise.all(each))]);
}

/** Ended and deactivated tokens are listed too, and open nothing. */
function isLive({ active, expiresAt }: ListedToken, now: string): boolean {
  return active && (expiresAt === null || daysBetween(now, expiresAt) >= 0);
}
