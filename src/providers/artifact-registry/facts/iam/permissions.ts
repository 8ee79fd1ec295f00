/** What of Artifact Registry a principal can do. */
export type Ability =
  | 'pull'
  | 'push'
  /** Makes a tag lead to another image of the repository, without a push. */
  | 'move-tag'
  | 'delete'
  | 'administer'
  | 'create'
  | 'list'
  /** Reads settings, tags or metadata. */
  | 'read'
  /** Becomes a service account or an identity of a pool of the project, see detours.ts. */
  | 'impersonate'
  | 'federate'
  | 'act-as'
  | 'start'
  | 'build';

/** Abilities at other services, by which somebody comes to hold those of a service account or pool. */
export const detourAbilities: readonly Ability[] = [
  'impersonate',
  'federate',
  'act-as',
  'start',
  'build',
];

/**
 * Every permission of Artifact Registry, and what it lets somebody do to container images (IAM
 * reference, permissions of Artifact Registry). Null: nothing that this program judges.
 */
export const ownPermissions: Readonly<Record<string, Ability | null>> = {
  // Packages of other formats.
  'aptartifacts.create': null,
  'gomodules.create': null,
  'googetartifacts.create': null,
  'kfpartifacts.create': null,
  'mavenartifacts.get': null,
  'mavenartifacts.list': null,
  'npmpackages.get': null,
  'npmpackages.list': null,
  'pythonpackages.get': null,
  'pythonpackages.list': null,
  'yumartifacts.create': null,
  // Signatures and attestations are attached without a push of the image.
  'attachments.create': 'push',
  'attachments.delete': 'delete',
  'attachments.get': 'read',
  'attachments.list': 'read',
  'dockerimages.get': 'read',
  'dockerimages.list': 'read',
  'files.delete': 'delete',
  'files.download': 'pull',
  'files.get': 'read',
  'files.list': 'read',
  // Annotations alone.
  'files.update': null,
  'files.upload': 'push',
  'locations.get': null,
  'locations.list': null,
  'packages.delete': 'delete',
  'packages.get': 'read',
  'packages.list': 'read',
  'packages.update': null,
  'projectconfigs.get': 'read',
  'projectconfigs.update': 'administer',
  'projectsettings.get': 'read',
  // Sends pulls and pushes of gcr.io elsewhere.
  'projectsettings.update': 'administer',
  'repositories.create': 'create',
  'repositories.createOnPush': 'create',
  // A condition on a tag counts as met, so whoever binds tags gains nothing that is not counted.
  'repositories.createTagBinding': null,
  'repositories.deleteTagBinding': null,
  'repositories.delete': 'delete',
  'repositories.deleteArtifacts': 'delete',
  'repositories.downloadArtifacts': 'pull',
  // Copies artifacts to a bucket.
  'repositories.exportArtifacts': 'pull',
  'repositories.get': 'read',
  'repositories.getIamPolicy': 'read',
  'repositories.list': 'list',
  'repositories.listEffectiveTags': 'read',
  'repositories.listTagBindings': 'read',
  'repositories.readViaVirtualRepository': 'pull',
  'repositories.setIamPolicy': 'administer',
  'repositories.update': 'administer',
  'repositories.uploadArtifacts': 'push',
  // Rules for downloads.
  'rules.create': 'administer',
  'rules.delete': 'administer',
  'rules.get': 'read',
  'rules.list': 'read',
  'rules.update': 'administer',
  'tags.create': 'move-tag',
  'tags.delete': 'delete',
  'tags.get': 'read',
  'tags.list': 'read',
  'tags.update': 'move-tag',
  'versions.delete': 'delete',
  'versions.get': 'read',
  'versions.list': 'read',
  'versions.update': null,
  'vpcscconfigs.get': 'read',
  // Lets remote repositories fetch past a perimeter.
  'vpcscconfigs.update': 'administer',
};

/** How the service's own permissions begin. */
export const ownPrefix = 'artifactregistry.';
