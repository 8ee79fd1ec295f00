/** Built-in roles that matter to a registry, as Azure defines them (role definitions of 2026-04-17, abridged). */
export const builtInRoles: Readonly<Record<string, object>> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': role('Owner', ['*']),
  'b24988ac-6180-42a0-ab88-20f7382dd24c': role(
    'Contributor',
    ['*'],
    [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
  ),
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': role('Reader', ['*/read']),
  '8311e382-0749-4cb8-b61a-304f252e45ec': role('AcrPush', [
    'Microsoft.ContainerRegistry/registries/pull/read',
    'Microsoft.ContainerRegistry/registries/push/write',
  ]),
  '7f951dda-4ed3-4680-a7ca-43fe172d538d': role('AcrPull', [
    'Microsoft.ContainerRegistry/registries/pull/read',
  ]),
  'c2f4ef07-c644-48eb-af81-4b1b4947fb11': role('AcrDelete', [
    'Microsoft.ContainerRegistry/registries/artifacts/delete',
  ]),
  '2a1e307c-b015-4ebd-883e-5b7698a07328': role(
    'Container Registry Repository Writer',
    [],
    [],
    [
      'Microsoft.ContainerRegistry/registries/repositories/metadata/read',
      'Microsoft.ContainerRegistry/registries/repositories/content/read',
      'Microsoft.ContainerRegistry/registries/repositories/metadata/write',
      'Microsoft.ContainerRegistry/registries/repositories/content/write',
    ],
  ),
  'b93aa761-3e63-49ed-ac28-beffa264f7ac': role(
    'Container Registry Repository Reader',
    [],
    [],
    [
      'Microsoft.ContainerRegistry/registries/repositories/metadata/read',
      'Microsoft.ContainerRegistry/registries/repositories/content/read',
    ],
  ),
};

function role(
  roleName: string,
  actions: readonly string[],
  notActions: readonly string[] = [],
  dataActions: readonly string[] = [],
): object {
  return {
    roleName,
    type: 'BuiltInRole',
    assignableScopes: ['/'],
    permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
  };
}
