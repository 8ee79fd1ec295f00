import type { JsonObject } from '../../../decode/fields.ts';
import type { Fact } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import { always } from '../../contract.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { type AuthMode, authMode, textItem } from '../decode/instance.ts';
import type { Person } from '../decode/people.ts';
import { isLive, type Robot } from '../decode/robot.ts';
import { permissionFor, permissionsOf, refuseUnfamiliar, robotPowers } from './robot-powers.ts';
import type { Settings } from './settings.ts';

/**
 * Who administers the instance: users with the system administrator flag, groups of the directory that
 * the configuration makes administrators, and robot accounts that can make themselves one.
 */
export async function administrators(settings: Settings, now: string): Promise<Fact<Identity[]>> {
  const robots = eachEntry(await settings.robots(), (robot) =>
    isLive(robot, now) ? administratingRobot(robot) : [],
  );
  return joinLists([await administratingPeople(settings), robots]);
}

/** The same without robot accounts. */
export async function administratingPeople(settings: Settings): Promise<Fact<Identity[]>> {
  const users = eachEntry(await settings.users(), (user) =>
    user.administrator ? [administratorIdentity(user)] : [],
  );
  return joinLists([users, await administratingGroups(settings)]);
}

async function administratingGroups(settings: Settings): Promise<Fact<Identity[]>> {
  const mode = join([await settings.info()], authMode);
  if (mode.state !== 'known') return mode;
  if (mode.value === 'db_auth' || mode.value === 'uaa_auth') return noGroups;
  return join([mode, await settings.configuration()], administratorGroups);
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

function administratingRobot(robot: Robot): Identity[] {
  const permission = systemAdministration(robot);
  return permission === null
    ? []
    : [
        {
          kind: 'workload',
          name: robot.name,
          via: `the permission ${permission}`,
          foreign: false,
          administrator: true,
        },
      ];
}

/**
 * The permission by which a robot account can make itself system administrator; null: it cannot. Throws
 * `Inconclusive` when it has one that is not known here.
 */
export function systemAdministration(robot: Robot): string | null {
  const system = permissionsOf(robot).filter(({ level }) => level === 'system');
  const found = robotPowers({ ...robot, permissions: system }, null);
  const permission = permissionFor(found, ['administer-system']);
  if (permission === null) refuseUnfamiliar(robot, found);
  return permission;
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
