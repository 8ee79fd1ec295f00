import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const access = {
  'admin-user-off': {
    command: 'az acr update --name <registry> --admin-enabled false',
    terraform: 'azurerm_container_registry: admin_enabled = false',
    console: 'Container registries > <registry> > Settings > Access keys > Admin user: off',
    risk: 'Clients that use the admin user can no longer pull or push.',
    undo: 'az acr update --name <registry> --admin-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication',
    ],
  },
  'admins-few': {
    command: 'az role assignment delete --assignee <principal> --role <role> --scope <scope>',
    terraform:
      'azurerm_role_assignment: remove those with role_definition_name Owner or Contributor that are not needed',
    console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    risk: 'The principal loses the role immediately, for the whole scope.',
    undo: 'az role assignment create --assignee <principal> --role <role> --scope <scope>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-rbac-built-in-roles-overview',
    ],
  },
  'anonymous-catalog-off': {
    command: 'az acr update --name <registry> --anonymous-pull-enabled false',
    terraform: 'azurerm_container_registry: anonymous_pull_enabled = false',
    risk: 'Clients without login can no longer pull.',
    undo: 'az acr update --name <registry> --anonymous-pull-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/anonymous-pull-access',
    ],
  },
  'anonymous-pull-off': {
    command: 'az acr update --name <registry> --anonymous-pull-enabled false',
    terraform: 'azurerm_container_registry: anonymous_pull_enabled = false',
    instead:
      'anonymous pull applies to every repository of a registry: keep public images in a separate registry',
    risk: 'Clients without login can no longer pull.',
    undo: 'az acr update --name <registry> --anonymous-pull-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/anonymous-pull-access',
    ],
  },
  'broad-tokens-off': {
    command: [
      'az acr token update --registry <registry> --name <token> --scope-map <scope map of the repositories it needs>',
      'az acr update --name <registry> --admin-enabled false',
    ].join('\n'),
    terraform:
      'azurerm_container_registry_scope_map: actions of named repositories, without repositories/*',
    console: 'Container registries > <registry> > Repository permissions > Tokens',
    risk: 'Clients that use the token for other repositories, or the admin user, are denied.',
    undo: 'az acr token update --registry <registry> --name <token> --scope-map <previous scope map>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-token-based-repository-permissions',
    ],
  },
  'build-credentials-safe': {
    command:
      'az acr task credential update --registry <registry> --name <task> --login-server <host> --use-identity [system]',
    terraform:
      'azurerm_container_registry_task: identity block, registry_credential { custom { identity = ... } }',
    instead:
      'store further secrets in a key vault that the identity of the task can read; arguments that are not marked as secret are visible to every reader',
    risk: 'A task whose identity cannot pull from the other registry or read the key vault fails at its next run.',
    undo: 'az acr task credential update with the previous user name and password.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-tasks-authentication-managed-identity',
    ],
  },
  'central-identity-on': {
    command: 'az acr update --name <registry> --admin-enabled false',
    terraform: 'azurerm_container_registry: admin_enabled = false',
    console: 'Container registries > <registry> > Settings > Access keys > Admin user: off',
    risk: 'Clients that use the admin user can no longer pull or push.',
    undo: 'az acr update --name <registry> --admin-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication',
    ],
  },
  'cross-account-limited': {
    command: 'az role assignment delete --assignee <principal> --role <role> --scope <scope>',
    terraform: 'azurerm_role_assignment: remove those of foreign principals',
    console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    risk: 'The principal loses its access immediately.',
    undo: 'az role assignment create --assignee <principal> --role <role> --scope <scope>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-rbac-built-in-roles-overview',
    ],
  },
  'delete-limited': {
    command:
      'az role assignment delete --assignee <principal> --role AcrDelete --scope <registry id>',
    terraform:
      'azurerm_role_assignment: role_definition_name = "AcrDelete" for named principals alone',
    console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    risk: 'Clean-up jobs of the principal stop working.',
    undo: 'az role assignment create --assignee <principal> --role AcrDelete --scope <registry id>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-rbac-built-in-roles-directory-reference',
    ],
  },
  'push-limited-to-ci': {
    command: [
      'az role assignment create --assignee-object-id <pipeline> --assignee-principal-type ServicePrincipal --role AcrPush --scope <registry id>',
      'az role assignment delete --assignee <user> --role AcrPush --scope <registry id>',
    ].join('\n'),
    terraform: 'azurerm_role_assignment: role_definition_name = "AcrPush" for pipelines alone',
    console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    instead:
      'Owner and Contributor include push: give users read roles, and other roles only temporarily (Privileged Identity Management)',
    risk: 'Users can no longer push by hand.',
    undo: 'az role assignment create --assignee <user> --role AcrPush --scope <registry id>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-rbac-built-in-roles-directory-reference',
    ],
  },
  'tokens-expire': {
    command:
      'az acr token credential generate --registry <registry> --name <token> --password1 --expiration-in-days 90',
    terraform: 'azurerm_container_registry_token_password: password1 { expiry = ... }',
    console:
      'Container registries > <registry> > Repository permissions > Tokens > <token> > Generate password',
    instead:
      'the passwords of the admin user cannot expire: az acr update --name <registry> --admin-enabled false',
    risk: 'The previous password stops working immediately: distribute the new one first, as password2.',
    undo: 'A previous password cannot be restored.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-token-based-repository-permissions',
    ],
  },
} satisfies Record<Failable['access'], Fix>;
