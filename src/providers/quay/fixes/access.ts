import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { curl, guides, setting } from './pages.ts';

const privateRepository = {
  command: `${curl('POST')} -d '{"visibility":"private"}' https://<host>/api/v1/repository/<namespace>/<repository>/changevisibility`,
  terraform: 'quay_repository: visibility = "private"',
  console: '(repository) > Settings > Repository Visibility > Make Private',
  risk: 'Clients that do not sign in, and accounts without a role, can no longer pull.',
  undo: 'The same command with "visibility":"public".',
  references: [guides.using],
} satisfies Fix;

const role = {
  command: `${curl('PUT')} -d '{"role":"read"}' https://<host>/api/v1/repository/<namespace>/<repository>/permissions/user/<user>`,
  terraform: 'quay_repository_permission: role = "read"',
  console: '(repository) > Settings > User and Robot Permissions',
  risk: 'The user can no longer push, delete or set up anything here.',
  undo: 'The same command with the former role.',
  references: [guides.using],
} satisfies Fix;

export const access = {
  'admins-few': {
    command: `${curl('DELETE')} https://<host>/api/v1/organization/<organization>/team/<team>/members/<user>`,
    console: '(organization) > Teams and Membership > (team with role Admin)',
    instead:
      'Superusers are named by SUPER_USERS in config.yaml, or by a filter of the directory: whoever runs the instance takes them out and restarts Quay.',
    risk: 'The user can no longer change the organization, nor repositories in which the user has no role.',
    undo: 'The same command with PUT.',
    references: [guides.using, guides.managing],
  },
  'anonymous-catalog-off': {
    ...privateRepository,
    instead:
      'FEATURE_ANONYMOUS_ACCESS: false in config.yaml hides all public repositories from strangers. PUBLIC_CATALOG alone does not: the API lists them too.',
  },
  'anonymous-pull-off': privateRepository,
  'broad-tokens-off': {
    command: `${curl('DELETE')} https://<host>/api/v1/organization/<organization>/applications/<client id>`,
    console: '(organization) > Applications > (application) > Delete application',
    instead:
      'Give machines a robot account with a role in single repositories. A token of an application opens all that its user may see.',
    risk: 'All tokens of the application stop working at once.',
    undo: 'The application can be made anew; its tokens cannot be brought back.',
    references: [guides.using, guides.api],
  },
  'build-credentials-safe': {
    command: `${curl('DELETE')} https://<host>/api/v1/repository/<namespace>/<repository>/trigger/<trigger id>`,
    console: '(repository) > Builds > Build Triggers > (trigger) > Delete Trigger',
    instead:
      'Let a pipeline build and push with a federated robot account, for which no secret is kept.',
    risk: 'Nothing builds images for the repository any more until the pipeline does.',
    undo: 'The trigger has to be set up anew.',
    references: [guides.using],
  },
  'central-identity-on': {
    ...setting('AUTHENTICATION_TYPE: OIDC, <name>_LOGIN_CONFIG and FEATURE_DIRECT_LOGIN: false'),
    risk: 'Accounts that cannot sign in at the identity provider are locked out; a second factor is asked for there, Quay has none.',
    references: [guides.managing, guides.configuring],
  },
  'cross-account-limited': {
    ...role,
    command: `${curl('DELETE')} https://<host>/api/v1/repository/<namespace>/<repository>/permissions/user/<user>`,
    instead:
      'What is public is open to everybody; a collaborator who belongs to the organization should be in a team of it.',
    undo: 'The same command with PUT and the former role.',
  },
  'delete-limited': role,
  'directory-verified': {
    ...setting(
      'LDAP_URI: ldaps://<host> without LDAP_ALLOW_INSECURE_FALLBACK, or an OIDC_SERVER with https',
    ),
    risk: 'Nobody can sign in while the certificate of the directory is not trusted: add its authority first.',
    references: [guides.managing],
  },
  'project-creation-limited': {
    ...setting('FEATURE_RESTRICTED_USERS: true and RESTRICTED_USERS_WHITELIST'),
    risk: 'Users who are not on the list can no longer create organizations, nor repositories of their own.',
    references: [guides.configuring],
  },
  'push-limited-to-ci': role,
  'self-registration-off': {
    ...setting('FEATURE_USER_CREATION: false, or FEATURE_INVITE_ONLY_USER_CREATION: true'),
    risk: 'Nobody can make an account alone any more: superusers have to.',
    references: [guides.configuring],
  },
  'tokens-expire': {
    command: `${curl('DELETE')} https://<host>/api/v1/organization/<organization>/robots/<robot>`,
    console: '(organization) > Robot Accounts; (organization) > Applications',
    instead:
      'Robot accounts have no end: replace their secrets regularly, or use them through federation, which takes short-lived tokens. Set APP_SPECIFIC_TOKEN_EXPIRATION; make tokens of applications by the API with an end.',
    risk: 'Whatever signs in with the credential stops working at once.',
    undo: 'A deleted robot account can be made anew, with another secret.',
    references: [guides.managing, guides.configuring],
  },
  'tokens-in-use': {
    command: `${curl('DELETE')} https://<host>/api/v1/organization/<organization>/robots/<robot>`,
    console: '(organization) > Robot Accounts > (robot) > Delete',
    risk: 'Something that uses the robot account rarely stops working.',
    undo: 'The robot account can be made anew, with another secret.',
    references: [guides.using],
  },
} satisfies Record<Failable['access'], Fix>;
