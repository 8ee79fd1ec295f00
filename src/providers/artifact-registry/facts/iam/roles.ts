import { Inconclusive } from '../../../facts.ts';
import { detoursOf } from './detours.ts';
import { type Ability, ownPermissions, ownPrefix } from './permissions.ts';

/**
 * In: the permissions of a role. Out: what of them concerns a registry. Throws `Inconclusive` for a
 * permission of Artifact Registry that is newer than this release: it may do anything.
 */
export function abilitiesOf(included: readonly string[]): readonly Ability[] {
  const found = new Set<Ability>();
  for (const permission of included) {
    for (const ability of abilitiesBy(permission)) found.add(ability);
  }
  return [...found];
}

function abilitiesBy(permission: string): readonly Ability[] {
  if (!permission.startsWith(ownPrefix)) return detoursOf(permission);
  const name = permission.slice(ownPrefix.length);
  const ability = Object.hasOwn(ownPermissions, name) ? ownPermissions[name] : undefined;
  if (ability === undefined) {
    throw new Inconclusive(`a role has the permission ${permission.slice(0, 80)}, which is new`);
  }
  return ability === null ? [] : [ability];
}

const reader: readonly Ability[] = ['pull', 'list', 'read'];
const writer: readonly Ability[] = [...reader, 'push', 'move-tag'];
const repoAdmin: readonly Ability[] = [...writer, 'delete'];
const everything: readonly Ability[] = [...repoAdmin, 'administer', 'create'];

/**
 * Predefined roles that are in nearly every policy, so that they need not be asked for (IAM reference,
 * roles of Artifact Registry, basic roles and roles without a permission there). Any other is asked for.
 */
const predefined: Readonly<Record<string, readonly Ability[]>> = {
  'roles/owner': everything,
  'roles/editor': everything,
  'roles/viewer': reader,
  'roles/artifactregistry.admin': everything,
  'roles/artifactregistry.repoAdmin': repoAdmin,
  'roles/artifactregistry.writer': writer,
  'roles/artifactregistry.reader': reader,
  'roles/artifactregistry.createOnPushWriter': [...writer, 'create'],
  'roles/artifactregistry.createOnPushRepoAdmin': [...repoAdmin, 'create'],
  'roles/browser': [],
  'roles/logging.viewer': [],
  'roles/logging.logWriter': [],
  'roles/monitoring.metricWriter': [],
  'roles/monitoring.viewer': [],
  'roles/iam.serviceAccountUser': ['act-as'],
  'roles/iam.serviceAccountTokenCreator': ['impersonate'],
  'roles/iam.serviceAccountKeyAdmin': ['impersonate'],
  'roles/iam.serviceAccountAdmin': ['impersonate'],
  'roles/iam.workloadIdentityUser': ['impersonate'],
  'roles/iam.serviceAccountOpenIdTokenCreator': [],
  'roles/iam.roleAdmin': ['administer'],
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
