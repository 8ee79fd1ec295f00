import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const platform = {
  'defaults-hardened': {
    command: [
      'aws ecr put-registry-scanning-configuration --scan-type <BASIC or ENHANCED> --rules \'[{"scanFrequency":"SCAN_ON_PUSH","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]\' # replaces all scanning rules of the registry',
      'aws ecr create-repository-creation-template --prefix ROOT --applied-for REPLICATION CREATE_ON_PUSH --image-tag-mutability IMMUTABLE',
    ].join('\n'),
    terraform:
      'aws_ecr_registry_scanning_configuration: rule { scan_frequency = "SCAN_ON_PUSH", repository_filter { filter = "*", filter_type = "WILDCARD" } }; aws_ecr_repository_creation_template: prefix = "ROOT", image_tag_mutability = "IMMUTABLE"',
    console:
      'Amazon ECR > Private registry > Features & Settings > Scanning, and > Repository creation templates',
    risk: 'Replaces all scanning rules of the registry; BASIC where ENHANCED is set disables Amazon Inspector for it; pipelines that move tags fail in new repositories.',
    undo: 'Restore the settings saved with aws ecr get-registry-scanning-configuration before the change, and run aws ecr delete-repository-creation-template --prefix ROOT.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html',
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html',
    ],
  },
  'settings-enforced': {
    command: 'aws ecr put-account-setting --name REGISTRY_POLICY_SCOPE --value V2',
    terraform: 'aws_ecr_account_setting: name = "REGISTRY_POLICY_SCOPE", value = "V2"',
    console: 'Amazon ECR > Private registry > Features & Settings > Permissions > Enable',
    risk: 'The registry policy then applies to every action, so an overlooked statement can deny pulls and pushes.',
    undo: 'The same command with --value V1.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-account-settings.html',
    ],
  },
} satisfies Record<Failable['platform'], Fix>;
