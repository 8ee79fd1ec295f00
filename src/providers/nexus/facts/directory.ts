import type { Fact, Unknown } from '../../../model/fact.ts';
import { implies } from '../decode/permission.ts';
import { type Privilege, stockPrivilege, stockRoles } from '../decode/privilege.ts';
import type { Role, User } from '../decode/security.ts';

/** What roles add up to, and every reason why more may be held. */
export interface Held {
  readonly held: readonly Privilege[];
  readonly gaps: readonly Unknown[];
}

/** Users, and the privileges that their roles lead to. */
export interface Directory {
  readonly users: Fact<readonly User[]>;
  readonly held: (roles: readonly string[]) => Held;
}

export interface DirectoryInput {
  readonly users: Fact<readonly User[]>;
  readonly roles: Fact<readonly Role[]>;
  readonly privileges: Fact<readonly Privilege[]>;
}

/**
 * Resolves roles with those nested in them. A name that is in no list that was read whole grants nothing; in
 * one that was not, only names that the server reserves are understood.
 */
export function directoryOf({ users, roles, privileges }: DirectoryInput): Directory {
  const byId = new Map(entriesOf(roles).map((one) => [one.id, one]));
  const byName = new Map(entriesOf(privileges).map((one) => [one.name, one]));
  const resolve = (start: readonly string[]): Held => {
    const held = new Map<string, Privilege>();
    const gaps: Unknown[] = [];
    const seen = new Set<string>();
    const open = [...start];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const found = byId.get(id) ?? stockRole(id);
      if (found === undefined) {
        gaps.push(...missingOf(roles));
        continue;
      }
      open.push(...found.roles);
      for (const name of found.privileges) {
        const one = byName.get(name) ?? stockPrivilege(name);
        if (one === null) gaps.push(...missingOf(privileges));
        else held.set(name, one);
      }
    }
    return { held: [...held.values()], gaps: [...new Set(gaps)] };
  };
  const answers = new Map<string, Held>();
  return {
    users,
    held: (ids) => {
      const key = JSON.stringify(ids);
      const before = answers.get(key);
      if (before !== undefined) return before;
      const answer = resolve(ids);
      answers.set(key, answer);
      return answer;
    },
  };
}

function stockRole(id: string): Role | undefined {
  const privileges = stockRoles.get(id);
  return privileges === undefined ? undefined : { id, privileges, roles: [] };
}

/** The name of a privilege that implies what is wanted; null: none does. */
export function implied(held: readonly Privilege[], wanted: string): string | null {
  const found = held.find(({ permission }) => implies(permission, wanted));
  return found === undefined ? null : found.name;
}

function entriesOf<T>(list: Fact<readonly T[]>): readonly T[] {
  return 'value' in list ? (list.value as readonly T[]) : [];
}

function missingOf(list: Fact<readonly unknown[]>): readonly Unknown[] {
  if (list.state === 'partial') return list.missing;
  return list.state === 'unknown' ? [list] : [];
}
