/**
 * The decisive actions of what somebody can do to a repository: having any one of them is having the
 * ability (Service Authorization Reference, Amazon ECR). `PutImage` alone can move a tag to layers that
 * are there already.
 */
export const abilities = {
  pull: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  push: ['ecr:PutImage'],
  delete: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
  administer: [
    'ecr:SetRepositoryPolicy',
    'ecr:DeleteRepositoryPolicy',
    'ecr:PutImageTagMutability',
    'ecr:PutLifecyclePolicy',
  ],
} as const;
export type Ability = keyof typeof abilities;

/** What changes the settings of the whole registry. */
export const registryAdministration = 'ecr:PutRegistryPolicy';

/** All a registry policy of scope V1 governs, whatever it says (user guide, registry-permissions). */
export const governedByScopeV1: readonly string[] = [
  'ecr:replicateimage',
  'ecr:batchimportupstreamimage',
  'ecr:createrepository',
];
