import { Inconclusive } from '../../facts.ts';
import { type Power, powersByPermission } from '../decode/permissions.ts';
import type { Permission, Robot } from '../decode/robot.ts';

/** What a robot account can do, each power with the permission that gives it. */
export interface RobotPowers {
  readonly powers: ReadonlyMap<Power, string>;
  /** Permissions that this build does not know. */
  readonly unfamiliar: readonly string[];
}

/**
 * What the robot account can do to images of a project; null: of every project. What is denied anywhere
 * that the permission reaches is not allowed (src/pkg/permission/evaluator/rbac/casbin.go).
 * Throws `Inconclusive` for a robot account of the old kind.
 */
export function robotPowers(robot: Robot, project: string | null): RobotPowers {
  const reaching = permissionsOf(robot).filter((permission) => reaches(permission, project));
  const powers = new Map<Power, string>();
  const unfamiliar: string[] = [];
  for (const { level, allowed } of reaching) {
    const denied = reaching.filter((other) => other.level === level).flatMap((one) => one.denied);
    const table = powersByPermission[level];
    const open = Object.keys(table).filter((name) => !denied.some((form) => matches(form, name)));
    for (const form of allowed) {
      const names = open.filter((name) => matches(form, name));
      for (const name of names) {
        for (const power of table[name] ?? []) if (!powers.has(power)) powers.set(power, name);
      }
      if (!Object.keys(table).some((name) => matches(form, name))) unfamiliar.push(form);
    }
  }
  return { powers, unfamiliar };
}

/** Throws `Inconclusive` for a robot account of before release 2.2. */
export function permissionsOf({ name, permissions }: Robot): readonly Permission[] {
  if (permissions !== null) return permissions;
  throw new Inconclusive(
    `${name} is a robot account of the old kind, whose permissions Harbor does not show`,
  );
}

/** A permission of the system counts in every project. */
function reaches({ level, namespace }: Permission, project: string | null): boolean {
  return level === 'system' || namespace === '*' || namespace === project;
}

/** Does `resource:action`, either part of which may be `*`, mean the permission? */
function matches(form: string, name: string): boolean {
  const [resource = '', action = ''] = form.split(':');
  const [ownResource = '', ownAction = ''] = name.split(':');
  return (resource === '*' || resource === ownResource) && (action === '*' || action === ownAction);
}

/** Throws `Inconclusive` when the robot account has a permission that is not known here. */
export function refuseUnfamiliar({ name }: Robot, { unfamiliar }: RobotPowers): void {
  if (unfamiliar.length === 0) return;
  const some = unfamiliar.slice(0, 5).join(', ');
  throw new Inconclusive(`what ${some} lets the robot account ${name} do is not known here`);
}

/** The first permission of the robot account that gives one of the powers; null: none does. */
export function permissionFor(
  { powers }: Pick<RobotPowers, 'powers'>,
  wanted: readonly Power[],
): string | null {
  const found = wanted.find((power) => powers.has(power));
  return found === undefined ? null : (powers.get(found) ?? null);
}
