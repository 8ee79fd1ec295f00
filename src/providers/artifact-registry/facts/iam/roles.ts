/** What of Artifact Registry a role lets its members do. */
export type Ability = 'pull' | 'push' | 'delete' | 'administer' | 'create' | 'list';

/** Which permissions give an ability; any of them is enough (IAM reference, Artifact Registry). */
const permissions: Readonly<Record<Ability, readonly string[]>> = {
  pull: ['artifactregistry.repositories.downloadArtifacts'],
  push: ['artifactregistry.repositories.uploadArtifacts'],
  delete: [
    'artifactregistry.repositories.deleteArtifacts',
    'artifactregistry.repositories.delete',
    'artifactregistry.packages.delete',
    'artifactregistry.versions.delete',
    'artifactregistry.tags.delete',
  ],
  administer: [
    'artifactregistry.repositories.update',
    'artifactregistry.repositories.setIamPolicy',
    'resourcemanager.projects.setIamPolicy',
    'resourcemanager.folders.setIamPolicy',
    'resourcemanager.organizations.setIamPolicy',
  ],
  create: ['artifactregistry.repositories.create', 'artifactregistry.repositories.createOnPush'],
  list: ['artifactregistry.repositories.list'],
};

/** In: the permissions of a role. Out: what of them concerns a registry. */
export function abilitiesOf(included: readonly string[]): readonly Ability[] {
  const held = new Set(included);
  return (Object.keys(permissions) as Ability[]).filter((ability) =>
    permissions[ability].some((permission) => held.has(permission)),
  );
}

const everything: readonly Ability[] = ['pull', 'push', 'delete', 'administer', 'create', 'list'];
const write: readonly Ability[] = ['pull', 'push', 'list'];
const repoAdmin: readonly Ability[] = ['pull', 'push', 'delete', 'list'];

/**
 * Predefined roles that are in nearly every policy, so that they need not be asked for (IAM reference,
 * roles of Artifact Registry, basic roles and roles without a permission there). Any other is asked for.
 */
const predefined: Readonly<Record<string, readonly Ability[]>> = {
  'roles/owner': everything,
  'roles/editor': everything,
  'roles/viewer': ['pull', 'list'],
  'roles/artifactregistry.admin': everything,
  'roles/artifactregistry.repoAdmin': repoAdmin,
  'roles/artifactregistry.writer': write,
  'roles/artifactregistry.reader': ['pull', 'list'],
  'roles/artifactregistry.createOnPushWriter': [...write, 'create'],
  'roles/artifactregistry.createOnPushRepoAdmin': [...repoAdmin, 'create'],
  'roles/browser': [],
  'roles/logging.viewer': [],
  'roles/logging.logWriter': [],
  'roles/monitoring.metricWriter': [],
  'roles/monitoring.viewer': [],
  'roles/iam.serviceAccountUser': [],
  'roles/iam.serviceAccountTokenCreator': [],
  'roles/iam.workloadIdentityUser': [],
  'roles/iam.serviceAccountOpenIdTokenCreator': [],
  'roles/bigquery.dataEditor': [],
  'roles/bigquery.dataViewer': [],
  'roles/bigquery.jobUser': [],
  'roles/cloudkms.cryptoKeyEncrypterDecrypter': [],
  'roles/cloudsql.client': [],
  'roles/cloudtrace.agent': [],
  'roles/errorreporting.writer': [],
  'roles/pubsub.publisher': [],
  'roles/pubsub.subscriber': [],
  'roles/run.invoker': [],
  'roles/secretmanager.secretAccessor': [],
  'roles/storage.objectAdmin': [],
  'roles/storage.objectCreator': [],
  'roles/storage.objectViewer': [],
  'roles/resourcemanager.projectIamAdmin': ['administer'],
  'roles/resourcemanager.folderAdmin': ['administer'],
  'roles/resourcemanager.organizationAdmin': ['administer'],
};

/** Null: not known here; `roles.get` tells. */
export function predefinedAbilities(role: string): readonly Ability[] | null {
  return Object.hasOwn(predefined, role) ? (predefined[role] ?? null) : null;
}
