import type { JsonObject } from '../../../decode/fields.ts';
import type { Fact } from '../../../model/fact.ts';
import type { Credential, Identity } from '../../../model/identity.ts';
import { always } from '../../contract.ts';
import { Inconclusive, join } from '../../facts.ts';
import { type AuthMode, authMode, textItem } from '../decode/instance.ts';
import { type Member, type Person, roleMay } from '../decode/people.ts';
import type { Project } from '../decode/project.ts';
import type { Permission, Robot } from '../decode/robot.ts';
import type { Settings } from './settings.ts';

export type Ability = 'push' | 'delete';

/** What a robot needs to have an ability (src/common/rbac/const.go). */
const decisive: Readonly<Record<Ability, readonly string[]>> = {
  // To create an artifact is to copy one here, with its tag (handler/artifact.go, CopyArtifact).
  push: ['repository:push', 'artifact:create'],
  delete: ['repository:delete', 'artifact:delete', 'tag:delete'],
};

/** Whether `resource:action` is among what is allowed, in which either part may be `*`. */
function allows(access: readonly string[], wanted: string): boolean {
  const [resource = '', action = ''] = wanted.split(':');
  return [wanted, `${resource}:*`, `*:${action}`, '*:*'].some((form) => access.includes(form));
}

/** Whether a permission is for a project; null: for all of them. */
function reaches({ level, namespace }: Permission, project: string | null): boolean {
  return level === 'project' && (namespace === '*' || namespace === project);
}

/** A robot that still opens something at `now`. */
function isLive({ disabled, expiresAt }: Robot, now: string): boolean {
  return !disabled && (expiresAt === null || expiresAt > now);
}

function permissionsOf({ name, permissions }: Robot): readonly Permission[] {
  if (permissions !== null) return permissions;
  throw new Inconclusive(
    `${name} is a robot of the old kind, whose permissions Harbor does not show`,
  );
}

/** Everybody who has an ability in a project: members by their role, robots, and administrators. */
export async function doers(
  settings: Settings,
  { id, name }: Project,
  ability: Ability,
  members: () => Promise<Fact<readonly Member[]>>,
  now: string,
): Promise<Fact<Identity[]>> {
  const facts = await Promise.all([
    members(),
    administrators(settings),
    settings.robots(),
    settings.robotsOf(id),
  ]);
  return join(facts, (list, admins, ofSystem, ofProject) => [
    ...list.filter(({ role }) => roleMay(role, ability)).map(memberIdentity),
    ...[...ofSystem, ...ofProject]
      .filter((robot) => isLive(robot, now))
      .filter((robot) =>
        permissionsOf(robot).some(
          (permission) =>
            reaches(permission, name) &&
            decisive[ability].some((wanted) => allows(permission.access, wanted)),
        ),
      )
      .map(robotIdentity),
    ...admins,
  ]);
}

function memberIdentity({ kind, name, role }: Member): Identity {
  return { kind, name, via: `the role ${role}`, foreign: false, administrator: false };
}

function robotIdentity({ name }: Robot): Identity {
  return { kind: 'workload', name, via: 'its permissions', foreign: false, administrator: false };
}

/** Administrators by their own flag, and the groups of the directory that make people administrators. */
export async function administrators(settings: Settings): Promise<Fact<Identity[]>> {
  const mode = join([await settings.info()], authMode);
  if (mode.state !== 'known') return mode;
  const groups =
    mode.value === 'db_auth' || mode.value === 'uaa_auth'
      ? noGroups
      : join([await settings.configuration()], (items) => administratorGroups(mode.value, items));
  return join([await settings.users(), groups], (users, all) => [
    ...users.filter(({ administrator }) => administrator).map(administratorIdentity),
    ...all,
  ]);
}

const noGroups: Fact<Identity[]> = always([], 'there is no directory whose groups could count');

function administratorIdentity({ name }: Person): Identity {
  return {
    kind: 'person',
    name,
    via: 'the system administrator flag',
    foreign: false,
    administrator: true,
    inherent: true,
  };
}

function administratorGroups(mode: AuthMode, items: JsonObject): Identity[] {
  const of = (kind: Identity['kind'], names: readonly string[]) =>
    names
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ({
        kind,
        name,
        via: 'the configuration of the directory',
        foreign: false,
        administrator: true,
        inherent: true,
      }));
  switch (mode) {
    case 'ldap_auth':
      return of('group', [textItem(items, 'ldap_group_admin_dn')]);
    case 'oidc_auth':
      return of('group', [textItem(items, 'oidc_admin_group')]);
    case 'http_auth':
      return [
        ...of('group', textItem(items, 'http_authproxy_admin_groups').split(',')),
        ...of('person', textItem(items, 'http_authproxy_admin_usernames').split(',')),
      ];
    case 'db_auth':
    case 'uaa_auth':
      return [];
  }
}

/** The first account, which every instance is born with, signs in past any directory. */
const firstAccount = 1;

/**
 * Every robot, and the passwords that Harbor keeps itself, which have no end: those of its own accounts,
 * and beside a directory that of the first account for as long as it is an administrator.
 */
export async function credentials(settings: Settings): Promise<Fact<Credential[]>> {
  const projects = await settings.projects();
  if (projects.state !== 'known') return projects;
  const ofProjects = await Promise.all(projects.value.map(({ id }) => settings.robotsOf(id)));
  const together = join(ofProjects, (...each) => each.flat());
  const facts = await Promise.all([
    settings.visibility(),
    settings.info(),
    settings.users(),
    settings.robots(),
  ]);
  return join([...facts, together], (_, info, users, ofSystem, others) => [
    ...[...ofSystem, ...others].filter(({ disabled }) => !disabled).flatMap(robotCredential),
    ...users.filter((user) => hasPassword(user, authMode(info))).map(passwordOf),
  ]);
}

function hasPassword({ id, administrator }: Person, mode: AuthMode): boolean {
  return mode === 'db_auth' || (id === firstAccount && administrator);
}

function passwordOf({ name, administrator, createdAt }: Person): Credential {
  return {
    kind: 'password',
    name,
    expiresAt: null,
    createdAt,
    reach: administrator ? 'every-repository' : 'some-repositories',
    can: administrator ? 'administer' : 'push',
  };
}

function robotCredential(robot: Robot): Credential[] {
  const permissions = permissionsOf(robot);
  const can = mostOf(permissions);
  if (can === null) return [];
  const repositoryDefaults = permissions.some(opensEverything);
  return [
    {
      kind: 'robot',
      name: robot.name,
      expiresAt: robot.expiresAt,
      createdAt: robot.createdAt,
      reach: repositoryDefaults ? 'every-repository' : 'some-repositories',
      can,
    },
  ];
}

/** What opens images, by itself or by letting others in. */
const opening: Readonly<Record<Permission['level'], readonly string[]>> = {
  project: [
    ...decisive.push,
    ...decisive.delete,
    'repository:pull',
    'member:create',
    'member:update',
    'project:update',
    'metadata:create',
    'metadata:update',
  ],
  // Whoever may change users sets the password of an administrator (handler/user.go, UpdateUserPassword).
  system: ['user:update', 'replication-policy:create', 'replication-policy:update'],
};

/** Whether images of every project can be got or changed with it. */
function opensEverything(permission: Permission): boolean {
  const { level, access } = permission;
  const anywhere = level === 'system' || reaches(permission, null);
  return anywhere && opening[level].some((wanted) => allows(access, wanted));
}

/** The most a robot can do; null: nothing. One that only looks is counted as able to pull. */
function mostOf(permissions: readonly Permission[]): Credential['can'] | null {
  const access = permissions.flatMap((one) => one.access);
  if (permissions.some(({ level, access: own }) => level === 'system' && own.some(changes))) {
    return 'administer';
  }
  if ([...decisive.push, ...decisive.delete].some((wanted) => allows(access, wanted)))
    return 'push';
  return access.length > 0 ? 'pull' : null;
}

/** Anything but looking. */
function changes(access: string): boolean {
  return !/:(?:read|list|pull)$/.test(access);
}
