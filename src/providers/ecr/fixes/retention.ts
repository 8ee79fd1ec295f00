import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const retention = {
  'deletion-recoverable': {
    command: [
      'aws ecr get-repository-policy --repository-name <name> --query policyText --output text > policy.json',
      '# add to Statement in policy.json: {"Sid":"KeepImages","Effect":"Deny","Principal":"*","Action":["ecr:BatchDeleteImage","ecr:DeleteRepository"]}',
      'aws ecr set-repository-policy --repository-name <name> --policy-text file://policy.json',
    ].join('\n'),
    terraform: 'aws_ecr_repository_policy: policy = jsonencode({ Statement = [...] })',
    console:
      'Amazon ECR > Private registry > Repositories > <name> > Permissions > Edit > Add statement',
    instead:
      'Amazon ECR cannot restore a deleted image: deny the deletion, or replicate to a second region, to which deletions are not replicated.',
    risk: 'Retention rules still remove images, but nobody can delete images by hand, not even in an emergency, until the statement is removed.',
    undo: 'Remove the statement KeepImages from the policy.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/set-repository-policy.html',
    ],
  },
  'retention-configured': {
    command:
      'aws ecr put-lifecycle-policy --repository-name <name> --lifecycle-policy-text \'{"rules":[{"rulePriority":1,"description":"untagged images","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":<days>},"action":{"type":"expire"}}]}\' # replaces all rules of the repository',
    terraform: 'aws_ecr_lifecycle_policy: policy = jsonencode({ rules = [...] })',
    console:
      'Amazon ECR > Private registry > Repositories > select the repository > Actions > Lifecycle policies > Create rule',
    risk: 'Replaces all rules of the repository, and deletes images within a day; an image that is deployed by digest may have no tag.',
    undo: 'Restore the rules saved with aws ecr get-lifecycle-policy before the change; deleted images cannot be restored.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html'],
  },
  'retention-spares-production': {
    command:
      'aws ecr put-lifecycle-policy --repository-name <name> --lifecycle-policy-text \'{"rules":[{"rulePriority":1,"description":"production","selection":{"tagStatus":"tagged","tagPatternList":["<production-tags>"],"countType":"imageCountMoreThan","countNumber":9999},"action":{"type":"expire"}},{"rulePriority":2,"description":"signatures","selection":{"tagStatus":"tagged","tagPatternList":["sha256-*"],"countType":"imageCountMoreThan","countNumber":9999},"action":{"type":"expire"}},{"rulePriority":3,"description":"untagged images","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":<days>},"action":{"type":"expire"}}]}\' # replaces all rules of the repository',
    terraform:
      'aws_ecr_lifecycle_policy: selection = { tagStatus = "tagged", tagPatternList = ["<tags production does not use>"], ... }',
    console:
      'Amazon ECR > Private registry > Repositories > select the repository > Actions > Lifecycle policies',
    risk: 'Replaces all rules of the repository: images that only the old rules removed are kept from now on.',
    undo: 'Restore the rules saved with aws ecr get-lifecycle-policy before the change; deleted images cannot be restored.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html',
    ],
  },
  'untagged-expire': {
    command:
      'aws ecr put-lifecycle-policy --repository-name <name> --lifecycle-policy-text \'{"rules":[{"rulePriority":1,"description":"untagged images","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":<days>},"action":{"type":"expire"}}]}\' # replaces all rules of the repository',
    terraform:
      'aws_ecr_lifecycle_policy: selection = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }',
    console:
      'Amazon ECR > Private registry > Repositories > select the repository > Actions > Lifecycle policies > Create rule > Image status: Untagged',
    risk: 'Replaces all rules of the repository, and deletes images within a day; an image that is deployed by digest may have no tag.',
    undo: 'Restore the rules saved with aws ecr get-lifecycle-policy before the change; deleted images cannot be restored.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html',
    ],
  },
} satisfies Record<Failable['retention'], Fix>;
