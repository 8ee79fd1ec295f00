import { jsonDocument, permissionsOf } from '../permissions.ts';
import { type OperationName, operations } from './operations.ts';

/** Scopes that are given for repositories; the others are given for the organization. */
const ofRepositories: readonly OperationName[] = [
  'GetRepository',
  'ListRepositoryTeams',
  'ListWebhooks',
  'ListTags',
  'GetRegistryToken',
  'GetManifest',
  'ListReferrers',
];

/**
 * The organization access token for exactly these operations, as the API that creates one takes it, for
 * `<org>`. What no such token can do is named beside: it takes a personal access token, which reads and
 * writes nothing else, of an owner. Out: JSON text.
 */
export function leastPrivilege(names: readonly OperationName[]): string {
  const scopes = (wanted: (name: OperationName) => boolean) =>
    permissionsOf(operations, names, wanted).filter((one) => one.startsWith('scope-'));
  const resources = [
    {
      type: 'TYPE_REPO',
      path: '<org>/*',
      scopes: scopes((name) => ofRepositories.includes(name)),
    },
    {
      type: 'TYPE_ORG',
      path: '<org>',
      scopes: scopes((name) => !ofRepositories.includes(name)),
    },
  ].filter((resource) => resource.scopes.length > 0);
  const beyond = names.filter((name) => needsPerson(name));
  return jsonDocument({
    organizationAccessToken: { label: 'regaudit', resources },
    ...(beyond.length === 0
      ? {}
      : { personalAccessTokenOfAnOwner: { scopes: ['repo:read'], for: beyond } }),
  });
}

/** Calls that Docker Hub refuses to every organization access token. */
function needsPerson(name: OperationName): boolean {
  const { permission } = operations[name];
  const ofCaller: readonly OperationName[] = ['ListPersonalAccessTokens'];
  return permission.startsWith('role:') || ofCaller.includes(name);
}
