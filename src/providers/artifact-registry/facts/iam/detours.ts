import type { Ability } from './permissions.ts';

/**
 * Permissions of other services by which somebody comes to push, delete or administer, and how (IAM,
 * service account impersonation and roles that can change a policy). Permissions that are neither here
 * nor Artifact Registry's own do nothing to a registry.
 *
 * - `impersonate`: gets tokens of a service account, or makes keys or grants that do.
 * - `federate`: makes identities in a workload identity pool.
 * - `act-as` together with `start`: starts something of one's own that runs as a service account.
 * - `build`: starts something that runs as an account that Google provides, without `act-as`.
 */
const detours: Partial<Readonly<Record<Ability, readonly string[]>>> = {
  administer: [
    'resourcemanager.projects.setIamPolicy',
    'resourcemanager.folders.setIamPolicy',
    'resourcemanager.organizations.setIamPolicy',
    'iam.roles.update',
    'iam.roles.undelete',
  ],
  impersonate: [
    'iam.serviceAccounts.getAccessToken',
    'iam.serviceAccounts.implicitDelegation',
    'iam.serviceAccounts.setIamPolicy',
    'iam.serviceAccounts.signBlob',
    'iam.serviceAccounts.signJwt',
    'iam.serviceAccountKeys.create',
  ],
  federate: [
    'iam.workloadIdentityPoolProviders.create',
    'iam.workloadIdentityPoolProviders.update',
    'iam.googleapis.com/workloadIdentityPoolProviders.create',
    'iam.googleapis.com/workloadIdentityPoolProviders.update',
  ],
  'act-as': ['iam.serviceAccounts.actAs'],
  start: [
    'aiplatform.customJobs.create',
    'appengine.versions.create',
    'batch.jobs.create',
    'cloudbuild.builds.create',
    'cloudbuild.builds.update',
    'clouddeploy.releases.create',
    'cloudfunctions.functions.create',
    'cloudfunctions.functions.update',
    'cloudscheduler.jobs.create',
    'cloudscheduler.jobs.update',
    'composer.environments.create',
    'compute.instances.create',
    'compute.instances.setMetadata',
    'compute.instances.setServiceAccount',
    'compute.instanceTemplates.create',
    'compute.projects.setCommonInstanceMetadata',
    'config.deployments.create',
    'container.clusters.create',
    'dataflow.jobs.create',
    'datafusion.instances.create',
    'dataproc.clusters.create',
    'eventarc.triggers.create',
    'notebooks.instances.create',
    'run.jobs.create',
    'run.jobs.update',
    'run.services.create',
    'run.services.update',
    'run.workerpools.create',
    'run.workerpools.update',
    'workflows.workflows.create',
    'workflows.workflows.update',
  ],
  build: [
    'cloudbuild.builds.create',
    'cloudbuild.builds.update',
    'deploymentmanager.deployments.create',
    'deploymentmanager.deployments.update',
  ],
};

const byPermission = new Map<string, readonly Ability[]>();
for (const [ability, permissions] of Object.entries(detours)) {
  for (const permission of permissions) {
    const others = byPermission.get(permission);
    byPermission.set(permission, [...(others === undefined ? [] : others), ability as Ability]);
  }
}

/** What a permission of another service opens; empty: nothing. */
export function detoursOf(permission: string): readonly Ability[] {
  const found = byPermission.get(permission);
  return found === undefined ? [] : found;
}
