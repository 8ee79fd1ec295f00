import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const put =
  "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d @<file> https://<host>/service/rest/v1";
const rolesPage = 'https://help.sonatype.com/en/roles.html';

const anonymousOff = {
  command:
    'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"enabled":false,"userId":"anonymous","realmName":"NexusAuthorizingRealm"}\' https://<host>/service/rest/v1/security/anonymous',
  terraform: 'nexus_security_anonymous: enabled = false',
  console: 'Security > Anonymous Access > Allow anonymous users to access the server',
  instead:
    'Where other formats stay open to anonymous users, take docker and oci from their role: privileges for single formats instead of nx-repository-view-*-*-read and -browse.',
  risk: 'Clients that do not sign in can no longer reach any repository of any format.',
  undo: 'The same command with "enabled":true.',
  references: ['https://help.sonatype.com/en/anonymous-access.html'],
} satisfies Fix;

const narrowRole = {
  command: `curl -u <administrator> https://<host>/service/rest/v1/security/roles/<role> > <file> # take out the privilege that the finding names, then: ${put}/security/roles/<role>`,
  terraform: 'nexus_security_role: privileges and roles without the one that the finding names',
  console: 'Security > Roles > (role) > Applied Privileges',
  risk: 'Everybody with the role loses the right, and so does every role that contains it.',
  undo: 'PUT the role back that GET of the same address showed before.',
  references: [rolesPage, 'https://help.sonatype.com/en/privileges.html'],
} satisfies Fix;

export const access = {
  'admin-user-off': {
    command: `curl -u <administrator> 'https://<host>/service/rest/v1/security/users?userId=admin' # set "status":"disabled" in the entry, then: ${put}/security/users/admin`,
    terraform: 'nexus_security_user: userid = "admin", status = "disabled"',
    console: 'Security > Users > admin > Status: Disabled',
    risk: 'Whatever signs in as admin stops working: be sure that another administrator can sign in.',
    undo: 'The same command with "status":"active", as another administrator.',
    references: ['https://help.sonatype.com/en/users.html'],
  },
  'admins-few': narrowRole,
  'anonymous-catalog-off': anonymousOff,
  'anonymous-pull-off': anonymousOff,
  'anonymous-push-off': anonymousOff,
  'broad-tokens-off': narrowRole,
  'central-identity-on': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'["LdapRealm","DockerToken"]\' https://<host>/service/rest/v1/security/realms/active # after the directory is set up and an administrator can sign in through it',
    terraform: 'nexus_security_realms: active = ["LdapRealm", "DockerToken"]; nexus_security_ldap',
    console: 'Security > LDAP or SAML, then Security > Realms > Active, and Security > Users',
    instead:
      'Disable the local users of people. Machines that stay local are named in serviceAccounts of the configuration. A second factor is asked for by the identity provider alone.',
    risk: 'Without the local realm no password of the server works, that of admin included.',
    undo: 'The same command with the list that GET of the same address showed before.',
    references: [
      'https://help.sonatype.com/en/realms.html',
      'https://help.sonatype.com/en/ldap.html',
    ],
  },
  'cross-account-limited': anonymousOff,
  'delete-limited': narrowRole,
  'directory-verified': {
    command: `curl -u <administrator> https://<host>/service/rest/v1/security/ldap/<name> > <file> # set "protocol":"LDAPS" and "port":636, add authPassword, then: ${put}/security/ldap/<name>`,
    terraform: 'nexus_security_ldap: protocol = "LDAPS", port = 636, use_trust_store = true',
    console: 'Security > LDAP > (server) > Connection > LDAP server address: ldaps',
    instead:
      'For SAML: Security > SAML > Validate Response Signature and Validate Assertion Signature.',
    risk: 'Nobody can sign in through the directory while the server does not trust its certificate.',
    undo: 'PUT the server back that GET of the same address showed before.',
    references: [
      'https://help.sonatype.com/en/ldap.html',
      'https://help.sonatype.com/en/saml.html',
    ],
  },
  'project-creation-limited': narrowRole,
  'push-limited-to-ci': narrowRole,
  'tokens-expire': {
    command: `curl -u <administrator> 'https://<host>/service/rest/v1/security/users?userId=<user>' # set "status":"disabled" in the entry, then: ${put}/security/users/<user>`,
    terraform: 'nexus_security_user: status = "disabled"',
    console: 'Security > Users > (user) > Status; Security > User Token > Expiration',
    instead:
      'Passwords that the server keeps cannot be given an end: let users come from a directory, and machines sign in with user tokens that expire.',
    risk: 'Whatever signs in with the password stops working at once.',
    undo: 'The same command with "status":"active".',
    references: [
      'https://help.sonatype.com/en/users.html',
      'https://help.sonatype.com/en/user-tokens.html',
    ],
  },
} satisfies Record<Failable['access'], Fix>;
