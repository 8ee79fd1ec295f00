import { jsonDocument, permissionsOf } from '../permissions.ts';
import { type OperationName, operations } from './operations.ts';

/**
 * The scopes that a token for these operations has, and the policy of zot that gives a user as much. Users of an
 * htpasswd file of CNCF Distribution cannot be given less than everything. Out: JSON text.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const scopes = permissionsOf(operations, names);
  return jsonDocument({
    tokenScopes: scopes,
    zotAccessControl:
      scopes.length === 0
        ? {}
        : { repositories: { '**': { policies: [{ users: ['auditor'], actions: ['read'] }] } } },
  });
}
