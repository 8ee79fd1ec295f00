import type { Fact } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import { Inconclusive, join } from '../../facts.ts';
import { eachEntry, joinLists, withRest } from '../../parts.ts';
import { lineOf, type Share, sharesOf, topOf } from '../decode/group.ts';
import { owner, roleName } from '../decode/levels.ts';
import { looksLikeBot, type Member } from '../decode/people.ts';
import type { Project } from '../decode/project.ts';
import { levelFor, type RepositoryRule } from '../decode/rules.ts';
import { type AccessToken, reachOf } from '../decode/tokens.ts';
import { hiddenShares } from './not-exposed.ts';
import type { Settings } from './settings.ts';

export interface AccessInput {
  readonly settings: Settings;
  readonly project: Project;
  /** The repository's path. */
  readonly repository: string;
  readonly rules: () => Promise<Fact<readonly RepositoryRule[]>>;
}

/**
 * Everybody who can push to a repository, or delete from it: members from the level on that its rules leave
 * (docs, protected container repositories), bots of access tokens, deploy tokens, groups that something is
 * shared with, the project's own pipelines, and on an instance of one's own its administrators.
 */
export async function doers(
  ability: 'push' | 'delete',
  { settings, project, repository, rules }: AccessInput,
): Promise<Fact<Identity[]>> {
  const found = await rules();
  const least = join([found], (all) => levelFor(all, repository, ability));
  if (least.state !== 'known') return least;
  const tokens = await accessTokensOf(settings, project);
  const lists = [
    await ableMembers(settings, project, least.value, tokens),
    eachEntry(tokens, (token) => ableToken(token, least.value)),
    ability === 'push' ? await ableDeployTokens(settings, project, found, repository) : none(least),
    eachEntry(await shares(settings, project), (share) => ableShare(share, project, least.value)),
    join([least], () => [pipelines(project)]),
    await instanceAdministrators(settings),
  ];
  return eachOnce(withRest(joinLists(lists), hiddenShares));
}

function none(of: Fact<unknown>): Fact<Identity[]> {
  return join([of], () => []);
}

/** Only a job of the project's own pipelines gets leave to push and delete, whoever started it. */
function pipelines({ path }: Project): Identity {
  return {
    kind: 'workload',
    name: `pipelines of ${path}`,
    via: 'the job token',
    foreign: false,
    administrator: false,
  };
}

/** The access tokens of a project and of every group above it. */
async function accessTokensOf(
  settings: Settings,
  project: Project,
): Promise<Fact<readonly AccessToken[]>> {
  const above = groupsOf(project).map((path) => settings.groupAccessTokens(path));
  return joinLists([
    await settings.accessTokens(String(project.id)),
    ...(await Promise.all(above)),
  ]);
}

/** Every group above a project, from the outermost on. */
export function groupsOf(project: Project): readonly string[] {
  const { group: home } = project;
  return home === null ? [] : lineOf(home);
}

async function ableMembers(
  settings: Settings,
  project: Project,
  least: number,
  tokens: Fact<readonly AccessToken[]>,
): Promise<Fact<Identity[]>> {
  const bots = 'value' in tokens ? tokens.value : [];
  return eachEntry(await settings.members(String(project.id)), (one) => {
    // The bot of a token is told by the list of tokens, which has what the token may.
    if (one.level < least || bots.some(({ user }) => user === one.id)) return [];
    if (looksLikeBot(one)) {
      throw new Inconclusive(`${one.username} looks like the bot of a token that is not listed`);
    }
    return [person(one)];
  });
}

/** An owner can undo whatever keeps an owner out. */
function person({ username, role, level }: Member): Identity {
  const identity: Identity = {
    kind: 'person',
    name: username,
    via: `the role ${role}`,
    foreign: false,
    administrator: level >= owner,
  };
  return level >= owner ? { ...identity, inherent: true } : identity;
}

/** A token may no more than its scopes: without `api` or `write_registry` it changes nothing. */
function ableToken(token: AccessToken, least: number): Identity[] {
  const reach = reachOf(token.scopes);
  if (token.level < least || reach === null || reach === 'pull') return [];
  return [
    {
      kind: 'workload',
      name: token.name,
      via: `an access token with the role ${roleName(token.level)}`,
      foreign: false,
      administrator: token.level >= owner && reach === 'api',
    },
  ];
}

/** A deploy token never pushes to a protected repository, and deletes nothing. */
async function ableDeployTokens(
  settings: Settings,
  project: Project,
  rules: Fact<readonly RepositoryRule[]>,
  repository: string,
): Promise<Fact<Identity[]>> {
  const held = join([rules], (all) => levelFor(all, repository, 'push') > levelFor([], '', 'push'));
  if (held.state !== 'known') return held;
  if (held.value) return none(held);
  const above = groupsOf(project).map((path) => settings.groupDeployTokens(path));
  const all = joinLists([
    await settings.deployTokens(String(project.id)),
    ...(await Promise.all(above)),
  ]);
  return eachEntry(all, ({ name, scopes }): Identity[] => {
    const reach = reachOf(scopes);
    if (reach !== 'push' && reach !== 'api') return [];
    return [
      { kind: 'workload', name, via: 'a deploy token', foreign: false, administrator: false },
    ];
  });
}

/** What the project and the groups above it are shared with, as far as the caller may see it. */
export async function shares(
  settings: Settings,
  project: Project,
): Promise<Fact<readonly Share[]>> {
  const above = await Promise.all(settings.groupsAbove(project.group));
  return joinLists([
    join([await settings.projectOf(project.id)], ({ raw }) => [...sharesOf(raw)]),
    ...above.map((group) => join([group], ({ raw }) => [...sharesOf(raw)])),
  ]);
}

/** Whether a group lies outside of the outermost group of a project. */
export function isForeign(group: string, { path }: Project): boolean {
  return topOf(group).toLowerCase() !== topOf(path).toLowerCase();
}

function ableShare({ group, level }: Share, project: Project, least: number): Identity[] {
  if (level < least) return [];
  return [
    {
      kind: 'group',
      name: group,
      via: `an invitation with the role ${roleName(level)}`,
      foreign: isForeign(group, project),
      administrator: level >= owner,
    },
  ];
}

/** Who administers an instance of one's own, and so all that is on it. */
export async function instanceAdministrators(settings: Settings): Promise<Fact<Identity[]>> {
  if (settings.hosted) return eachEntry(await settings.projects(), () => []);
  return eachEntry(await settings.instanceAdministrators(), ({ username }): Identity[] => [
    {
      kind: 'person',
      name: username,
      via: 'the administration of the instance',
      foreign: false,
      administrator: true,
      inherent: true,
    },
  ]);
}

/** A member can also be an administrator of the instance. */
export function eachOnce(all: Fact<readonly Identity[]>): Fact<Identity[]> {
  const seen = new Set<string>();
  return eachEntry(all, (identity) => {
    const key = `${identity.kind} ${identity.name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [identity];
  });
}
