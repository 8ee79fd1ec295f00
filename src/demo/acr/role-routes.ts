import { Refused, type RestCall, type Route } from '../rest.ts';
import { armError, named, registryAt, subscriptionAt } from './arm-shapes.ts';
import type { Estate, EstateRegistry } from './estate.ts';
import { builtInRoles } from './roles.ts';

export const of = '/subscriptions/{subscription}';
export const group = `${of}/resourceGroups/{group}`;
export const one = `${group}/providers/Microsoft.ContainerRegistry/registries/{registry}`;

/** A listing of Resource Manager: its operation, its path and its entries. */
export type Listed = (
  name: string,
  path: string,
  entries: (call: RestCall) => readonly unknown[],
) => Route;

/** Role assignments, and how principals get them. */
export function roleRoutes(estate: Estate, listed: Listed): readonly Route[] {
  const held = (name: string, type: string, key: 'roleAssignments' | 'roleEligibilities') =>
    listed(name, `${one}/providers/Microsoft.Authorization/${type}`, (call) => {
      const { id, held: registry } = registryAt(estate, call);
      if (key === 'roleEligibilities' && subscriptionAt(estate, call).unlicensed === true) {
        throw new Refused({
          status: 400,
          json: armError(
            'AadPremiumLicenseRequired',
            'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
          ),
        });
      }
      return (registry[key] ?? []).map((assignment, index) => ({
        id: `${assignment.scope ?? id}/providers/Microsoft.Authorization/${type}/${index}`,
        properties: assigned(assignment, id, call),
      }));
    });
  return [
    held('RoleAssignments_ListForScope', 'roleAssignments', 'roleAssignments'),
    held(
      'RoleEligibilityScheduleInstances_List',
      'roleEligibilityScheduleInstances',
      'roleEligibilities',
    ),
    listed(
      'RoleDefinitions_List',
      `${of}/providers/Microsoft.Authorization/roleDefinitions`,
      (call) => {
        const below = (call.query.get('$filter') ?? '').startsWith('atScopeAndBelow');
        const { customRoles = {} } = subscriptionAt(estate, call);
        return Object.entries({ ...builtInRoles, ...customRoles })
          .filter(([, properties]) => below || !ofGroup(properties))
          .map(([id, properties]) => ({
            id: `/subscriptions/${call.params['subscription']}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
            name: id,
            properties,
          }));
      },
    ),
    listed(
      'DenyAssignments_List',
      `${one}/providers/Microsoft.Authorization/denyAssignments`,
      (call) => named(registryAt(estate, call).held.denyAssignments),
    ),
    delegations('RegistrationAssignments_List', of),
    delegations('RegistrationAssignments_ListForGroup', group),
  ];

  function delegations(name: string, path: string): Route {
    return listed(
      name,
      `${path}/providers/Microsoft.ManagedServices/registrationAssignments`,
      (call) => {
        const { subscription = '', group: wanted } = call.params;
        const scope = `/subscriptions/${subscription}${wanted === undefined ? '' : `/resourceGroups/${wanted}`}`;
        return (subscriptionAt(estate, call).delegations ?? [])
          .filter((one) => one.group === wanted)
          .map(({ tenant, authorizations }, index) => ({
            id: `${scope}/providers/Microsoft.ManagedServices/registrationAssignments/${index}`,
            name: String(index),
            properties: {
              provisioningState: 'Succeeded',
              registrationDefinitionId: `/definitions/${index}`,
              registrationDefinition: {
                id: `/definitions/${index}`,
                properties: {
                  managedByTenantId: tenant,
                  provisioningState: 'Succeeded',
                  authorizations: authorizations.map(({ role, principal }) => ({
                    principalId: principal,
                    roleDefinitionId: role,
                  })),
                },
              },
            },
          }));
      },
    );
  }
}

type Held = NonNullable<EstateRegistry['roleAssignments']>[number];

function assigned({ role, principal, type, scope, condition }: Held, id: string, call: RestCall) {
  return {
    roleDefinitionId: `/subscriptions/${call.params['subscription']}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    principalId: principal,
    principalType: type,
    scope: scope ?? id,
    ...(condition === undefined ? {} : { condition, conditionVersion: '2.0' }),
  };
}

/** Whether a role is defined only for a resource group. */
function ofGroup(properties: object): boolean {
  const { assignableScopes } = properties as { assignableScopes?: readonly string[] };
  return (assignableScopes ?? []).some((scope) => /resourcegroups/i.test(scope));
}
