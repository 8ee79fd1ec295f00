import { jsonDocument } from '../permissions.ts';
import { type OperationName, operations, type Role } from './operations.ts';

const roles: readonly Role[] = ['guest', 'reporter', 'developer', 'maintainer', 'owner', 'admin'];
/** A group access token has a level; that of an administrator no token of a group can have. */
const levels: Readonly<Record<Role, number>> = {
  guest: 10,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
  admin: 50,
};

/**
 * The group access token for exactly these operations, as `POST /groups/:id/access_tokens` takes it. By its
 * scopes it only reads, whatever its role. Out: JSON text, ready to paste.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const scopes = names.flatMap((name) => operations[name].scope ?? []);
  const needed = names.map((name) => operations[name].role);
  const role = roles.findLast((one) => needed.includes(one)) ?? 'guest';
  const admin = names.filter((name) => operations[name].role === 'admin').sort();
  return jsonDocument({
    name: 'regaudit',
    description:
      admin.length === 0
        ? 'Reads the settings for regaudit'
        : `Reads the settings for regaudit, but for ${admin.join(', ')}: on an instance of one's own they take the token of an administrator`,
    scopes: [...new Set(scopes)].sort(),
    access_level: levels[role],
  });
}
