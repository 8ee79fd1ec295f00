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
  // Sources may hold roles of the same id: what any of them grants may be held.
  const byId = grouped(entriesOf(roles), ({ id }) => id);
  const byName = grouped(entriesOf(privileges), ({ name }) => name);
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
      open.push(...found.flatMap((role) => role.roles));
      for (const name of found.flatMap((role) => role.privileges)) {
        const granted = byName.get(name) ?? stockPrivileges(name);
        if (granted === undefined) gaps.push(...missingOf(privileges));
        else for (const [at, one] of granted.entries()) held.set(`${at} ${name}`, one);
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

function stockRole(id: string): readonly Role[] | undefined {
  const privileges = stockRoles.get(id);
  return privileges === undefined ? undefined : [{ id, privileges, roles: [] }];
}

function stockPrivileges(name: string): readonly Privilege[] | undefined {
  const one = stockPrivilege(name);
  return one === null ? undefined : [one];
}

/** The name of a privilege that implies what is wanted; null: none does. */
export function implied(held: readonly Privilege[], wanted: string): string | null {
  const found = held.find(({ permission }) => implies(permission, wanted));
  return found === undefined ? null : found.name;
}

function grouped<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one)) ?? [];
    groups.set(keyOf(one), group);
    group.push(one);
  }
  return groups;
}

function entriesOf<T>(list: Fact<readonly T[]>): readonly T[] {
  return 'value' in list ? (list.value as readonly T[]) : [];
}

function missingOf(list: Fact<readonly unknown[]>): readonly Unknown[] {
  if (list.state === 'partial') return list.missing;
  return list.state === 'unknown' ? [list] : [];
}
