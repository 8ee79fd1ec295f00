import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const tags = {
  'tags-immutable': {
    command:
      'aws ecr put-image-tag-mutability --repository-name <name> --image-tag-mutability IMMUTABLE # where cosign keeps signatures as tags: IMMUTABLE_WITH_EXCLUSION --image-tag-mutability-exclusion-filters "filterType=WILDCARD,filter=sha256-*"',
    terraform: 'aws_ecr_repository: image_tag_mutability = "IMMUTABLE"',
    console:
      'Amazon ECR > Private registry > Repositories > select the repository > Actions > Edit: Repository > Image tag immutability: Immutable',
    risk: 'A push to an existing tag is rejected, so pipelines that move tags such as latest fail.',
    undo: 'The same command with MUTABLE.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
    ],
  },
} satisfies Record<Failable['tags'], Fix>;
