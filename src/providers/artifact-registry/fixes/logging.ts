import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const logging = {
  'audit-log-exported': {
    command:
      'gcloud logging sinks create <sink> storage.googleapis.com/<bucket> --organization=<organization> --include-children --log-filter=\'logName:"cloudaudit.googleapis.com"\' # then grant its writer identity access to the bucket',
    terraform:
      'google_logging_organization_sink: include_children = true, filter = "logName:\\"cloudaudit.googleapis.com\\""',
    console: 'Google Cloud console > Logging > Log router > Create sink',
    risk: 'The destination charges for storage, and receives nothing until the writer identity of the sink can write there.',
    undo: 'gcloud logging sinks delete <sink> --organization=<organization>',
    references: ['https://docs.cloud.google.com/logging/docs/export/aggregated_sinks'],
  },
  'audit-log-kept': {
    command:
      'gcloud logging buckets update _Default --location=global --project=<project> --retention-days=400',
    terraform: 'google_logging_project_bucket_config: retention_days = 400',
    console: 'Google Cloud console > Logging > Log storage > _Default > Edit bucket',
    risk: 'Longer retention costs more, for every log of the bucket.',
    undo: 'The same command with the previous number of days; older entries are then deleted.',
    references: ['https://docs.cloud.google.com/logging/docs/buckets'],
  },
  'audit-log-on': {
    command: [
      'gcloud projects get-iam-policy <project> --format=json > policy.json',
      '# add to policy.json: "auditConfigs": [{"service": "artifactregistry.googleapis.com", "auditLogConfigs": [{"logType": "DATA_WRITE"}]}]',
      'gcloud projects set-iam-policy <project> policy.json',
    ].join('\n'),
    terraform:
      'google_project_iam_audit_config: service = "artifactregistry.googleapis.com", audit_log_config { log_type = "DATA_WRITE" } without exempted_members',
    console: 'Google Cloud console > IAM & Admin > Audit Logs > Artifact Registry API > Data Write',
    risk: 'Data access logs are charged by volume, and the file replaces the whole IAM policy of the project: change nothing else in it.',
    undo: 'Remove the auditConfigs from the policy in the same way.',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/audit-logging',
      'https://docs.cloud.google.com/logging/docs/audit/configure-data-access',
    ],
  },
  'pulls-logged': {
    command: [
      'gcloud projects get-iam-policy <project> --format=json > policy.json',
      '# add to policy.json: "auditConfigs": [{"service": "artifactregistry.googleapis.com", "auditLogConfigs": [{"logType": "DATA_READ"}]}]',
      'gcloud projects set-iam-policy <project> policy.json',
    ].join('\n'),
    terraform:
      'google_project_iam_audit_config: service = "artifactregistry.googleapis.com", audit_log_config { log_type = "DATA_READ" } without exempted_members',
    console: 'Google Cloud console > IAM & Admin > Audit Logs > Artifact Registry API > Data Read',
    risk: 'Data access logs are charged by volume, and the file replaces the whole IAM policy of the project: change nothing else in it.',
    undo: 'Remove the auditConfigs from the policy in the same way.',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/audit-logging',
      'https://docs.cloud.google.com/logging/docs/audit/configure-data-access',
    ],
  },
} satisfies Record<Failable['logging'], Fix>;
