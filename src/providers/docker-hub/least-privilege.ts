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
  const permissions = (wanted: (name: OperationName) => boolean) => [
    ...new Set(names.filter(wanted).map((name) => operations[name].permission)),
  ];
  const scopes = (wanted: (name: OperationName) => boolean) =>
    permissions(wanted)
      .filter((permission) => permission.startsWith('scope-'))
      .sort();
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
  const document = {
    organizationAccessToken: { label: 'regaudit', resources },
    ...(beyond.length === 0
      ? {}
      : { personalAccessTokenOfAnOwner: { scopes: ['repo:read'], for: beyond } }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Calls that Docker Hub refuses to every organization access token. */
function needsPerson(name: OperationName): boolean {
  const { permission } = operations[name];
  const ofCaller: readonly OperationName[] = ['ListPersonalAccessTokens'];
  return permission.startsWith('role:') || ofCaller.includes(name);
}
