import { jsonDocument, permissionsOf } from '../permissions.ts';
import { directoryPermission, type OperationName, operations } from './operations.ts';

/** Rights to data, which a role keeps apart from those to settings. */
const ofData = [
  'Microsoft.ContainerRegistry/registries/catalog/read',
  'Microsoft.ContainerRegistry/registries/repositories/content/read',
  'Microsoft.ContainerRegistry/registries/repositories/metadata/read',
  'Microsoft.KeyVault/vaults/keys/read',
];

/** Where roles are not limited to repositories, data is read by an action of the settings (AcrPull). */
const pull = 'Microsoft.ContainerRegistry/registries/pull/read';

const reads = 'Reads the settings of container registries and changes nothing.';

/**
 * The custom role for exactly these operations: no wildcard and nothing that writes. Out: JSON text for
 * `az role definition create`. Looking at signatures takes the right to pull, of which no use is made.
 * What Microsoft Graph must be granted no role of Azure can hold: the description names it.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const all = permissionsOf(operations, names);
  const wanted = all.filter((permission) => permission !== directoryPermission);
  const data = wanted.filter((permission) => ofData.includes(permission));
  const readsRegistry = data.some((permission) => permission.includes('ContainerRegistry'));
  const actions = wanted.filter((permission) => !ofData.includes(permission));
  return jsonDocument({
    Name: 'regaudit',
    IsCustom: true,
    Description: all.includes(directoryPermission)
      ? `${reads} Besides this role the application permission ${directoryPermission} of Microsoft Graph is needed.`
      : reads,
    AssignableScopes: ['/subscriptions/00000000-0000-0000-0000-000000000000'],
    Actions: readsRegistry ? [...actions, pull].sort() : actions,
    NotActions: [],
    DataActions: data,
    NotDataActions: [],
  });
}
