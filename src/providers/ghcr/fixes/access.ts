import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.github.com/en';
const packageSettings =
  'GitHub > (organization) > Packages > (package) > Package settings; there is no API for it';
const visibility = {
  console: `${packageSettings}: Danger Zone > Change visibility`,
  instead:
    'a public package can never be made private again: publish the images under a new name that is private, and delete the public package',
  risk: 'Everybody who pulls without signing in is cut off.',
  undo: 'Publish under the old name again; a deleted package can be restored for 30 days if its name is still free.',
  references: [
    `${docs}/packages/learn-github-packages/configuring-a-packages-access-control-and-visibility`,
    `${docs}/packages/learn-github-packages/deleting-and-restoring-a-package`,
  ],
};
const tokens = `${docs}/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens`;

export const access = {
  'admins-few': {
    command: 'gh api -X PUT orgs/<owner>/memberships/<login> -f role=member',
    terraform: 'github_membership: role = "member"',
    console: 'GitHub > (organization) > People > (member) > Change role',
    risk: 'Who loses the role can no longer manage the organization, its repositories and its packages.',
    undo: 'gh api -X PUT orgs/<owner>/memberships/<login> -f role=admin',
    references: [
      `${docs}/organizations/managing-peoples-access-to-your-organization-with-roles/maintaining-ownership-continuity-for-your-organization`,
    ],
  },
  'anonymous-catalog-off': {
    ...visibility,
    instead:
      'whatever is public is shown to everybody: publish images under new names that are private, or keep public ones in an organization of their own',
  },
  'anonymous-pull-off': visibility,
  'broad-tokens-off': {
    console: 'GitHub > Settings > Developer settings > Personal access tokens > Tokens (classic)',
    instead:
      'no personal access token (classic) can be limited to some packages: let workflows use GITHUB_TOKEN, which reaches the packages of its repository, and restrict classic tokens under (organization) > Settings > Personal access tokens',
    risk: 'What uses the token stops working, and with the restriction every classic token does.',
    undo: 'Lift the restriction in the same place; a deleted token cannot be brought back.',
    references: [
      tokens,
      `${docs}/organizations/managing-programmatic-access-to-your-organization/setting-a-personal-access-token-policy-for-your-organization`,
    ],
  },
  'central-identity-on': {
    console:
      'GitHub > (organization) > Settings > Authentication security > Require two-factor authentication; for a person: Settings > Password and authentication',
    risk: 'Members without a second factor lose access to the resources of the organization until they set one up; outside collaborators are removed.',
    undo: 'Clear the box in the same place.',
    references: [
      `${docs}/organizations/keeping-your-organization-secure/managing-two-factor-authentication-for-your-organization/requiring-two-factor-authentication-in-your-organization`,
    ],
  },
  'cross-account-limited': {
    command: 'gh api -X DELETE orgs/<owner>/outside_collaborators/<login>',
    terraform: 'github_repository_collaborator: remove',
    console:
      'GitHub > (organization) > People > Outside collaborators; and Package settings > Manage access',
    instead: 'for a public package see anonymous-pull-off',
    risk: 'They lose access to every repository of the organization, and forks of private ones are deleted.',
    undo: 'Invite them to the repository again.',
    references: [
      `${docs}/organizations/managing-user-access-to-your-organizations-repositories/managing-outside-collaborators`,
    ],
  },
  'delete-limited': {
    command:
      'gh api -X PUT repos/<owner>/<repository of the source>/collaborators/<login> -f permission=push',
    terraform:
      'github_repository_collaborator: permission = "push"; github_organization_settings: default_repository_permission = "read"',
    console: `${packageSettings}: Manage access`,
    risk: 'They can no longer manage the repository or delete versions of its packages.',
    undo: 'Give the role admin back.',
    references: visibility.references,
  },
  'push-limited-to-ci': {
    command: 'gh api -X PATCH orgs/<owner> -f default_repository_permission=read',
    terraform:
      'github_organization_settings: default_repository_permission = "read"; github_repository_collaborator and github_team_repository: permission = "pull"',
    console: `${packageSettings}: clear Inherit access from source repository, then leave Write to a repository alone under Manage Actions access`,
    instead:
      'owners can always push: keep that role to few, and name the account of a pipeline in expect.ciIdentities',
    risk: 'People who push by hand can no longer do so.',
    undo: 'gh api -X PATCH orgs/<owner> -f default_repository_permission=<former permission>, and inherit the access again',
    references: visibility.references,
  },
  'tokens-expire': {
    console:
      'GitHub > Settings > Developer settings > Personal access tokens > Tokens (classic) > (token) > Regenerate token with an expiration',
    instead:
      'let workflows use GITHUB_TOKEN, which ends with its job; an enterprise can set the longest life of personal access tokens under Policies',
    risk: 'What uses the token stops working when it ends.',
    undo: 'Regenerate the token again without an expiration.',
    references: [tokens],
  },
  'tokens-in-use': {
    command: 'gh api -X DELETE orgs/<owner>/credential-authorizations/<credential id>',
    console:
      'GitHub > (organization) > People > (member) > SAML identity linked > Authorized credentials',
    risk: 'Something that signs in seldom may still use the token.',
    undo: 'Its owner authorizes it again under Configure SSO.',
    references: [
      'https://docs.github.com/en/enterprise-cloud@latest/organizations/granting-access-to-your-organization-with-saml-single-sign-on/viewing-and-managing-a-members-saml-access-to-your-organization',
    ],
  },
} satisfies Record<Failable['access'], Fix>;
