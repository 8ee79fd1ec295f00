import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const access = {
  'admins-few': {
    command: 'gcloud projects remove-iam-policy-binding <project> --member=<member> --role=<role>',
    terraform:
      'google_project_iam_member: fewer members with roles/owner, roles/editor or roles/artifactregistry.admin',
    console: 'Google Cloud console > IAM & Admin > IAM > (principal) > Edit principal',
    risk: 'The member immediately loses the role in the whole project.',
    undo: 'gcloud projects add-iam-policy-binding <project> --member=<member> --role=<role>',
    references: ['https://docs.cloud.google.com/iam/docs/granting-changing-revoking-access'],
  },
  'anonymous-catalog-off': {
    command: 'gcloud projects remove-iam-policy-binding <project> --member=allUsers --role=<role>',
    terraform: 'google_project_iam_member: no member "allUsers" or "allAuthenticatedUsers"',
    console: 'Google Cloud console > IAM & Admin > IAM > allUsers > Remove access',
    risk: 'Clients without login lose the role in the whole project.',
    undo: 'gcloud projects add-iam-policy-binding <project> --member=allUsers --role=<role>',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/access-control'],
  },
  'anonymous-pull-off': {
    command:
      'gcloud artifacts repositories remove-iam-policy-binding <repository> --location=<location> --member=allUsers --role=roles/artifactregistry.reader # or, where it is inherited: gcloud projects remove-iam-policy-binding <project> --member=allUsers --role=<role>',
    terraform:
      'google_artifact_registry_repository_iam_member: no member "allUsers" or "allAuthenticatedUsers"',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions > allUsers > Remove access',
    risk: 'Clients without login can no longer pull.',
    undo: 'gcloud artifacts repositories add-iam-policy-binding <repository> --location=<location> --member=allUsers --role=roles/artifactregistry.reader',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/access-control'],
  },
  'anonymous-push-off': {
    command:
      'gcloud artifacts repositories remove-iam-policy-binding <repository> --location=<location> --member=<allUsers or allAuthenticatedUsers> --role=<role>',
    terraform:
      'google_artifact_registry_repository_iam_member: no member "allUsers" or "allAuthenticatedUsers"',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions > (principal) > Remove access',
    risk: 'Principals that are not named can no longer push.',
    undo: 'gcloud artifacts repositories add-iam-policy-binding <repository> --location=<location> with the same member and role.',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/access-control'],
  },
  'broad-tokens-off': {
    command:
      'gcloud iam service-accounts keys delete <key> --iam-account=<account> # or grant the account its role on single repositories in place of the project',
    terraform:
      'google_artifact_registry_repository_iam_member in place of google_project_iam_member; no google_service_account_key',
    console: 'Google Cloud console > IAM & Admin > Service Accounts > (account) > Keys',
    instead: 'let pipelines use workload identity federation, which needs no key',
    risk: 'Clients that use the key stop working immediately.',
    undo: 'A deleted key cannot be restored: first disable it with gcloud iam service-accounts keys disable, which keys enable reverts.',
    references: [
      'https://docs.cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys',
    ],
  },
  'cross-account-limited': {
    command:
      'gcloud artifacts repositories remove-iam-policy-binding <repository> --location=<location> --member=<member> --role=<role>',
    terraform:
      'google_artifact_registry_repository_iam_member: members of the own organisation only',
    console: 'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions',
    risk: 'The member loses its access to the repository immediately.',
    undo: 'gcloud artifacts repositories add-iam-policy-binding <repository> --location=<location> --member=<member> --role=<role>',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/access-control'],
  },
  'delete-limited': {
    command:
      'gcloud artifacts repositories remove-iam-policy-binding <repository> --location=<location> --member=<member> --role=roles/artifactregistry.repoAdmin # and gcloud projects remove-iam-policy-binding for what is inherited',
    terraform:
      'google_artifact_registry_repository_iam_member: role = "roles/artifactregistry.repoAdmin" for few members of the own organisation',
    console: 'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions',
    risk: 'Clean-up jobs and pushes of the member stop working: the role includes both.',
    undo: 'gcloud artifacts repositories add-iam-policy-binding <repository> --location=<location> --member=<member> --role=roles/artifactregistry.repoAdmin',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/access-control'],
  },
  'project-creation-limited': {
    command:
      'gcloud projects remove-iam-policy-binding <project> --member=<allUsers or allAuthenticatedUsers> --role=<role>',
    terraform: 'google_project_iam_member: no member "allUsers" or "allAuthenticatedUsers"',
    console: 'Google Cloud console > IAM & Admin > IAM > (principal) > Remove access',
    risk: 'Accounts that are not named lose the role in the whole project.',
    undo: 'gcloud projects add-iam-policy-binding <project> with the same member and role.',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/access-control'],
  },
  'push-limited-to-ci': {
    command:
      'gcloud artifacts repositories add-iam-policy-binding <repository> --location=<location> --member=principalSet://iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/attribute.repository/<owner>/<name> --role=roles/artifactregistry.writer # then remove-iam-policy-binding for everybody else, on the repository and on the project',
    terraform:
      'google_artifact_registry_repository_iam_member: role = "roles/artifactregistry.writer" for pipelines only; no google_project_iam_member with roles/editor or roles/artifactregistry.writer',
    console: 'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions',
    risk: 'Without the other bindings, nobody can push by hand.',
    undo: 'Add the bindings again with add-iam-policy-binding: save them with get-iam-policy before the change.',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/access-control',
      'https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines',
    ],
  },
  'tokens-expire': {
    command: 'gcloud iam service-accounts keys delete <key> --iam-account=<account>',
    terraform:
      'google_service_account_key: none; google_iam_workload_identity_pool_provider in place of it',
    console: 'Google Cloud console > IAM & Admin > Service Accounts > (account) > Keys',
    instead:
      'Google-managed keys never expire: upload a certificate that does (gcloud iam service-accounts keys upload), limit keys with the policy iam.serviceAccountKeyExpiryHours, or use workload identity federation',
    risk: 'Clients that use the key stop working immediately.',
    undo: 'A deleted key cannot be restored: first disable it with gcloud iam service-accounts keys disable, which keys enable reverts.',
    references: [
      'https://docs.cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys',
    ],
  },
  'tokens-in-use': {
    command:
      'gcloud iam service-accounts keys disable <key> --iam-account=<account> # and, when nothing breaks: gcloud iam service-accounts keys delete',
    console: 'Google Cloud console > IAM & Admin > Service Accounts > (account) > Keys',
    risk: 'Clients that still use the key stop working immediately.',
    undo: 'gcloud iam service-accounts keys enable <key> --iam-account=<account>; a deleted key cannot be restored.',
    references: ['https://docs.cloud.google.com/iam/docs/keys-disable-enable'],
  },
} satisfies Record<Failable['access'], Fix>;
