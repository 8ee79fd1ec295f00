import type { JsonObject } from '../../../decode/fields.ts';
import { once } from '../../../http/once.ts';
import type { Fact, NotExposed } from '../../../model/fact.ts';
import type { Credential, CredentialUse } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, type Learnt } from '../../facts.ts';
import { eachEntry, joinLists, type LearntList, withRest } from '../../parts.ts';
import {
  applicationToken,
  appSpecificToken,
  type Robot,
  robot,
  type Token,
} from '../decode/credentials.ts';
import { authenticationType } from '../decode/instance.ts';
import type { Team } from '../decode/namespace.ts';
import { teamsOf } from './identities.ts';
import type { NamespaceSources } from './namespace-sources.ts';

/** What no API tells of the credentials of a namespace; `provides` says it. */
export interface Rests {
  readonly otherTokens: NotExposed;
  readonly passwordUse: NotExposed;
}

/** The facts about robot accounts, tokens, and passwords that Quay keeps itself. */
export function credentialFacts(
  sources: NamespaceSources,
  { otherTokens, passwordUse }: Rests,
): Collectors<'registry'> {
  const { instance } = sources;
  const robots = once(async () => eachEntry(await sources.robots(), (entry) => [robot(entry)]));
  const tokens = once(() => tokensOf(sources));
  const appTokens = once(() => appTokensOf(sources));
  const passwords = once(() => passwordsOf(sources));
  return {
    credentials: async (): Promise<RegistryFacts['credentials']> => {
      const teams = await administeringTeams(sources);
      const ofRobots =
        teams.state === 'known'
          ? eachEntry(await robots(), (one) => [robotCredential(one, teams.value)])
          : teams;
      const all = joinLists<Credential>([
        ofRobots,
        eachEntry(await tokens(), tokenCredential('every-repository')),
        eachEntry(await appTokens(), tokenCredential('some-repositories')),
        await passwords(),
      ]);
      return withRest(all, otherTokens);
    },
    credentialUse: async (): Promise<RegistryFacts['credentialUse']> => {
      const recorded = await instance.feature('USER_LAST_ACCESSED');
      const uses = joinLists<CredentialUse>([
        eachEntry(await robots(), use),
        eachEntry(await tokens(), use),
        eachEntry(await appTokens(), use),
        join([recorded], (on): CredentialUse[] => {
          if (on) return [];
          throw new Inconclusive('FEATURE_USER_LAST_ACCESSED is off, so that no use is recorded');
        }),
      ]);
      const own = await passwords();
      if (!('value' in own)) return joinLists([uses, own]);
      return withRest(uses, own.value.length === 0 ? otherTokens : passwordUse);
    },
  };
}

function use({ name, lastUsedAt }: Robot | Token): CredentialUse[] {
  return [{ name, lastUsedAt }];
}

async function administeringTeams(sources: NamespaceSources): Promise<Learnt<readonly Team[]>> {
  if (sources.kind === 'user') return join([await sources.instance.info()], () => []);
  return join([await teamsOf(sources)], (teams) => teams.filter(({ role }) => role === 'admin'));
}

/** Quay has no end for robot accounts; what role they have where, their list does not tell. */
function robotCredential(
  { name, createdAt, teams }: Robot,
  administering: readonly Team[],
): Credential {
  const administers = administering.some((team) => teams.includes(team.name));
  return {
    kind: 'robot',
    name,
    expiresAt: null,
    createdAt,
    reach: administers ? 'every-repository' : 'some-repositories',
    can: administers ? 'administer' : 'push',
  };
}

/** A token acts for whoever made it, within its scopes. */
function tokenCredential(reach: Credential['reach']): (token: Token) => Credential[] {
  return ({ name, expiresAt, createdAt, can }) =>
    can === null ? [] : [{ kind: 'token', name, expiresAt, createdAt, reach, can }];
}

/** The tokens of the OAuth applications of an organization. Users have none. */
async function tokensOf(sources: NamespaceSources): Promise<LearntList<Token>> {
  if (sources.kind === 'user') return join([await sources.instance.info()], (): Token[] => []);
  const applications = await sources.applications();
  if (applications.state !== 'known') return applications;
  const each = applications.value.map(async ({ id, name }) =>
    eachEntry(await sources.tokensOf(id), (entry: JsonObject) => [applicationToken(entry, name)]),
  );
  return joinLists([join([applications], (): Token[] => []), ...(await Promise.all(each))]);
}

/** Of all users of an instance: whose each is, is not told, so any may open this namespace. */
async function appTokensOf({ instance }: NamespaceSources): Promise<Fact<Token[]>> {
  const on = await instance.feature('APP_SPECIFIC_TOKENS');
  if (on.state !== 'known') return on;
  // Those of the users of quay.io are shown to nobody else.
  if (!on.value || instance.hosted) return join([on], () => []);
  return eachEntry(await instance.appTokens(), (entry) => [appSpecificToken(entry)]);
}

/** Passwords of those who belong to a namespace, where Quay keeps them itself. */
async function passwordsOf(sources: NamespaceSources): Promise<Fact<Credential[]>> {
  const { instance } = sources;
  const local = instance.hosted
    ? join([await instance.info()], () => false)
    : join([await instance.info()], (found) => authenticationType(found) === 'Database');
  if (local.state !== 'known') return local;
  if (!local.value) return join([local], () => []);
  return eachEntry(await sources.people(), (name) => [
    {
      kind: 'password',
      name,
      expiresAt: null,
      createdAt: null,
      reach: 'some-repositories',
      can: 'push',
    },
  ]);
}
