import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const privateProject = {
  command:
    'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"public":"false"}}\' https://<host>/api/v2.0/projects/<project>',
  terraform: 'harbor_project: public = false',
  console: 'Projects > (project) > Configuration > Project registry: Public',
  risk: 'Users who are not members, and clients that do not sign in, can no longer pull.',
  undo: 'The same command with "public":"true".',
  references: ['https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/'],
} satisfies Fix;

export const access = {
  'admin-user-off': {
    command:
      "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"sysadmin_flag\":false}' https://<host>/api/v2.0/users/1/sysadmin",
    terraform:
      'harbor_user: admin = true for those who shall administer; the first account is not managed by it',
    console: 'Administration > Users > admin > Actions > Revoke Admin',
    instead:
      'The first account can be neither deleted nor locked: remove its administrator role as another administrator, and keep its password sealed for emergencies.',
    risk: 'Clients that use the first account lose administration of the instance: make sure that another administrator can sign in.',
    undo: 'The same command with true, as another administrator.',
    references: ['https://goharbor.io/docs/2.13.0/administration/managing-users/'],
  },
  'admins-few': {
    command:
      "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"sysadmin_flag\":false}' https://<host>/api/v2.0/users/<user id>/sysadmin",
    terraform:
      'harbor_user: admin = false; harbor_config_auth: oidc_admin_group and ldap_group_admin_dn',
    console: 'Administration > Users > (user) > Actions > Revoke Admin',
    risk: 'The user can no longer change the instance, or projects without membership.',
    undo: 'The same command with true.',
    references: ['https://goharbor.io/docs/2.13.0/administration/managing-users/'],
  },
  'anonymous-catalog-off': privateProject,
  'anonymous-pull-off': privateProject,
  'broad-tokens-off': {
    command:
      'curl -u <administrator> -X DELETE https://<host>/api/v2.0/robots/<robot id> # after its users have got robots of single projects',
    terraform:
      'harbor_robot_account: permissions { kind = "project", namespace = "<project>" } instead of "*"',
    console:
      'Administration > Robot Accounts > (robot) > Edit: select projects instead of "Cover all projects"',
    risk: 'Clients that use the robot account stop working immediately.',
    undo: 'A deleted robot account and its secret cannot be restored: disable it in the console first, which can be undone.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/robot-accounts/',
      'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/create-robot-accounts/',
    ],
  },
  'central-identity-on': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"auth_mode":"oidc_auth","oidc_name":"<name>","oidc_endpoint":"<url>","oidc_client_id":"<id>","oidc_client_secret":"<secret>","oidc_scope":"openid","oidc_verify_cert":true}\' https://<host>/api/v2.0/configurations',
    terraform:
      'harbor_config_auth: auth_mode = "oidc_auth", oidc_endpoint, oidc_client_id, oidc_client_secret, oidc_scope, oidc_verify_cert = true',
    console: 'Administration > Configuration > Authentication > Auth Mode: OIDC',
    instead:
      'The mode can be changed only while the first account is the only local account. The identity provider must require a second factor; Harbor has none.',
    risk: 'Harbor passwords stop working; Docker clients use the CLI secret from the user’s profile.',
    undo: 'The same command with "auth_mode":"db_auth", possible only until a user has signed in through the provider.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/configure-authentication/oidc-auth/',
    ],
  },
  'cross-account-limited': privateProject,
  'delete-limited': {
    command:
      "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"role_id\":3}' https://<host>/api/v2.0/projects/<project>/members/<member id> # 3 is guest, who may pull; a developer (2) is refused a deletion, but may run a retention policy that deletes everything",
    terraform:
      'harbor_project_member_user, harbor_project_member_group: role = "guest" instead of "projectadmin", "maintainer" or "developer"; harbor_robot_account: access without delete, member and tag-retention',
    console: 'Projects > (project) > Members > (member) > Action > Guest',
    instead:
      'An immutability rule for every tag also prevents deletion by developers and by retention.',
    risk: 'The member can no longer delete artifacts, push, or use other permissions of the previous role.',
    undo: 'The same command with the previous role: 1 is project admin, 2 is developer, 4 is maintainer.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/managing-users/user-permissions-by-role/',
    ],
  },
  'directory-verified': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"oidc_verify_cert":true}\' https://<host>/api/v2.0/configurations # for LDAP: {"ldap_url":"ldaps://<server>","ldap_verify_cert":true}',
    terraform:
      'harbor_config_auth: oidc_verify_cert = true; or ldap_url = "ldaps://<server>", ldap_verify_cert = true',
    console: 'Administration > Configuration > Authentication > Verify Certificate',
    risk: 'Nobody can sign in through the provider while Harbor does not trust its certificate: install its CA first.',
    undo: 'The same command with false.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/configure-authentication/oidc-auth/',
      'https://goharbor.io/docs/2.13.0/administration/configure-authentication/ldap-auth/',
    ],
  },
  'project-creation-limited': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"project_creation_restriction":"adminonly"}\' https://<host>/api/v2.0/configurations',
    terraform: 'harbor_config_system: project_creation_restriction = "adminonly"',
    console: 'Administration > Configuration > System Settings > Project Creation: Admin Only',
    risk: 'Users who are not administrators can no longer create projects.',
    undo: 'The same command with "everyone".',
    references: ['https://goharbor.io/docs/2.13.0/administration/general-settings/'],
  },
  'push-limited-to-ci': {
    command:
      "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"role_id\":3}' https://<host>/api/v2.0/projects/<project>/members/<member id> # 3 is guest, who may pull; let a robot of the project push",
    terraform:
      'harbor_project_member_user, harbor_project_member_group: role = "guest"; harbor_robot_account: level = "project", access { resource = "repository", action = "push" }',
    console:
      'Projects > (project) > Members > (member) > Action > Guest; Projects > (project) > Robot Accounts > New Robot Account',
    instead:
      'Administrators can always push, also without being in expect.ciIdentities: keep them few.',
    risk: 'The member can no longer push.',
    undo: 'The same command with the previous role: 1 is project admin, 2 is developer, 4 is maintainer.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/managing-users/user-permissions-by-role/',
      'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/create-robot-accounts/',
    ],
  },
  'self-registration-off': {
    command:
      "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"self_registration\":false}' https://<host>/api/v2.0/configurations",
    console: 'Administration > Configuration > Authentication > Allow Self-Registration',
    risk: 'New users need an administrator to create their account.',
    undo: 'The same command with true.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/configure-authentication/db-auth/',
    ],
  },
  'tokens-expire': {
    command:
      'curl -u <administrator> -X DELETE https://<host>/api/v2.0/robots/<robot id> # after making one with a duration of days',
    terraform:
      'harbor_robot_account: duration = 90; harbor_config_system: robot_token_expiration = 90',
    console:
      'Administration > Robot Accounts, and Projects > (project) > Robot Accounts > (robot) > Edit > Expiration time',
    instead:
      'Passwords of local Harbor accounts cannot expire: let users sign in through OIDC or LDAP, and remove the administrator role from the first account.',
    risk: 'Clients that use the robot account stop working immediately.',
    undo: 'A deleted robot account and its secret cannot be restored: disable it in the console first, which can be undone.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/robot-accounts/',
      'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/create-robot-accounts/',
    ],
  },
} satisfies Record<Failable['access'], Fix>;
