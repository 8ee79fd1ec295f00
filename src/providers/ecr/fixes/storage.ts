import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const storage = {
  'encrypted-with-own-key': {
    command:
      'aws ecr create-repository --repository-name <new-name> --encryption-configuration encryptionType=KMS,kmsKey=<key-arn>',
    terraform:
      'aws_ecr_repository: encryption_configuration { encryption_type = "KMS", kms_key = "<key-arn>" }',
    console:
      'Amazon ECR > Private registry > Repositories > Create repository > Encryption configuration: AWS KMS',
    instead:
      'The encryption of an existing repository cannot be changed: create another one and copy the images. Enable a disabled key in AWS KMS.',
    risk: 'Images must be copied and deployments switched to the new repository; if the key is lost, the images are lost.',
    undo: 'Delete the new repository before anything uses it.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html'],
  },
  'replicas-hardened': {
    command:
      'aws ecr create-repository-creation-template --region <region of the copy> --prefix ROOT --applied-for REPLICATION --image-tag-mutability IMMUTABLE --encryption-configuration encryptionType=KMS,kmsKey=<key-arn> --custom-role-arn <role-arn> # for copies made from now on; change those that exist one by one',
    terraform:
      'aws_ecr_repository_creation_template: applied_for = ["REPLICATION"], image_tag_mutability = "IMMUTABLE", encryption_configuration { encryption_type = "KMS", kms_key = "<key-arn>" }',
    console:
      'Amazon ECR (in the region of the replica) > Private registry > Features & settings > Repository creation templates > Create template',
    risk: 'Replication of a moved tag fails at the replica.',
    undo: 'aws ecr delete-repository-creation-template in the region of the replica.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html',
    ],
  },
  'replication-targets-trusted': {
    command:
      'aws ecr put-replication-configuration --replication-configuration \'{"rules":[{"destinations":[{"region":"<other region>","registryId":"<own account>"}]}]}\' # replaces all replication rules of the registry',
    terraform:
      'aws_ecr_replication_configuration: replication_configuration { rule { destination { region = "<other region>", registry_id = "<own account>" } } }',
    console:
      'Amazon ECR > Private registry > Features & settings > Replication > (rule) > Edit or Delete',
    risk: 'Replaces all replication rules of the registry; clients of the removed account get no new images.',
    undo: 'Restore the rules saved with aws ecr describe-registry before the change. Copies remain in the other account.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html'],
  },
  replicated: {
    command:
      'aws ecr put-replication-configuration --replication-configuration \'{"rules":[{"destinations":[{"region":"<other region>","registryId":"<account>"}]}]}\' # replaces all replication rules of the registry; only images pushed from now on are copied',
    terraform:
      'aws_ecr_replication_configuration: replication_configuration { rule { destination { region = "<other region>", registry_id = "<account>" } } }',
    console:
      'Amazon ECR > Private registry > Features & settings > Replication > Add replication rule',
    risk: 'Replaces all replication rules of the registry; replicas cost storage and transfer.',
    undo: 'Restore the rules saved with aws ecr describe-registry before the change; copies remain until they are deleted.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html'],
  },
} satisfies Record<Failable['storage'], Fix>;
