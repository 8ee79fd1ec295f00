/*
 * What each permission of an access token lets its holder do with images. A permission that includes
 * another one has the rights of both (docs, access token reference).
 */

/**
 * `edit`: settings that neither move nor delete an image. `administer`: gives rights to teams or people,
 * or opens tags that are locked; whoever may do that may in the end do everything.
 */
export type Right = 'read' | 'push' | 'delete' | 'edit' | 'administer';

/** Scopes of organization access tokens. One that is not here may allow anything. */
export const organizationScopes: Readonly<Record<string, readonly Right[]>> = {
  // The name in older answers.
  'repo-pull': ['read'],
  'scope-image-pull': ['read'],
  'scope-image-push': ['read', 'push'],
  'scope-image-delete': ['read', 'push', 'delete'],
  'scope-repository-read': ['read'],
  'scope-repository-edit': ['read', 'edit'],
  'scope-repository-admin': ['read', 'edit', 'delete'],
  'scope-tag-read': ['read'],
  'scope-tag-admin': ['read', 'delete'],
  'scope-webhook-read': ['read'],
  'scope-webhook-edit': ['read', 'edit'],
  'scope-webhook-admin': ['read', 'edit'],
  'scope-repo-group-read': ['read'],
  'scope-repo-group-edit': ['read', 'administer'],
  'scope-repo-group-admin': ['read', 'administer'],
  'scope-repository-settings-admin': ['edit', 'administer'],
  'scope-member-read': ['read'],
  'scope-member-edit': ['read', 'administer'],
  'scope-invite-read': ['read'],
  'scope-invite-edit': ['read', 'administer'],
  'scope-group-read': ['read'],
  'scope-group-edit': ['read', 'administer'],
  'scope-activity-read': ['read'],
  // Credentials of the log's destination, and of nothing in Docker Hub.
  'scope-siem_credentials-read': ['read'],
  'scope-ram-read': ['read'],
  // Binds Docker Desktop, not the registry.
  'scope-ram-write': ['read', 'edit'],
  'scope-report-read': ['read'],
  'scope-repository-create': ['edit'],
  'scope-repository-list': ['read'],
  'scope-registry-usage-read': ['read'],
  // Products beside Docker Hub.
  'scope-cloud-connect': [],
  'scope-audit_events-read': ['read'],
  'scope-governance-policy-read': ['read'],
  'scope-governance-policy-write': ['read', 'edit'],
};

/** Scopes of personal access tokens; each is for every repository that its owner reaches. */
export const personalScopes: Readonly<Record<string, readonly Right[]>> = {
  'repo:public_read': ['read'],
  'repo:read': ['read'],
  'repo:write': ['read', 'push'],
  'repo:admin': ['read', 'push', 'delete', 'administer'],
};
