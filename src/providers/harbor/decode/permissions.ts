import type { Permission } from './robot.ts';

/**
 * What a permission lets a robot account do to images. `expire`: delete through a retention rule or
 * garbage collection, which leave locked tags alone; `expose`: let others pull, or change where images
 * come from; `administer`: make others administrators of a project; `administer-system`: of the instance.
 */
export type Power =
  | 'push'
  | 'move-tag'
  | 'delete'
  | 'expire'
  | 'administer'
  | 'administer-system'
  | 'expose'
  | 'pull'
  | 'read';

const nothing: readonly Power[] = [];
const read: readonly Power[] = ['read'];
const expire: readonly Power[] = ['expire'];
const expose: readonly Power[] = ['expose'];
const administer: readonly Power[] = ['administer'];

/**
 * Every permission that a robot account can be granted (goharbor/harbor, src/common/rbac/const.go), and
 * what it gives. A name that is not here makes doubtful what its holder can do.
 */
export const powersByPermission: Readonly<
  Record<Permission['level'], Readonly<Record<string, readonly Power[]>>>
> = {
  project: {
    'accessory:list': read,
    'artifact-addition:read': read,
    'artifact-label:create': nothing,
    'artifact-label:delete': nothing,
    // Copies an image with its tag (handler/artifact.go, CopyArtifact).
    'artifact:create': ['push'],
    'artifact:delete': ['delete'],
    'artifact:list': read,
    'artifact:read': read,
    'export-cve:create': read,
    'export-cve:read': read,
    // Unlocks tags for those who can push or delete; it moves none itself.
    'immutable-tag:create': nothing,
    'immutable-tag:delete': nothing,
    'immutable-tag:list': read,
    'immutable-tag:update': nothing,
    'label:create': nothing,
    'label:delete': nothing,
    'label:list': read,
    'label:read': read,
    'label:update': nothing,
    'log:list': read,
    // Adds a project administrator.
    'member:create': administer,
    'member:delete': nothing,
    'member:list': read,
    'member:read': read,
    'member:update': administer,
    // Makes the project public, or switches its gates off.
    'metadata:create': expose,
    'metadata:delete': nothing,
    'metadata:list': read,
    'metadata:read': read,
    'metadata:update': expose,
    'notification-policy:create': read,
    'notification-policy:delete': nothing,
    'notification-policy:list': read,
    'notification-policy:read': read,
    'notification-policy:update': read,
    // Sends images, with a token to pull them, to a registered P2P instance.
    'preheat-policy:create': expose,
    'preheat-policy:delete': nothing,
    'preheat-policy:list': read,
    'preheat-policy:read': read,
    'preheat-policy:update': expose,
    // Refused while the project has images.
    'project:delete': nothing,
    'project:read': read,
    'project:update': expose,
    'quota:read': read,
    'repository:delete': ['delete'],
    'repository:list': read,
    'repository:pull': ['pull'],
    'repository:push': ['push', 'pull'],
    'repository:read': read,
    'repository:update': nothing,
    // A robot account makes only robot accounts with no more than its own permissions.
    'robot:create': nothing,
    'robot:delete': nothing,
    'robot:list': read,
    'robot:read': read,
    'sbom:create': nothing,
    'sbom:read': read,
    'sbom:stop': nothing,
    'scan:create': nothing,
    'scan:read': read,
    'scan:stop': nothing,
    'scanner:create': nothing,
    'scanner:read': read,
    // A policy that keeps nothing deletes everything, at once when it is run.
    'tag-retention:create': expire,
    'tag-retention:delete': nothing,
    'tag-retention:list': read,
    'tag-retention:read': read,
    'tag-retention:update': expire,
    'tag:create': ['move-tag'],
    'tag:delete': ['delete'],
    'tag:list': read,
    // ChartMuseum, which releases from 2.8 on do not have.
    'helm-chart:read': read,
    'helm-chart-version:create': nothing,
    'helm-chart-version:delete': nothing,
  },
  system: {
    'audit-log:list': read,
    'catalog:read': read,
    // With "delete untagged artifacts".
    'garbage-collection:create': expire,
    'garbage-collection:list': read,
    'garbage-collection:read': read,
    'garbage-collection:stop': nothing,
    'garbage-collection:update': expire,
    'jobservice-monitor:list': read,
    'jobservice-monitor:stop': nothing,
    'label:create': nothing,
    'label:delete': nothing,
    'label:read': read,
    'label:update': nothing,
    'ldap-user:create': nothing,
    'ldap-user:list': read,
    'preheat-instance:create': nothing,
    'preheat-instance:delete': nothing,
    'preheat-instance:list': read,
    'preheat-instance:read': read,
    // Changes where preheat policies send images.
    'preheat-instance:update': expose,
    'project:create': nothing,
    'project:list': read,
    'purge-audit:create': nothing,
    'purge-audit:list': read,
    'purge-audit:read': read,
    'purge-audit:stop': nothing,
    'purge-audit:update': nothing,
    'quota:list': read,
    'quota:read': read,
    'quota:update': nothing,
    'registry:create': nothing,
    'registry:delete': nothing,
    'registry:list': read,
    'registry:read': read,
    // Changes where caches and replication policies get images from and send them to.
    'registry:update': ['push', 'expose'],
    'replication-adapter:list': read,
    // A policy brings images into any project, or sends them to another registry.
    'replication-policy:create': ['push', 'expose'],
    'replication-policy:delete': nothing,
    'replication-policy:list': read,
    'replication-policy:read': read,
    'replication-policy:update': ['push', 'expose'],
    'replication:create': nothing,
    'replication:list': read,
    'replication:read': read,
    'robot:create': nothing,
    'robot:delete': nothing,
    'robot:list': read,
    'robot:read': read,
    'scan-all:create': nothing,
    'scan-all:read': read,
    'scan-all:stop': nothing,
    'scan-all:update': nothing,
    // A scanner is given a robot account that pulls whatever is scanned.
    'scanner:create': expose,
    'scanner:delete': nothing,
    'scanner:list': read,
    'scanner:read': read,
    'scanner:update': expose,
    'security-hub:list': read,
    'security-hub:read': read,
    'system-volumes:read': read,
    'user-group:create': nothing,
    'user-group:delete': nothing,
    'user-group:list': read,
    'user-group:read': read,
    // Groups are matched by name: a new name gives the roles of one group to the members of another.
    'user-group:update': ['push', 'delete'],
    'user:create': nothing,
    'user:delete': nothing,
    'user:list': read,
    'user:read': read,
    // Sets the password of an administrator, or makes one (handler/user.go).
    'user:update': ['administer-system'],
  },
};
