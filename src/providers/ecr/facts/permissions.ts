/** What an action lets somebody do to the images and settings of a registry. */
export type Effect =
  | 'pull'
  /** Brings in images, or moves a tag to another image. */
  | 'push'
  /** Brings in images of an upstream that a pull-through cache rule names. */
  | 'import'
  /** Stores layers, of which `PutImage` alone makes an image. */
  | 'upload'
  /** Removes images, or makes them impossible to pull. */
  | 'delete'
  | 'create'
  /** Changes settings, or who may do what. */
  | 'administer'
  /** Reads settings, tags, policies or scan results. */
  | 'read'
  | 'nothing';

/**
 * Every permission of the service, and what it is good for (Service Authorization Reference, Amazon ECR).
 * `GetAuthorizationToken` gives a token that can do no more than its owner. `ReplicateImage` is how another
 * account pushes: it bypasses `PutImage`. A lifecycle policy deletes what its author wants deleted, and an
 * archived image cannot be pulled.
 */
export const ecrPermissions: Readonly<Record<string, readonly Effect[]>> = {
  'ecr:BatchCheckLayerAvailability': ['read'],
  'ecr:BatchDeleteImage': ['delete'],
  'ecr:BatchGetImage': ['pull'],
  'ecr:BatchGetRepositoryScanningConfiguration': ['read'],
  'ecr:BatchImportUpstreamImage': ['import'],
  'ecr:CompleteLayerUpload': ['upload'],
  'ecr:CreatePullThroughCacheRule': ['administer'],
  'ecr:CreateRepository': ['create'],
  'ecr:CreateRepositoryCreationTemplate': ['administer'],
  'ecr:DeleteLifecyclePolicy': ['administer'],
  'ecr:DeletePullThroughCacheRule': ['administer'],
  'ecr:DeleteRegistryPolicy': ['administer'],
  'ecr:DeleteRepository': ['delete'],
  'ecr:DeleteRepositoryCreationTemplate': ['administer'],
  'ecr:DeleteRepositoryPolicy': ['administer'],
  'ecr:DeleteSigningConfiguration': ['administer'],
  'ecr:DeregisterPullTimeUpdateExclusion': ['administer'],
  'ecr:DescribeImageReplicationStatus': ['read'],
  'ecr:DescribeImageScanFindings': ['read'],
  'ecr:DescribeImageSigningStatus': ['read'],
  'ecr:DescribeImages': ['read'],
  'ecr:DescribePullThroughCacheRules': ['read'],
  'ecr:DescribeRegistry': ['read'],
  'ecr:DescribeReplicationBackfillResults': ['read'],
  'ecr:DescribeRepositories': ['read'],
  'ecr:DescribeRepositoryCreationTemplates': ['read'],
  'ecr:GetAccountSetting': ['read'],
  'ecr:GetAuthorizationToken': ['nothing'],
  'ecr:GetDownloadUrlForLayer': ['pull'],
  'ecr:GetImageCopyStatus': ['read'],
  'ecr:GetLifecyclePolicy': ['read'],
  'ecr:GetLifecyclePolicyPreview': ['read'],
  'ecr:GetRegistryPolicy': ['read'],
  'ecr:GetRegistryScanningConfiguration': ['read'],
  'ecr:GetRepositoryPolicy': ['read'],
  'ecr:GetSigningConfiguration': ['read'],
  'ecr:InitiateLayerUpload': ['upload'],
  'ecr:ListImageReferrers': ['read'],
  'ecr:ListImages': ['read'],
  'ecr:ListPullTimeUpdateExclusions': ['read'],
  'ecr:ListReplicationBackfills': ['read'],
  'ecr:ListTagsForResource': ['read'],
  'ecr:PutAccountSetting': ['administer'],
  'ecr:PutImage': ['push'],
  'ecr:PutImageScanningConfiguration': ['administer'],
  'ecr:PutImageTagMutability': ['administer'],
  'ecr:PutLifecyclePolicy': ['administer', 'delete'],
  'ecr:PutRegistryPolicy': ['administer'],
  'ecr:PutRegistryScanningConfiguration': ['administer'],
  'ecr:PutReplicationConfiguration': ['administer'],
  'ecr:PutSigningConfiguration': ['administer'],
  'ecr:RegisterPullTimeUpdateExclusion': ['administer'],
  'ecr:ReplicateImage': ['push'],
  'ecr:SetRepositoryPolicy': ['administer'],
  'ecr:StartImageScan': ['administer'],
  'ecr:StartLifecyclePolicyPreview': ['read'],
  'ecr:StartReplicationBackfill': ['administer'],
  'ecr:StopReplicationBackfill': ['administer'],
  'ecr:TagResource': ['administer'],
  'ecr:UntagResource': ['administer'],
  'ecr:UpdateImageStorageClass': ['delete'],
  'ecr:UpdatePullThroughCacheRule': ['administer'],
  'ecr:UpdateRepositoryCreationTemplate': ['administer'],
  'ecr:UploadLayerPart': ['upload'],
  'ecr:ValidatePullThroughCacheRule': ['read'],
};

/** The actions that have any of these effects. */
export function actionsWith(...effects: readonly Effect[]): readonly string[] {
  return Object.entries(ecrPermissions).flatMap(([action, has]) =>
    has.some((effect) => effects.includes(effect)) ? [action] : [],
  );
}
