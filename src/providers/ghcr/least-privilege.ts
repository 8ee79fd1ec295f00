import { jsonDocument } from '../permissions.ts';
import { type GhcrOperation, type OperationName, operations } from './operations.ts';

/**
 * What a scan with exactly these operations must be granted: a personal access token (classic) for packages,
 * for there is nothing smaller, and for settings either the scopes of one or the permissions of a GitHub App
 * or fine-grained token, which can be read-only. Out: JSON text.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const byOf = (name: OperationName) => {
    const operation: Partial<GhcrOperation> = operations[name];
    return operation.by === 'settings' ? 'settings' : 'packages';
  };
  const granted = (by: 'packages' | 'settings', alternative: 0 | 1) => {
    const texts = names
      .filter((name) => byOf(name) === by)
      .flatMap(
        (name) => operations[name].permission.split(' or ').at(alternative)?.split(', ') ?? [],
      )
      .filter((permission) => permission !== '');
    return [...new Set(texts)].sort();
  };
  return jsonDocument({
    packages: {
      variable: 'GITHUB_TOKEN',
      personalAccessTokenClassic: granted('packages', 0),
      orInActions: { permissions: { contents: 'read', packages: 'read' } },
      of: 'an owner of the organization: GitHub lists to others only the packages that they have access to',
    },
    settings: {
      variable: 'REGAUDIT_GITHUB_SETTINGS_TOKEN',
      fineGrainedTokenOfAnOwner: granted('settings', 1),
      orPersonalAccessTokenClassic: granted('settings', 0),
      note: 'admin:org and repo are scopes that can write as well; the permissions of a fine-grained token or a GitHub App are read-only, but do not show whether all members are seen',
    },
  });
}
