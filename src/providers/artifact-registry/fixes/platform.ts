import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const platform = {
  'defaults-hardened': {
    command: 'gcloud services enable containerscanning.googleapis.com --project=<project>',
    terraform: 'google_project_service: service = "containerscanning.googleapis.com"',
    console: 'Google Cloud console > Artifact Registry > Settings > Vulnerability scanning',
    risk: 'Every repository of the project that does not disable scanning is scanned from then on, and every pushed image is charged.',
    undo: 'gcloud services disable containerscanning.googleapis.com --project=<project>',
    references: ['https://docs.cloud.google.com/artifact-analysis/docs/enable-automatic-scanning'],
  },
  'legacy-storage-private': {
    command:
      'gcloud storage buckets update gs://<bucket> --public-access-prevention --uniform-bucket-level-access # or, when nothing needs it: gcloud storage rm --recursive gs://<bucket>',
    terraform:
      'google_storage_bucket: public_access_prevention = "enforced", uniform_bucket_level_access = true',
    console:
      'Google Cloud console > Cloud Storage > Buckets > (bucket) > Permissions > Prevent public access',
    risk: 'Clients that read the bucket without login lose access.',
    undo: 'gcloud storage buckets update gs://<bucket> --no-public-access-prevention; deleted objects cannot be restored.',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/transition/transition-from-gcr',
    ],
  },
  'settings-enforced': {
    command:
      'gcloud access-context-manager perimeters dry-run enforce <perimeter> --policy=<policy>',
    terraform:
      'google_access_context_manager_service_perimeter: in status what is in spec, use_explicit_dry_run_spec = false',
    console:
      'Google Cloud console > Security > VPC Service Controls > Dry run mode > (perimeter) > Enforce',
    risk: 'Requests that dry-run mode only logged are denied from then on: read the log first.',
    undo: 'gcloud access-context-manager perimeters update with the settings saved with perimeters describe before the change.',
    references: [
      'https://docs.cloud.google.com/vpc-service-controls/docs/manage-dry-run-configurations',
    ],
  },
} satisfies Record<Failable['platform'], Fix>;
