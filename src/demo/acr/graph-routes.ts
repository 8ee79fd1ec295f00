import { Refused, type RestCall, type Route } from '../rest.ts';
import { tenantId } from './arm-shapes.ts';
import type { Estate } from './estate.ts';

/*
 * Microsoft Graph below its host's name, as far as it tells who a principal is.
 */

const token = 'entra https://graph.microsoft.com/.default';

export function graphRoutes(estate: Estate): readonly Route[] {
  return [
    {
      name: 'Directory_GetByIds',
      method: 'POST',
      path: '/graph.microsoft.com/v1.0/directoryObjects/getByIds',
      answer: (call) => {
        signedIn(call);
        const { ids }: { ids: readonly string[] } = JSON.parse(call.body);
        return { json: { value: ids.flatMap((id) => objectOf(estate, id, call)) } };
      },
    },
    {
      name: 'Groups_ListTransitiveMembers',
      method: 'GET',
      path: '/graph.microsoft.com/v1.0/groups/{group}/transitiveMembers',
      answer: (call) => {
        signedIn(call);
        const { members = [] } = estate.directory?.[call.params['group'] ?? ''] ?? {};
        return { json: { value: members } };
      },
    },
  ];
}

function signedIn({ headers }: RestCall): void {
  if (headers['authorization'] === `Bearer ${token}`) return;
  throw new Refused({
    status: 401,
    json: { error: { code: 'InvalidAuthenticationToken', message: 'Access token is empty.' } },
  });
}

/** Without `$select` a user comes without its type, as in version 1.0. */
function objectOf(estate: Estate, id: string, { query }: RestCall): object[] {
  const known = Object.entries(estate.directory ?? {}).find(([key]) => key.toLowerCase() === id);
  if (known !== undefined && known[1].object === undefined && known[1].members === undefined) {
    return [];
  }
  const object = { ...ofOwnTenant(typeOf(estate, id), id), ...known?.[1].object, id };
  const fields = (query.get('$select') ?? '').split(',');
  const shown = Object.entries(object).filter(
    ([key]) => key === '@odata.type' || key === 'id' || fields.includes(key),
  );
  return [Object.fromEntries(shown)];
}

function typeOf({ subscriptions }: Estate, id: string): string {
  const registries = Object.values(subscriptions).flatMap((one) => Object.values(one.registries));
  const held = registries.flatMap(({ roleAssignments = [], roleEligibilities = [] }) => [
    ...roleAssignments,
    ...roleEligibilities,
  ]);
  return held.find(({ principal }) => principal.toLowerCase() === id)?.type ?? 'User';
}

function ofOwnTenant(type: string, id: string): object {
  switch (type) {
    case 'Group':
      return { '@odata.type': '#microsoft.graph.group', displayName: `group ${id.slice(-4)}` };
    case 'ServicePrincipal':
      return {
        '@odata.type': '#microsoft.graph.servicePrincipal',
        displayName: `app ${id.slice(-4)}`,
        servicePrincipalType: 'Application',
        appOwnerOrganizationId: tenantId,
      };
    default:
      return {
        '@odata.type': '#microsoft.graph.user',
        userPrincipalName: `user-${id.slice(-4)}@shop.example`,
        userType: 'Member',
      };
  }
}
