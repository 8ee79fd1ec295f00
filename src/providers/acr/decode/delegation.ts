import { type JsonObject, maybeObjects, objectAt, stringAt } from '../../../decode/fields.ts';
import { type Assignment, guidOf } from './roles.ts';
import { wordIn } from './words.ts';

const states = [
  'NotSpecified',
  'Accepted',
  'Running',
  'Ready',
  'Creating',
  'Created',
  'Deleting',
  'Deleted',
  'Canceled',
  'Failed',
  'Succeeded',
  'Updating',
] as const;

/**
 * An entry of RegistrationAssignments_List with its definition: the roles that principals of
 * another tenant hold here by Azure Lighthouse. Role assignments do not show them.
 */
export function delegation(entry: JsonObject): readonly Assignment[] {
  const properties = objectAt(entry, 'properties');
  if (wordIn(properties, 'provisioningState', states) === 'Deleted') return [];
  const definition = objectAt(objectAt(properties, 'registrationDefinition'), 'properties');
  const tenant = stringAt(definition, 'managedByTenantId').toLowerCase();
  const scope = scopeOf(stringAt(entry, 'id'));
  return [
    ...maybeObjects(definition, 'authorizations'),
    ...maybeObjects(definition, 'eligibleAuthorizations'),
  ].map(
    (one): Assignment => ({
      role: guidOf(stringAt(one, 'roleDefinitionId')),
      principal: stringAt(one, 'principalId'),
      kind: 'ForeignGroup',
      scope,
      condition: null,
      held: 'delegated',
      tenant,
    }),
  );
}

/** What an extension resource belongs to: its id up to the provider. */
function scopeOf(id: string): string {
  const end = id.toLowerCase().indexOf('/providers/microsoft.managedservices/');
  return end < 0 ? id : id.slice(0, end);
}
