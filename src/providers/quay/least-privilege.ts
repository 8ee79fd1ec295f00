import { jsonDocument, permissionsOf } from '../permissions.ts';
import { type OperationName, operations } from './operations.ts';

const settings = 'FEATURE_SUPERUSER_CONFIGDUMP';

/**
 * The token for exactly these operations. For a global read-only superuser its scopes are not looked at, and
 * it changes nothing whatever they are; every other user needs scopes that can change things too. Out: JSON.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const scopes = permissionsOf(operations, names).map((one) => one.replace(/,.*$/, ''));
  const distinct = [...new Set(scopes)].sort();
  const dumps = names.some((name) => operations[name].permission.includes(settings));
  return jsonDocument({
    globalReadonlySuperuser: {
      configuration: {
        GLOBAL_READONLY_SUPER_USERS: ['<user>'],
        ...(dumps ? { [settings]: true } : {}),
      },
      scopes: distinct.filter((scope) => scope === 'repo:read' || scope === 'user:read'),
    },
    ownerOfAnOrganization: {
      scopes: distinct.filter((scope) => scope !== 'super:user'),
      not: 'what takes super:user; and with org:admin and repo:admin the token can change things',
    },
  });
}
