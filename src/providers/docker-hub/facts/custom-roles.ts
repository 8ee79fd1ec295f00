import type { Member } from '../decode/members.ts';

/** Subscriptions without custom roles (docs, roles and permissions). */
const withoutCustomRoles: ReadonlySet<string | null> = new Set(['free', 'personal', 'pro', 'team']);

/**
 * Why members may do more than their own role says: a custom role can be given to a team, and no API
 * tells the role of a team (docs, custom roles). `plan`: the subscription; null: not told. Null: nobody.
 */
export function customRoleDoubt(people: readonly Member[], plan: string | null): string | null {
  if (withoutCustomRoles.has(plan)) return null;
  const teams = new Set(people.flatMap((one) => (one.role === 'Member' ? one.teams : [])));
  if (teams.size === 0) return null;
  const names = [...teams].sort().slice(0, 3).join(', ');
  const more = teams.size > 3 ? ` and ${teams.size - 3} more` : '';
  const bought = plan === null ? 'the subscription is not told' : `the subscription is ${plan}`;
  return `no API tells whether the teams ${names}${more} have a custom role, and ${bought}`;
}
