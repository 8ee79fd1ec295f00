import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const access = {
  'admin-user-off': {
    command: 'az acr update --name <registry> --admin-enabled false',
    terraform: 'azurerm_container_registry: admin_enabled = false',
    console: 'Container registries > <registry> > Settings > Access keys > Admin user: off',
    risk: 'Whatever signs in with the admin user can no longer pull or push.',
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
    risk: 'Whoever loses the role loses it at once, for everything in its scope.',
    undo: 'az role assignment create --assignee <principal> --role <role> --scope <scope>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-rbac-built-in-roles-overview',
    ],
  },
  'anonymous-catalog-off': {
    command: 'az acr update --name <registry> --anonymous-pull-enabled false',
    terraform: 'azurerm_container_registry: anonymous_pull_enabled = false',
    risk: 'Clients that pull without a login stop working.',
    undo: 'az acr update --name <registry> --anonymous-pull-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/anonymous-pull-access',
    ],
  },
  'anonymous-pull-off': {
    command: 'az acr update --name <registry> --anonymous-pull-enabled false',
    terraform: 'azurerm_container_registry: anonymous_pull_enabled = false',
    instead:
      'anonymous pull opens every repository of a registry: keep what is public in a registry of its own',
    risk: 'Clients that pull without a login stop working.',
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
    risk: 'What uses the token elsewhere, or the admin user, is refused.',
    undo: 'az acr token update --registry <registry> --name <token> --scope-map <former scope map>',
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
      'what a build needs besides belongs in a key vault that the identity of the task may read; arguments that are not marked as secret are shown to every reader',
    risk: 'A task whose identity may not pull from the other registry, or read the key vault, fails at its next run.',
    undo: 'az acr task credential update with the former user name and password.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-tasks-authentication-managed-identity',
    ],
  },
  'central-identity-on': {
    command: 'az acr update --name <registry> --admin-enabled false',
    terraform: 'azurerm_container_registry: admin_enabled = false',
    console: 'Container registries > <registry> > Settings > Access keys > Admin user: off',
    risk: 'Whatever signs in with the admin user can no longer pull or push.',
    undo: 'az acr update --name <registry> --admin-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication',
    ],
  },
  'cross-account-limited': {
    command: 'az role assignment delete --assignee <principal> --role <role> --scope <scope>',
    terraform: 'azurerm_role_assignment: remove those of foreign principals',
    console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    risk: 'The principal loses its access at once.',
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
      'az role assignment delete --assignee <person> --role AcrPush --scope <registry id>',
    ].join('\n'),
    terraform: 'azurerm_role_assignment: role_definition_name = "AcrPush" for pipelines alone',
    console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    instead:
      'Owner and Contributor can push by their rights over the registry: give people roles that read, and the others for a time (Privileged Identity Management)',
    risk: 'Whoever pushes by hand can no longer do so.',
    undo: 'az role assignment create --assignee <person> --role AcrPush --scope <registry id>',
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
      'the passwords of the admin user cannot end: az acr update --name <registry> --admin-enabled false',
    risk: 'The former password stops working at once: hand out the new one first, as password2.',
    undo: 'A former password cannot be brought back.',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-token-based-repository-permissions',
    ],
  },
} satisfies Record<Failable['access'], Fix>;
