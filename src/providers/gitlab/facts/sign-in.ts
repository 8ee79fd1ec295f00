import type { Fact } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive, join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { lineOf, twoFactorGrace } from '../decode/group.ts';
import { guest } from '../decode/levels.ts';
import { looksLikeBot } from '../decode/people.ts';
import type { Project } from '../decode/project.ts';
import type { Settings } from './settings.ts';

type SignIn = RegistryFacts['signIn'];

/**
 * Whether a second factor is required: by the instance, or by a group that all of it is in, for what a group
 * requires holds for the groups below. Within the hours of grace a password alone is enough.
 */
export async function signIn(settings: Settings): Promise<SignIn> {
  const groups = await Promise.all(settings.groupsAbove(settings.home()));
  const required = await Promise.all(
    groups.map((found) =>
      join([found], (group) => ({ path: group.path, grace: twoFactorGrace(group) })),
    ),
  );
  for (const one of required) {
    if (one.state === 'known' && one.value.grace === 0) {
      const { path } = one.value;
      const bound = await allAreBound(settings);
      if (bound.state !== 'known' && !settings.hosted) return byInstance(settings, bound);
      return join([one, bound], () => ({ mode: 'mfa-required', through: `the group ${path}` }));
    }
  }
  // Each group that requires it lets a new member go without it for its own hours.
  const grace = join(required, (...all) =>
    all
      .map((one) => one.grace)
      .reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null),
  );
  if (!settings.hosted) return byInstance(settings, grace);
  return join([grace], (hours) => {
    if (hours !== null) return duringGrace(hours);
    throw new Inconclusive(
      'no group requires a second factor, and no API tells whether single sign-on is enforced',
    );
  });
}

/**
 * What a group requires binds its own members and those of the groups below, and not who is a member of a
 * project alone (gitlab-org/gitlab#25850), has Minimal access to the group, or comes through an invited group
 * (docs, Enforce two-factor authentication for all users in a group).
 */
async function allAreBound(settings: Settings): Promise<Fact<null>> {
  const projects = await settings.projectsWithImages();
  if (projects.state !== 'known') return gapOf(projects);
  const each = await Promise.all(projects.value.map((one) => unboundOf(settings, one)));
  return join([projects, ...each], (_, ...unbound) => {
    const [first] = [...new Set(unbound.flat())].sort();
    if (first === undefined) return null;
    throw new Inconclusive(
      `the group requires a second factor of its own members, and ${first} is a member of a project or of an invited group alone`,
    );
  });
}

async function unboundOf(settings: Settings, project: Project): Promise<Fact<readonly string[]>> {
  const members = await settings.members(String(project.id));
  const group = project.group;
  if (group === null) return join([members], (all) => all.map(({ username }) => username));
  const above = await Promise.all(lineOf(group).map((path) => settings.directMembers(path)));
  return join([members, ...above], (all, ...direct) => {
    const own = direct.flat().filter(({ level }) => level >= guest);
    const bound = new Set(own.map(({ id }) => id));
    return all
      .filter((one) => one.level >= guest && !bound.has(one.id) && !looksLikeBot(one))
      .map(({ username }) => username);
  });
}

function duringGrace(hours: number) {
  return { mode: 'local' as const, withoutMfa: [`new members for ${hours} hours`] };
}

async function byInstance(settings: Settings, graceOfGroups: Fact<number | null>): Promise<SignIn> {
  return join(
    [graceOfGroups, await settings.instance()],
    (ofGroups, { twoFactorGrace: own, passwordForWeb, passwordForGit }) => {
      if (own === 0) return { mode: 'mfa-required', through: 'the settings of the instance' };
      if (!passwordForWeb) {
        return passwordForGit
          ? { mode: 'local', withoutMfa: ['clients of the registry, though not for the web'] }
          : { mode: 'central', through: 'the identity provider of the instance' };
      }
      const hours = own === null ? ofGroups : own;
      return hours === null ? { mode: 'local', withoutMfa: [] } : duringGrace(hours);
    },
  );
}
