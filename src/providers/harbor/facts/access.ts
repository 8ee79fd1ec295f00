import type { Fact } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { type Member, roleRight } from '../decode/people.ts';
import type { Power } from '../decode/permissions.ts';
import type { Project } from '../decode/project.ts';
import { isLive, type Robot } from '../decode/robot.ts';
import { administratingPeople } from './administrators.ts';
import { permissionFor, refuseUnfamiliar, robotPowers } from './robot-powers.ts';
import type { Settings } from './settings.ts';

export type Ability = 'push' | 'delete';

const direct: Readonly<Record<Ability, readonly Power[]>> = {
  push: ['push', 'move-tag', 'administer', 'administer-system'],
  delete: ['delete', 'administer', 'administer-system'],
};

/** `held`: through a rule or a job that leaves locked tags alone, so that a lock on every tag stops it. */
interface Able {
  readonly identity: Identity;
  readonly held: boolean;
}

export interface DoersInput {
  readonly settings: Settings;
  readonly project: Project;
  readonly members: () => Promise<Fact<readonly Member[]>>;
  readonly lock: () => Promise<Fact<TagLock>>;
  /** ISO 8601 */
  readonly now: string;
}

/** Everybody who has an ability in a project: members by role, robot accounts, and administrators. */
export async function doers(
  ability: Ability,
  { settings, project, members, lock, now }: DoersInput,
): Promise<Fact<Identity[]>> {
  const able = (robots: Fact<readonly Robot[]>) =>
    eachEntry(robots, (one) => (isLive(one, now) ? ableRobot(one, ability, project) : []));
  const all = joinLists<Able>([
    eachEntry(await members(), (one) => ableMember(one, ability)),
    able(await settings.robots()),
    able(await settings.robotsOf(project.id)),
    eachEntry(await administratingPeople(settings), (identity) => [{ identity, held: false }]),
  ]);
  const held = eachEntry(all, (one) => (one.held ? [one] : []));
  if (!('value' in held) || held.value.length === 0) return identities(all);
  const free = eachEntry(all, (one) => (one.held ? [] : [one]));
  const unlocked = join([await lock()], ({ mode }) => (mode === 'all' ? [] : held.value));
  return identities(joinLists([unlocked, free]));
}

/** Each once: an administrator can be a member besides. */
function identities(all: Fact<readonly Able[]>): Fact<Identity[]> {
  const seen = new Set<string>();
  return eachEntry(all, ({ identity }) => {
    const key = `${identity.kind} ${identity.name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [identity];
  });
}

function ableMember({ kind, name, role }: Member, ability: Ability): Able[] {
  const right = roleRight(role, ability);
  if (right === 'no') return [];
  return [
    {
      identity: { kind, name, via: `the role ${role}`, foreign: false, administrator: false },
      held: right === 'through-retention',
    },
  ];
}

function ableRobot(robot: Robot, ability: Ability, { name: project }: Project): Able[] {
  const found = robotPowers(robot, project);
  const permission = permissionFor(found, direct[ability]);
  const held = ability === 'delete' ? permissionFor(found, ['expire']) : null;
  const via = permission ?? held;
  if (via !== null) {
    const administrator = permissionFor(found, ['administer-system']) !== null;
    const { name } = robot;
    const identity: Identity = {
      kind: 'workload',
      name,
      via: `the permission ${via}`,
      foreign: false,
      administrator,
    };
    return [{ identity, held: permission === null }];
  }
  refuseUnfamiliar(robot, found);
  return [];
}
