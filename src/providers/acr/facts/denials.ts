import { type Denial, reaches } from '../decode/denial.ts';
import {
  type Assignment,
  allowsAction,
  allowsData,
  type Permissions,
  type Role,
} from '../decode/roles.ts';
import { dataActions, type Effect, permissions, service } from './permissions.ts';

interface Held {
  readonly assignment: Assignment;
  readonly role: Role;
}

/**
 * Whether a principal has no permission of another service that writes, by which it might get around a deny
 * assignment: roles, deployment stacks, managed applications.
 */
export function canBeKeptOut(held: readonly Held[]): boolean {
  return held.flatMap(({ role }) => role.permissions).every(isOfRegistriesAlone);
}

/**
 * Whether deny assignments keep a principal from everything with one of the effects. True is certain: it
 * can be kept out, and every permission of the effects is denied without condition.
 */
export function isKeptOut(
  held: readonly Held[],
  effects: readonly Effect[],
  denials: readonly Denial[],
  registry: string,
): boolean {
  const [first] = held;
  if (first === undefined) return false;
  const { principal: id, kind } = first.assignment;
  const reaching = denials.filter((one) => reaches(one, { id, kind }, registry));
  const denied = reaching.flatMap((one) => one.permissions).filter(isUnconditional);
  if (denied.length === 0 || !canBeKeptOut(held)) return false;
  const parts = held.flatMap(({ role }) => role.permissions);
  return Object.entries(permissions)
    .filter(([, has]) => effects.some((effect) => has.includes(effect)))
    .map(([name]) => name)
    .filter((name) => parts.some((part) => allows(part, name)))
    .every((name) => denied.some((part) => allows(part, name)));
}

function isUnconditional({ condition }: Permissions): boolean {
  return condition === null;
}

function allows(part: Permissions, name: string): boolean {
  const action = `${service}${name}`;
  return dataActions.has(name) ? allowsData(part, action) : allowsAction(part, action);
}

function isOfRegistriesAlone({ actions, dataActions: data }: Permissions): boolean {
  const own = service.toLowerCase();
  return [...actions, ...data].every(
    (pattern) => pattern.startsWith(own) || pattern.endsWith('/read'),
  );
}
