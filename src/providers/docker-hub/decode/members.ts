import {
  arrayAt,
  booleanAt,
  enumAt,
  type JsonObject,
  maybeString,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import { Inconclusive } from '../../facts.ts';

export interface Member {
  readonly name: string;
  readonly role: 'Owner' | 'Editor' | 'Member';
  /** Their mail is outside the verified domains of the organization; false where none are verified. */
  readonly guest: boolean;
  readonly teams: readonly string[];
}

/**
 * A member; none if only invited. Throws on any other role: what a custom role may do is told nowhere.
 */
export function member(entry: JsonObject): readonly Member[] {
  const role = enumAt(entry, 'role', ['Owner', 'Editor', 'Member', 'Invitee']);
  if (role === 'Invitee') return [];
  return [
    {
      name: stringAt(entry, 'username'),
      role,
      guest: booleanAt(entry, 'is_guest'),
      teams: stringsAt(entry, 'groups'),
    },
  ];
}

/** Who has been invited to be an owner, by name or mail address. */
export function invitedOwners(raw: unknown): readonly string[] {
  return arrayAt(objectOf(raw, 'the answer'), 'data').flatMap((item) => {
    const invite = objectOf(item, 'an invitation');
    const invitee = stringAt(invite, 'invitee');
    const role = wordOrNull(invite, 'role');
    const team = wordOrNull(invite, 'team');
    if (role === null && team === null) {
      throw new Inconclusive(`the invitation of ${invitee} tells neither its role nor its team`);
    }
    if (role !== null) enumAt({ role: role.toLowerCase() }, 'role', ['owner', 'editor', 'member']);
    const owner = team === 'owners' || (role !== null && role.toLowerCase() === 'owner');
    return owner ? [invitee] : [];
  });
}

/** An empty text stands for none here. */
function wordOrNull(answer: JsonObject, key: string): string | null {
  return answer[key] === '' ? null : maybeString(answer, key);
}

function lowerCase(text: string | null): string | null {
  return text === null ? null : text.toLowerCase();
}

/** What the caller is in an organization. */
export interface Membership {
  readonly role: string;
  /** The subscription of the organization, in lower case; null: not told. */
  readonly plan: string | null;
  /** The company the organization belongs to; null: none. Throws where that is not told. */
  readonly company: () => string | null;
}

/** Null: the caller is no member of the organization. */
export function membershipOf(entries: readonly JsonObject[], namespace: string): Membership | null {
  const own = entries.find((entry) => stringAt(entry, 'orgname').toLowerCase() === namespace);
  if (own === undefined) return null;
  const above = own['parent_name'];
  return {
    role: stringAt(own, 'user_role').toLowerCase(),
    plan: lowerCase(maybeString(own, 'plan_name')),
    company: () => (above === null || above === '' ? null : stringAt(own, 'parent_name')),
  };
}
