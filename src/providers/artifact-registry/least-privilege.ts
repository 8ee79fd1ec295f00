import { permissionsOf } from '../permissions.ts';
import { type OperationName, operations } from './operations.ts';

/** What can be granted at an organisation or folder only (IAM, custom roles). */
const aboveProjects: readonly OperationName[] = [
  'GetFolderIamPolicy',
  'GetOrganizationIamPolicy',
  'GetOrganization',
  'ListAccessPolicies',
  'ListServicePerimeters',
  'ListAccessLevels',
];

/**
 * The custom role for exactly these operations: no wildcard, nothing that pulls or writes. Out: YAML for
 * `gcloud iam roles create`. Permissions that a role of a project cannot have stand apart.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const permissions = (wanted: (name: OperationName) => boolean) =>
    permissionsOf(operations, names, wanted).map((permission) => `  - ${permission}\n`);
  const own = permissions((name) => !aboveProjects.includes(name));
  const above = permissions((name) => aboveProjects.includes(name));
  return [
    '# gcloud iam roles create regaudit --organization=ORGANIZATION --file=least-privilege.yaml\n',
    'title: regaudit\n',
    'description: Reads the settings of container registries; neither pulls nor writes\n',
    'stage: GA\n',
    'includedPermissions:\n',
    ...own,
    ...(above.length === 0
      ? []
      : ['  # from here on for a role of the organisation alone; leave out in one of a project\n']),
    ...above,
  ].join('');
}
