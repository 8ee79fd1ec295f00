import { enumAt, type JsonObject, numberAt, objectOf, stringAt } from '../../../decode/fields.ts';
import { Inconclusive } from '../../facts.ts';
import { developer, level, roleName } from './levels.ts';

/** Whoever is a member, by themselves, through a group above or through an invited group. */
export interface Member {
  readonly id: number;
  readonly username: string;
  /** Of the bot of an access token the name of the token. */
  readonly name: string;
  readonly level: number;
  /** In words: `Maintainer`, or `the custom role release (Developer)`. */
  readonly role: string;
}

/** Those who cannot sign in. Deactivated accounts come back with the next sign-in. */
const shutOut = ['blocked', 'banned', 'ldap_blocked', 'blocked_pending_approval'];
const states = ['active', 'deactivated', ...shutOut];

/**
 * An entry of members/all; none for who cannot sign in. Throws `Inconclusive` for a custom role below
 * Developer: what was added to it is not in the answer.
 */
export function member(raw: unknown): readonly Member[] {
  const entry = objectOf(raw, 'a member');
  if (shutOut.includes(enumAt(entry, 'state', states))) return [];
  const found = level(entry, 'access_level');
  const custom = customRole(entry);
  if (custom !== null && found < developer) {
    throw new Inconclusive(`what the custom role ${custom} adds to ${roleName(found)} is not told`);
  }
  return [
    {
      id: numberAt(entry, 'id'),
      username: stringAt(entry, 'username'),
      name: stringAt(entry, 'name'),
      level: found,
      role: custom === null ? roleName(found) : `the custom role ${custom} (${roleName(found)})`,
    },
  ];
}

/** Absent where the plan has none. */
function customRole(entry: JsonObject): string | null {
  const role = entry['member_role'];
  if (role === null || role === undefined) return null;
  return stringAt(objectOf(role, 'member_role'), 'name');
}

/** Whether the name is in the form that GitLab gives the bots of access tokens. */
export function looksLikeBot({ username }: Member): boolean {
  return /^(?:project|group)_\d+_bot(?:_|$)/.test(username);
}

/** An administrator of the instance, of listAdministrators. */
export function administrator(raw: unknown): readonly { readonly username: string }[] {
  const entry = objectOf(raw, 'a user');
  const { is_admin: flag } = entry;
  if (flag !== true) throw new Inconclusive('the list of administrators has somebody who is none');
  if (shutOut.includes(enumAt(entry, 'state', states))) return [];
  return [{ username: stringAt(entry, 'username') }];
}
