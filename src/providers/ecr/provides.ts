import { always, type Provides, reads, unsupported } from '../contract.ts';
import type { OperationName } from './operations.ts';

const guide = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const authentication = `${guide}/registry_auth.html`;

const policies = ['GetRepositoryPolicy', 'GetRegistryPolicy', 'GetAccountSetting'] as const;

/** Where every fact of the model comes from in a private ECR registry. */
export const provides = {
  registry: {
    anonymousPush: always({ mode: 'refused' }, authentication),
    anonymousCatalog: always({ mode: 'hidden' }, authentication),
    sharedLogin: always({ mode: 'none' }, authentication),
    signIn: reads('password_enabled, password_last_used, mfa_active', 'GetCredentialReport'),
    selfRegistration: always({ mode: 'off' }, `${guide}/security-iam.html`),
    credentials: reads(
      'access_key_1_active, access_key_2_active',
      'GetCredentialReport',
      'GetAccountAuthorizationDetails',
    ),
    credentialUse: reads(
      'access_key_1_last_used_date, access_key_2_last_used_date',
      'GetCredentialReport',
    ),
    administrators: reads('UserDetailList, RoleDetailList', 'GetAccountAuthorizationDetails'),
    projectCreation: reads('policyText', 'GetRegistryPolicy', 'DescribeOrganization'),
    networkAccess: reads(
      'policyText',
      'GetRegistryPolicy',
      'GetAccountSetting',
      'DescribeOrganization',
    ),
    privateEndpoints: reads('VpcEndpoints', 'DescribeVpcEndpoints'),
    networkBypass: unsupported('ECR has no network rules that anything could bypass'),
    transport: always(
      { mode: 'https-only', minimumVersion: '1.2', certificateEnds: null },
      `${guide}/infrastructure-security.html`,
    ),
    auditLog: reads(
      'EventSelectors',
      'DescribeTrails',
      'GetTrailStatus',
      'GetEventSelectors',
      'ListEventDataStores',
      'GetEventDataStore',
    ),
    auditExport: reads(
      'S3BucketName, CloudWatchLogsLogGroupArn',
      'DescribeTrails',
      'GetTrailStatus',
      'GetEventSelectors',
    ),
    auditRetention: reads(
      'RetentionPeriod',
      'DescribeTrails',
      'GetTrailStatus',
      'GetEventSelectors',
      'ListEventDataStores',
      'GetEventDataStore',
    ),
    upstreams: reads('pullThroughCacheRules', 'DescribePullThroughCacheRules'),
    version: unsupported('ECR is run by AWS: there is no version to choose'),
    newRepositories: reads(
      'repositoryCreationTemplates',
      'DescribeRepositoryCreationTemplates',
      'GetRegistryScanningConfiguration',
      'BatchGetAccountStatus',
      'GetRegistryPolicy',
      'GetAccountSetting',
      'DescribeOrganization',
    ),
    directory: unsupported('people sign in through IAM, which is no directory of the registry'),
    dataExport: unsupported('ECR has no export that would pass its policies'),
    buildTasks: unsupported('ECR runs no builds'),
    edgeRegistries: unsupported('ECR has no registries at other sites'),
    legacyStorage: unsupported('no registry service came before ECR'),
    settingsInForce: reads('value', 'GetRegistryPolicy', 'GetAccountSetting'),
    labels: unsupported('the registry of an account has no tags'),
  },
  repository: {
    publicPull: reads('policyText', ...policies, 'DescribeOrganization'),
    pushers: reads(
      'policyText',
      ...policies,
      'GetAccountAuthorizationDetails',
      'DescribeOrganization',
    ),
    deleters: reads(
      'policyText',
      ...policies,
      'GetAccountAuthorizationDetails',
      'DescribeOrganization',
    ),
    outsideAccess: reads('policyText', ...policies, 'DescribeOrganization'),
    webhooks: unsupported('ECR has no webhooks; its events go to EventBridge'),
    pushScan: reads(
      'scanFrequency',
      'BatchGetRepositoryScanningConfiguration',
      'GetRegistryScanningConfiguration',
      'BatchGetAccountStatus',
    ),
    rescan: reads(
      'scanFrequency',
      'BatchGetRepositoryScanningConfiguration',
      'GetRegistryScanningConfiguration',
      'BatchGetAccountStatus',
      'GetConfiguration',
    ),
    scanGate: unsupported(
      'ECR cannot refuse an image because of its vulnerabilities; the cluster or pipeline must',
    ),
    recentScans: reads('imageScanStatus', 'DescribeImages', 'DescribeImageScanFindings'),
    scanExceptions: unsupported('ECR has no list of vulnerabilities to let through'),
    signing: reads('signingConfiguration', 'GetSigningConfiguration', 'GetSigningProfile'),
    signatureGate: unsupported(
      'ECR cannot refuse unsigned images; the admission control of the cluster must',
    ),
    recentSignatures: reads('subjectManifestDigest', 'DescribeImages'),
    recentAttestations: reads('subjectManifestDigest', 'DescribeImages'),
    recentCandidates: reads(
      'imageManifest',
      'DescribeImages',
      'DescribePullThroughCacheRules',
      'BatchGetImage',
      'GetDownloadUrlForLayer',
      'GetRevocationStatus',
    ),
    tagDigests: reads('imageTags, imageDigest', 'DescribeImages'),
    tagLock: reads('imageTagMutability', 'DescribeRepositories'),
    contentOrigin: reads('ecrRepositoryPrefix', 'DescribePullThroughCacheRules'),
    retention: reads('lifecyclePolicyText', 'GetLifecyclePolicy'),
    garbageCollection: always({ mode: 'none' }, `${guide}/LifecyclePolicies.html`),
    recovery: reads('policyText', ...policies, 'DescribeOrganization'),
    encryption: reads('encryptionConfiguration', 'DescribeRepositories', 'DescribeKey'),
    replication: reads('replicationConfiguration', 'DescribeRegistry'),
    replicationTargets: reads('replicationConfiguration', 'DescribeRegistry'),
    replicaSettings: reads(
      'repositoryCreationTemplates',
      'DescribeRegistry',
      'DescribeRepositoryCreationTemplates',
    ),
    labels: reads('tags', 'ListTagsForResource'),
  },
} as const satisfies Provides<OperationName>;
