import { jsonDocument, permissionsOf } from '../permissions.ts';
import { type OperationName, operations } from './operations.ts';

/**
 * The IAM policy for exactly these operations: no wildcard action, nothing that pulls or writes. The
 * resource is `*`, so that it can be granted as it stands in every partition. Out: JSON text.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const Action = permissionsOf(operations, names, () => true);
  return jsonDocument({
    Version: '2012-10-17',
    Statement:
      Action.length === 0 ? [] : [{ Sid: 'Regaudit', Effect: 'Allow', Action, Resource: '*' }],
  });
}
