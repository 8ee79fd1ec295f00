import { DecodeError, enumAt, type JsonObject, numberAt } from '../../../decode/fields.ts';

/** What the levels of GitLab are called (docs, Members API). */
const names = new Map([
  [0, 'no access'],
  [5, 'Minimal access'],
  [10, 'Guest'],
  [15, 'Planner'],
  [20, 'Reporter'],
  [25, 'Security manager'],
  [30, 'Developer'],
  [40, 'Maintainer'],
  [50, 'Owner'],
]);

/** Below it nobody pulls or sees anything. */
export const guest = 10;
/** From this level on members push, and delete what they pushed (docs, Roles and permissions). */
export const developer = 30;
/** From this level on members change protection rules, and with them who may push and delete. */
export const maintainer = 40;
export const owner = 50;

/** A level that is known. Throws `DecodeError` for another: what it may is not known here. */
export function level(entry: JsonObject, key: string): number {
  const found = numberAt(entry, key);
  if (names.has(found)) return found;
  throw new DecodeError(`${key} is ${found}, which is no level that is known`);
}

export function roleName(of: number): string {
  return names.get(of) as string;
}

/**
 * The least level under a rule that names `maintainer`, `owner` or `admin`: a maintainer may take the rule
 * away, so that no rule keeps one out. Null in the answer: the rule leaves developers alone.
 */
export function leastLevel(entry: JsonObject, key: string): number {
  if (!(key in entry)) throw new DecodeError(`${key} is missing`);
  if (entry[key] === null) return developer;
  enumAt(entry, key, ['maintainer', 'owner', 'admin']);
  return maintainer;
}
