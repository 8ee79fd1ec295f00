import { jsonDocument, permissionsOf } from '../permissions.ts';
import { type GhcrOperation, type OperationName, operations, scopesFor } from './operations.ts';

/**
 * What a scan with exactly these operations must be granted: a personal access token (classic) for packages,
 * for there is nothing smaller, and for settings either the scopes of one or the permissions of a GitHub App
 * or fine-grained token, which can be read-only. Out: JSON text.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const isOfSettings = (name: OperationName) => {
    const operation: Partial<GhcrOperation> = operations[name];
    return operation.by === 'settings';
  };
  const settings = permissionsOf(operations, names, isOfSettings);
  const scopes = settings.map((permission) => scopesFor[permission] ?? permission);
  return jsonDocument({
    packages: {
      variable: 'GITHUB_TOKEN',
      personalAccessTokenClassic: permissionsOf(operations, names, (name) => !isOfSettings(name)),
      orInActions: { permissions: { contents: 'read', packages: 'read' } },
      of: 'an owner of the organization: GitHub lists to others only the packages that they have access to',
    },
    settings: {
      variable: 'REGAUDIT_GITHUB_SETTINGS_TOKEN',
      fineGrainedTokenOfAnOwner: settings,
      orPersonalAccessTokenClassic: [...new Set(scopes)].sort(),
      note: 'admin:org, admin:org_hook and repo are scopes that can write as well; the permissions of a fine-grained token or a GitHub App are read-only, but do not show whether all members are seen',
    },
  });
}
