import {
  type Answer,
  flagAt,
  listAt,
  maybeText,
  objectOf,
  textAt,
  textsAt,
  wordAt,
} from '../../../http/answer.ts';
import { Inconclusive } from '../../facts.ts';

export interface Member {
  readonly name: string;
  readonly role: 'Owner' | 'Editor' | 'Member';
  /** Their mail is outside the verified domains of the organization. */
  readonly guest: boolean;
  /** The teams of a guest; of others nobody asks. */
  readonly teams: readonly string[];
}

/**
 * The members. Who is only invited is none yet. Throws on any other role: what a custom role may do is
 * told nowhere.
 */
export function members(entries: readonly Answer[]): readonly Member[] {
  return entries.flatMap((entry) => {
    const role = wordAt(entry, 'role', ['Owner', 'Editor', 'Member', 'Invitee']);
    if (role === 'Invitee') return [];
    const guest = flagAt(entry, 'is_guest');
    const teams = guest ? textsAt(entry, 'groups') : [];
    return [{ name: textAt(entry, 'username'), role, guest, teams }];
  });
}

/** Who has been invited to be an owner, by name or mail address. */
export function invitedOwners(raw: unknown): readonly string[] {
  return listAt(objectOf(raw, 'the answer'), 'data').flatMap((item) => {
    const invite = objectOf(item, 'an invitation');
    const invitee = textAt(invite, 'invitee');
    const role = wordOrNull(invite, 'role');
    const team = wordOrNull(invite, 'team');
    if (role === null && team === null) {
      throw new Inconclusive(`the invitation of ${invitee} tells neither its role nor its team`);
    }
    if (role !== null) wordAt({ role: role.toLowerCase() }, 'role', ['owner', 'editor', 'member']);
    const owner = team === 'owners' || (role !== null && role.toLowerCase() === 'owner');
    return owner ? [invitee] : [];
  });
}

/** An empty text stands for none here. */
function wordOrNull(answer: Answer, key: string): string | null {
  return answer[key] === '' ? null : maybeText(answer, key);
}

/** What the caller is in an organization. */
export interface Membership {
  readonly role: string;
  /** The company the organization belongs to; null: none. Throws where that is not told. */
  readonly company: () => string | null;
}

/** Null: the caller is no member of the organization. */
export function membershipOf(entries: readonly Answer[], namespace: string): Membership | null {
  const own = entries.find((entry) => textAt(entry, 'orgname').toLowerCase() === namespace);
  if (own === undefined) return null;
  const above = own['parent_name'];
  return {
    role: textAt(own, 'user_role').toLowerCase(),
    company: () => (above === null || above === '' ? null : textAt(own, 'parent_name')),
  };
}
