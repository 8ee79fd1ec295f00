import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const upstreams = {
  'upstream-scope-narrow': {
    command: [
      'aws ecr delete-pull-through-cache-rule --ecr-repository-prefix <prefix>',
      'aws ecr create-pull-through-cache-rule --ecr-repository-prefix <prefix> --upstream-registry-url <host> --upstream-repository-prefix <upstream prefix>',
    ].join('\n'),
    terraform:
      'aws_ecr_pull_through_cache_rule: ecr_repository_prefix other than "ROOT", and upstream_repository_prefix',
    console: 'Amazon ECR > Private registry > Features & Settings > Pull through cache > Add rule',
    risk: 'Pulls through the old prefix fail for images that are not in the cache yet.',
    undo: 'Create the rule again, as saved with aws ecr describe-pull-through-cache-rules before the change.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html'],
  },
  'upstreams-approved': {
    command: 'aws ecr delete-pull-through-cache-rule --ecr-repository-prefix <prefix>',
    terraform: 'remove the aws_ecr_pull_through_cache_rule of the upstream',
    console:
      'Amazon ECR > Private registry > Features & Settings > Pull through cache > Delete rule',
    risk: 'Pulls through the prefix fail for images that are not in the cache yet.',
    undo: 'Create the rule again, as saved with aws ecr describe-pull-through-cache-rules before the change.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html'],
  },
} satisfies Record<Failable['upstreams'], Fix>;
