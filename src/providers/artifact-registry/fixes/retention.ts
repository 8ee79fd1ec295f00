import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const retention = {
  'retention-configured': {
    command:
      'gcloud artifacts repositories set-cleanup-policies <repository> --location=<location> --policy=policy.json --no-dry-run # policy.json: [{"name": "old", "action": {"type": "Delete"}, "condition": {"tagState": "untagged", "olderThan": "30d"}}]',
    terraform:
      'google_artifact_registry_repository: cleanup_policies { action = "DELETE" }, cleanup_policy_dry_run = false',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Cleanup policies',
    risk: 'Permanently deletes matching images; an image that is deployed by digest may have no tag. With --dry-run instead of --no-dry-run, deletions are only logged.',
    undo: 'gcloud artifacts repositories delete-cleanup-policies <repository> --location=<location> --policynames=old; deleted images cannot be restored.',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/repositories/cleanup-policy',
    ],
  },
  'retention-spares-production': {
    command:
      'gcloud artifacts repositories set-cleanup-policies <repository> --location=<location> --policy=policy.json --no-dry-run # add to policy.json: {"name": "keep-production", "action": {"type": "Keep"}, "condition": {"tagState": "tagged", "tagPrefixes": ["<production>", "sha256-"]}}',
    terraform:
      'google_artifact_registry_repository: cleanup_policies { action = "KEEP", condition { tag_state = "TAGGED", tag_prefixes = ["<production>", "sha256-"] } }',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Cleanup policies',
    risk: 'Images that the policy keeps are stored and charged until the policy is deleted.',
    undo: 'gcloud artifacts repositories delete-cleanup-policies <repository> --location=<location> --policynames=keep-production',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/repositories/cleanup-policy',
    ],
  },
  'untagged-expire': {
    command:
      'gcloud artifacts repositories set-cleanup-policies <repository> --location=<location> --policy=policy.json --no-dry-run # policy.json: [{"name": "untagged", "action": {"type": "Delete"}, "condition": {"tagState": "untagged", "olderThan": "7d"}}]',
    terraform:
      'google_artifact_registry_repository: cleanup_policies { action = "DELETE", condition { tag_state = "UNTAGGED", older_than = "7d" } }',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Cleanup policies',
    risk: 'Permanently deletes images; an image that is deployed by digest may have no tag. With --dry-run instead of --no-dry-run, deletions are only logged.',
    undo: 'gcloud artifacts repositories delete-cleanup-policies <repository> --location=<location> --policynames=untagged; deleted images cannot be restored.',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/repositories/cleanup-policy',
    ],
  },
} satisfies Record<Failable['retention'], Fix>;
