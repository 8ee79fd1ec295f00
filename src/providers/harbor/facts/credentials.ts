import type { Fact } from '../../../model/fact.ts';
import type { Credential } from '../../../model/identity.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { type AuthMode, authMode } from '../decode/instance.ts';
import { firstAccount, type Person } from '../decode/people.ts';
import type { Power } from '../decode/permissions.ts';
import type { Permission, Robot } from '../decode/robot.ts';
import {
  permissionFor,
  permissionsOf,
  type RobotPowers,
  refuseUnfamiliar,
  robotPowers,
} from './robot-powers.ts';
import type { Settings } from './settings.ts';

/**
 * Every robot account, and the passwords that Harbor keeps itself, which never expire: those of its own
 * accounts, and beside a directory that of the first account as long as it is an administrator.
 */
export async function credentials(settings: Settings): Promise<Fact<Credential[]>> {
  const projects = await settings.projects();
  const ofProjects =
    projects.state === 'known'
      ? projects.value.map(async ({ id, name }) =>
          eachEntry(await settings.robotsOf(id), (one) => robotCredential(one, name)),
        )
      : [];
  // Robot accounts of projects that are not seen are missing.
  const everyProject = join([projects, await settings.visibility()], (): Credential[] => []);
  const mode = join([await settings.info()], authMode);
  const passwords =
    mode.state === 'known'
      ? eachEntry(await settings.users(), (user) =>
          hasPassword(user, mode.value) ? [passwordOf(user)] : [],
        )
      : mode;
  return joinLists([
    eachEntry(await settings.robots(), (one) => robotCredential(one, null)),
    ...(await Promise.all(ofProjects)),
    everyProject,
    passwords,
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

/** Everything but looking at settings, tags and findings. */
const opening: readonly Power[] = [
  'administer',
  'administer-system',
  'push',
  'move-tag',
  'delete',
  'expire',
  'expose',
  'pull',
];

/** `project`: that of a robot account of a project; null: it is one of the system. */
function robotCredential(robot: Robot, project: string | null): Credential[] {
  if (robot.disabled) return [];
  const permissions = permissionsOf(robot);
  if (permissions.every(({ allowed }) => allowed.length === 0)) return [];
  const everywhere = robotPowers(robot, null);
  return [
    {
      kind: 'robot',
      name: robot.name,
      expiresAt: robot.expiresAt,
      createdAt: robot.createdAt,
      reach:
        project === null && opens(robot, everywhere) ? 'every-repository' : 'some-repositories',
      can: mostOf(robot, permissions),
    },
  ];
}

/** Whether images of every project can be pulled or changed with it. */
function opens(robot: Robot, everywhere: RobotPowers): boolean {
  if (permissionFor(everywhere, opening) !== null) return true;
  refuseUnfamiliar(robot, everywhere);
  return false;
}

/** The most a robot account can do. One that only looks is counted as able to pull. */
function mostOf(robot: Robot, permissions: readonly Permission[]): Credential['can'] {
  if (permissions.some(({ level, allowed }) => level === 'system' && allowed.some(changes))) {
    return 'administer';
  }
  const places = new Set(permissions.map(({ namespace }) => namespace));
  const found = [...places].map((place) => robotPowers(robot, place === '*' ? null : place));
  if (found.some((one) => permissionFor(one, ['administer']) !== null)) return 'administer';
  const pushing: readonly Power[] = ['push', 'move-tag', 'delete', 'expire', 'expose'];
  return found.some((one) => permissionFor(one, pushing) !== null) ? 'push' : 'pull';
}

/** Anything but looking. */
function changes(permission: string): boolean {
  return !/:(?:read|list|pull)$/.test(permission);
}
