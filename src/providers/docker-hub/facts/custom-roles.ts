import type { Fact } from '../../../model/fact.ts';
import type { Member } from '../decode/members.ts';

/** Subscriptions without custom roles (docs, roles and permissions). */
const withoutCustomRoles: ReadonlySet<string | null> = new Set(['free', 'personal', 'pro', 'team']);

/**
 * Whether members may do more than their own role says: a custom role can be given to a team (docs, custom
 * roles). `plan`: the subscription; null: not told. Where not every member is known, one may be in a team.
 */
export function mayHoldCustomRoles(people: Fact<readonly Member[]>, plan: string | null): boolean {
  if (withoutCustomRoles.has(plan)) return false;
  if (people.state !== 'known') return true;
  return people.value.some(({ role, teams }) => role === 'Member' && teams.length > 0);
}
