import type { Fact } from '../../../model/fact.ts';
import type { Credential, CredentialUse } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists, withRest } from '../../parts.ts';
import { lineOf } from '../decode/group.ts';
import { developer, maintainer } from '../decode/levels.ts';
import { type AccessToken, type DeployToken, reachOf } from '../decode/tokens.ts';
import { groupsOf } from './access.ts';
import { deployTokenUse, personalTokens } from './not-exposed.ts';
import type { Settings } from './settings.ts';

type Reach = Credential['reach'];

/** Every token of a project with images and of the groups above it, that opens the registry. */
export async function credentials(settings: Settings): Promise<RegistryFacts['credentials']> {
  const lists = await eachHolder(settings, async (reach, accessTokens, deployTokens) => [
    eachEntry(await accessTokens(), (token) => accessCredential(token, reach)),
    eachEntry(await deployTokens(), (token) => deployCredential(token, reach)),
  ]);
  return withRest(joinLists(lists), personalTokens);
}

/** When the same tokens were last used, as far as GitLab records it. */
export async function credentialUse(settings: Settings): Promise<RegistryFacts['credentialUse']> {
  const lists = await eachHolder(settings, async (_, accessTokens, deployTokens) => [
    eachEntry(await accessTokens(), ({ name, scopes, lastUsedAt }): CredentialUse[] =>
      reachOf(scopes) === null ? [] : [{ name, lastUsedAt }],
    ),
    eachEntry(await deployTokens(), (): CredentialUse[] => []),
  ]);
  return withRest(withRest(joinLists(lists), deployTokenUse), personalTokens);
}

/** Asks `list` for each project with images, and for each group above them. */
async function eachHolder<T>(
  settings: Settings,
  list: (
    reach: Reach,
    accessTokens: () => Promise<Fact<readonly AccessToken[]>>,
    deployTokens: () => Promise<Fact<readonly DeployToken[]>>,
  ) => Promise<readonly Fact<T[]>[]>,
): Promise<readonly Fact<T[]>[]> {
  const home = settings.home();
  const holders = await settings.projectsWithImages();
  const projects = holders.state === 'known' ? holders.value : [];
  const whole = home === null ? [] : lineOf(home);
  const groups = new Set([...whole, ...projects.flatMap(groupsOf)]);
  const ofProject = settings.scope.kind === 'project' ? 'every-repository' : 'some-repositories';
  const asked = await Promise.all([
    ...[...groups].map((path) =>
      list(
        whole.includes(path) ? 'every-repository' : 'some-repositories',
        () => settings.groupAccessTokens(path),
        () => settings.groupDeployTokens(path),
      ),
    ),
    ...projects.map(({ id }) =>
      list(
        ofProject,
        () => settings.accessTokens(String(id)),
        () => settings.deployTokens(String(id)),
      ),
    ),
  ]);
  return [join([holders], (): T[] => []), ...asked.flat()];
}

function accessCredential(token: AccessToken, reach: Reach): Credential[] {
  const opened = reachOf(token.scopes);
  if (opened === null) return [];
  const { name, expiresAt, createdAt, level } = token;
  return [{ kind: 'token', name, expiresAt, createdAt, reach, can: mostOf(opened, level) }];
}

function mostOf(opened: 'api' | 'push' | 'pull', level: number): Credential['can'] {
  if (opened === 'pull' || level < developer) return 'pull';
  return opened === 'api' && level >= maintainer ? 'administer' : 'push';
}

function deployCredential({ name, scopes, expiresAt }: DeployToken, reach: Reach): Credential[] {
  const opened = reachOf(scopes);
  if (opened === null) return [];
  const can = opened === 'pull' ? 'pull' : 'push';
  return [{ kind: 'token', name, expiresAt, createdAt: null, reach, can }];
}
