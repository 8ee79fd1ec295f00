import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const scanning = {
  'push-scan-on': {
    command:
      'aws ecr put-registry-scanning-configuration --scan-type <BASIC or ENHANCED> --rules \'[{"scanFrequency":"SCAN_ON_PUSH","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]\' # replaces all scanning rules of the registry',
    terraform:
      'aws_ecr_registry_scanning_configuration: rule { scan_frequency = "SCAN_ON_PUSH", repository_filter { filter = "*", filter_type = "WILDCARD" } }',
    console: 'Amazon ECR > Private registry > Features & settings > Scanning',
    risk: 'Replaces all scanning rules of the registry; BASIC where ENHANCED is set disables Amazon Inspector for it.',
    undo: 'Restore the rules saved with aws ecr get-registry-scanning-configuration before the change.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html'],
  },
  'recent-images-clean': {
    command:
      'aws ecr describe-image-scan-findings --repository-name <name> --image-id imageTag=<tag> # then rebuild on a fixed base image and push',
    console: 'Amazon ECR > Private registry > Repositories > <name> > <tag> > Scan results',
    risk: 'A rebuilt image can behave differently: test it like any other change.',
    undo: 'Deploy the previous image by digest.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html'],
  },
  'recent-images-scanned': {
    command: 'aws ecr start-image-scan --repository-name <name> --image-id imageTag=<tag>',
    console: 'Amazon ECR > Private registry > Repositories > <name> > select the image > Scan',
    instead:
      'With enhanced scanning no scan can be started manually: cover the repository with a scanning rule of the registry and push the image again.',
    risk: 'None for the image; the number of scans per image and day is limited.',
    undo: 'Nothing to undo.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html'],
  },
  'rescan-on': {
    command: [
      'aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules \'[{"scanFrequency":"CONTINUOUS_SCAN","repositoryFilters":[{"filter":"<repository filter>","filterType":"WILDCARD"}]}]\'',
      'aws inspector2 update-configuration --ecr-configuration rescanDuration=LIFETIME',
    ].join('\n'),
    terraform:
      'aws_ecr_registry_scanning_configuration: scan_type = "ENHANCED", rule { scan_frequency = "CONTINUOUS_SCAN" }',
    console:
      'Amazon ECR > Private registry > Features & settings > Scanning; Amazon Inspector > General settings > ECR scanning settings',
    risk: 'Replaces all scanning rules of the registry, and Amazon Inspector charges for every image it scans.',
    undo: 'Restore the settings saved with aws ecr get-registry-scanning-configuration and aws inspector2 get-configuration before the change.',
    references: ['https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html'],
  },
} satisfies Record<Failable['scanning'], Fix>;
