import type { Fact } from '../../../model/fact.ts';
import type { Credential } from '../../../model/identity.ts';
import { join } from '../../facts.ts';
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
  if (projects.state !== 'known') return projects;
  const ofProjects = await Promise.all(
    projects.value.map(async ({ id, name }) =>
      join([await settings.robotsOf(id)], (all) =>
        all.flatMap((one) => robotCredential(one, name)),
      ),
    ),
  );
  const together = join(ofProjects, (...each) => each.flat());
  const ofSystem = join([await settings.robots()], (all) =>
    all.flatMap((one) => robotCredential(one, null)),
  );
  const passwords = join([await settings.users(), await settings.info()], (users, info) =>
    users.filter((user) => hasPassword(user, authMode(info))).map(passwordOf),
  );
  return join(
    [await settings.visibility(), ofSystem, together, passwords],
    (_, system, others, ofUsers) => [...system, ...others, ...ofUsers],
  );
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
