import { permissionsOf } from '../permissions.ts';
import type { GoogleOperation } from './operation-kinds.ts';
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

/** Permissions that no predefined role has: IAM may refuse a whole role because of one. */
const inNoRole: readonly OperationName[] = ['GetVpcscConfig'];

const all: Readonly<Record<OperationName, GoogleOperation>> = operations;

/**
 * The custom role for exactly these operations: no wildcard, nothing that pulls or writes. Out: YAML for
 * `gcloud iam roles create`. Permissions that a role of a project cannot have stand apart.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const permissions = (wanted: (name: OperationName) => boolean) =>
    permissionsOf(operations, names, wanted).map((permission) => `  - ${permission}\n`);
  const own = permissions((name) => !aboveProjects.includes(name) && !inNoRole.includes(name));
  const above = [
    ...permissions((name) => aboveProjects.includes(name)),
    ...names.flatMap((name) => all[name].also ?? []).map((permission) => `  - ${permission}\n`),
  ].sort();
  const alone = permissionsOf(operations, names, (name) => inNoRole.includes(name));
  return [
    '# gcloud iam roles create regaudit --organization=ORGANIZATION --file=least-privilege.yaml\n',
    ...needed.filter(({ by }) => names.includes(by)).map(({ line }) => `# ${line}\n`),
    'title: regaudit\n',
    'description: Reads the settings of container registries; neither pulls nor writes\n',
    'stage: GA\n',
    'includedPermissions:\n',
    ...own,
    ...(above.length === 0
      ? []
      : ['  # from here on for a role of the organisation alone; leave out in one of a project\n']),
    ...above,
    ...alone.map(
      (permission) =>
        `  # No predefined role has the next one. Add it if IAM accepts it in a custom role:\n  # - ${permission}\n`,
    ),
  ].join('');
}

/** What else the operations take, besides their permissions. */
const needed: readonly { readonly by: OperationName; readonly line: string }[] = [
  {
    by: 'GetRole',
    line: 'Granted on a project alone it cannot read custom roles of the organisation or of other projects.',
  },
  {
    by: 'SearchAllResources',
    line: 'The API cloudasset.googleapis.com must be enabled in the project that the calls count for.',
  },
  {
    by: 'QueryActivities',
    line: 'The API policyanalyzer.googleapis.com must be enabled in each audited project.',
  },
  {
    by: 'GetProject',
    line: 'With a quota project: grant serviceusage.services.use there (roles/serviceusage.serviceUsageConsumer).',
  },
];
