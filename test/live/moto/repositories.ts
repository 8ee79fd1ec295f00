import { createHash } from 'node:crypto';
import type { Fields, SdkCall } from '../../support/aws/sdk.ts';

/** The account every moto server stands for. */
export const account = '123456789012';
export const region = 'eu-west-1';

/** What AWS makes up when it sets up the account. */
interface Made {
  readonly organization: string;
  readonly key: string;
}

interface Repository {
  readonly imageTagMutability: string;
  readonly exclude?: string;
  readonly ownKey?: true;
  readonly policy?: (made: Made) => readonly object[];
  readonly lifecycle?: object;
  /** Tags, each of an image of its own. */
  readonly images?: readonly string[];
  /** Scans every image, and adds a signature of cosign to it. */
  readonly scannedAndSigned?: true;
}

const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const push = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'];
const pipeline = `arn:aws:iam::${account}:role/ci-github`;

/** What there is to see: each has its own rows in `expected.ts`. */
const repositories: Readonly<Record<string, Repository>> = {
  'prod/checkout': {
    imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    exclude: 'sha256-*',
    ownKey: true,
    policy: () => [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: ['ecr:PutImage', ...push],
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': pipeline } },
      },
      { Effect: 'Deny', Principal: '*', Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'] },
    ],
    lifecycle: {
      tagStatus: 'untagged',
      countType: 'sinceImagePushed',
      countUnit: 'days',
      countNumber: 14,
    },
    images: ['1.0.0'],
    scannedAndSigned: true,
  },
  'prod/shared': {
    imageTagMutability: 'IMMUTABLE',
    policy: ({ organization }) => [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: pull,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } },
      },
    ],
    lifecycle: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 3 },
    images: ['7'],
  },
  'prod/unlocked': {
    imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    exclude: '*',
    policy: () => [{ Effect: 'Allow', Principal: '*', Action: pull }],
    lifecycle: {
      tagStatus: 'tagged',
      tagPrefixList: ['never-used'],
      countType: 'imageCountMoreThan',
      countNumber: 999_999,
    },
  },
  'stage/partner': {
    imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
    exclude: 'v*',
    policy: () => [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: ['ecr:PutImage', ...push],
      },
    ],
  },
  'stage/perimeter': {
    imageTagMutability: 'MUTABLE',
    policy: ({ organization }) => [
      { Effect: 'Allow', Principal: '*', Action: pull },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'ecr:*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': organization } },
      },
    ],
  },
  'stage/plain': { imageTagMutability: 'MUTABLE' },
};

export async function createRepositories(call: SdkCall, made: Made): Promise<void> {
  for (const [repositoryName, repository] of Object.entries(repositories)) {
    const { imageTagMutability, exclude, ownKey, policy, lifecycle } = repository;
    await call('ecr:CreateRepository', {
      repositoryName,
      imageTagMutability,
      ...(exclude === undefined
        ? {}
        : {
            imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: exclude }],
          }),
      ...(ownKey ? { encryptionConfiguration: { encryptionType: 'KMS', kmsKey: made.key } } : {}),
    });
    if (policy !== undefined) {
      const document = { Version: '2012-10-17', Statement: policy(made) };
      await call('ecr:SetRepositoryPolicy', {
        repositoryName,
        policyText: JSON.stringify(document),
      });
    }
    if (lifecycle !== undefined) {
      const rule = { rulePriority: 1, selection: lifecycle, action: { type: 'expire' } };
      await call('ecr:PutLifecyclePolicy', {
        repositoryName,
        lifecyclePolicyText: JSON.stringify({ rules: [rule] }),
      });
    }
    await putImages(call, repositoryName, repository);
  }
}

async function putImages(
  call: SdkCall,
  repositoryName: string,
  { images = [], scannedAndSigned }: Repository,
): Promise<void> {
  for (const tag of images) {
    const imageDigest = await putImage(call, repositoryName, tag);
    if (!scannedAndSigned) continue;
    await call('ecr:StartImageScan', { repositoryName, imageId: { imageDigest } });
    await putImage(call, repositoryName, `${imageDigest.replace(':', '-')}.sig`);
  }
}

/**
 * Puts an image of which there is only the manifest: moto does not ask for its layers, but makes the
 * image's digest of theirs.
 */
async function putImage(call: SdkCall, repositoryName: string, imageTag: string): Promise<string> {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const digest = `sha256:${createHash('sha256').update(imageTag).digest('hex')}`;
  const manifest = {
    schemaVersion: 2,
    mediaType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 2 },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 32 }],
  };
  const { image } = await call('ecr:PutImage', {
    repositoryName,
    imageTag,
    imageManifest: JSON.stringify(manifest),
    imageManifestMediaType: mediaType,
  });
  const imageId: Fields = { ...Object(Object(image).imageId) };
  return String(imageId['imageDigest']);
}
