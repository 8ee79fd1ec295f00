import { allowsAction, allowsData, type Role } from '../decode/roles.ts';

/** What decides over who may do what, besides the roles themselves. */
export interface RoleWorld {
  readonly mode: 'abac' | 'legacy';
  /** With the admin user on, whoever may read its passwords, or make new ones, may push with them. */
  readonly adminUser: boolean;
}

const registries = 'Microsoft.ContainerRegistry/registries';

/**
 * Actions that put content into a registry, by one way or another: imports, passwords of tokens that
 * may push, builds. Those of pushing itself count in the mode in which Azure honours them alone
 * (rbac-abac guide: AcrPush and Owner's data access are inert where roles are limited to repositories).
 */
const pushing = {
  always: [
    'importImage/action',
    'pipelineRuns/write',
    'generateCredentials/action',
    'scheduleRun/action',
    'taskRuns/write',
    'tasks/write',
  ],
  legacy: ['push/write'],
};
const deleting = {
  always: [
    'delete',
    'generateCredentials/action',
    'scheduleRun/action',
    'taskRuns/write',
    'tasks/write',
  ],
  legacy: ['artifacts/delete'],
};

export function mayPush(role: Role, world: RoleWorld): boolean {
  return may(role, world, pushing, 'repositories/content/write');
}

export function mayDelete(role: Role, world: RoleWorld): boolean {
  return may(role, world, deleting, 'repositories/content/delete');
}

function may(
  role: Role,
  { mode, adminUser }: RoleWorld,
  { always, legacy }: typeof pushing,
  dataAction: string,
): boolean {
  const actions = [
    ...always,
    ...(mode === 'legacy' ? legacy : []),
    ...(adminUser ? ['listCredentials/action', 'regenerateCredential/action'] : []),
  ];
  return (
    actions.some((action) => allowsAction(role, `${registries}/${action}`)) ||
    allowsData(role, `${registries}/${dataAction}`)
  );
}

/** Actions that change settings, or by which one gives oneself a role, or makes one's own role more. */
const administering = [
  `${registries}/write`,
  `${registries}/updatePolicies/write`,
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleDefinitions/write',
];

/** Whether a role may change the settings of a registry, or make itself one that may. */
export function mayAdminister(role: Role): boolean {
  return administering.some((action) => allowsAction(role, action));
}
