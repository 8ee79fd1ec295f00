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

/** Refused to every access token, whoever made it (docker/hub-feedback#2438 and #2478). */
const passwordOnly: readonly OperationName[] = [
  'ListOrgAccessTokens',
  'GetOrgAccessToken',
  'ListPersonalAccessTokens',
];

/**
 * The organization access token for exactly these operations, as the API that creates one takes it, for
 * `<org>`. What no such token can do is named beside: calls that take the token of a member, and calls
 * that Docker Hub refuses to every access token. Out: JSON text.
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
  const ofMember = names.filter((name) => operations[name].permission === 'role:member');
  const byPassword = names.filter((name) => passwordOnly.includes(name));
  return jsonDocument({
    organizationAccessToken: { label: 'regaudit', resources },
    ...(ofMember.length === 0
      ? {}
      : { personalAccessTokenOfAMember: { scopes: ['repo:read'], for: ofMember } }),
    ...(byPassword.length === 0
      ? {}
      : {
          userNameAndPasswordOfAnOwner: {
            not: 'where single sign-on is enforced or the account has a second factor',
            for: byPassword,
          },
        }),
  });
}
