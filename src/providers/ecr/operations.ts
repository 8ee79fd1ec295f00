import type { Operation } from '../contract.ts';
import { refused } from './refusals.ts';

/** An operation of an AWS service: what to call, besides what every operation declares. */
export interface AwsOperation extends Operation {
  readonly service: Service;
  readonly command: string;
}

export type Service =
  | 'ecr'
  | 'ecr-public'
  | 'inspector2'
  | 'signer'
  | 'kms'
  | 'cloudtrail'
  | 'ec2'
  | 'iam'
  | 'sts'
  | 'organizations';

type Means = Operation['means'];
const guide = 'https://docs.aws.amazon.com';

function operation(
  service: Service,
  permission: string,
  command: string,
  doc: string,
  means: Means = {},
): AwsOperation {
  return { service, command, permission, doc: `${guide}/${doc}`, means: { ...refused, ...means } };
}

const ecr = (command: string, means: Means = {}) =>
  operation(
    'ecr',
    `ecr:${command}`,
    command,
    `AmazonECR/latest/APIReference/API_${command}.html`,
    means,
  );
const inspector = (command: string) =>
  operation(
    'inspector2',
    `inspector2:${command}`,
    command,
    `inspector/v2/APIReference/API_${command}.html`,
  );
const trail = (command: string) =>
  operation(
    'cloudtrail',
    `cloudtrail:${command}`,
    command,
    `awscloudtrail/latest/APIReference/API_${command}.html`,
  );
const iam = (command: string, means: Means = {}) =>
  operation('iam', `iam:${command}`, command, `IAM/latest/APIReference/API_${command}.html`, means);

/** A read of what hangs on images, which counts as a pull of that, or is about what was read so. */
const withPulls = (one: AwsOperation): AwsOperation => ({ ...one, withPulls: true });

/** A report is made by a call that changes something, so a scan cannot ask for one. */
const noReport = {
  why: 'pending',
  cure: 'have the report made with aws iam generate-credential-report, and scan again within four hours',
} as const;

/** Every call the adapter can make, all of them reads. The client refuses anything else. */
export const operations = {
  DescribeRepositories: ecr('DescribeRepositories'),
  DescribeRegistry: ecr('DescribeRegistry'),
  GetRegistryPolicy: ecr('GetRegistryPolicy', { RegistryPolicyNotFoundException: 'absent' }),
  GetRegistryScanningConfiguration: ecr('GetRegistryScanningConfiguration', {
    FeatureDisabled: 'absent',
  }),
  BatchGetRepositoryScanningConfiguration: ecr('BatchGetRepositoryScanningConfiguration'),
  GetRepositoryPolicy: ecr('GetRepositoryPolicy', {
    RepositoryPolicyNotFoundException: 'absent',
    RepositoryNotFoundException: 'inconclusive',
  }),
  GetLifecyclePolicy: ecr('GetLifecyclePolicy', {
    LifecyclePolicyNotFoundException: 'absent',
    RepositoryNotFoundException: 'inconclusive',
  }),
  ListTagsForResource: ecr('ListTagsForResource', { RepositoryNotFoundException: 'inconclusive' }),
  DescribeImages: ecr('DescribeImages', { RepositoryNotFoundException: 'inconclusive' }),
  DescribeImageScanFindings: ecr('DescribeImageScanFindings', {
    ScanNotFoundException: 'absent',
    ImageNotFoundException: 'inconclusive',
    RepositoryNotFoundException: 'inconclusive',
  }),
  BatchGetImage: withPulls(ecr('BatchGetImage', { RepositoryNotFoundException: 'inconclusive' })),
  GetDownloadUrlForLayer: withPulls(
    ecr('GetDownloadUrlForLayer', {
      LayersNotFoundException: 'inconclusive',
      LayerInaccessibleException: 'inconclusive',
      RepositoryNotFoundException: 'inconclusive',
    }),
  ),
  GetRevocationStatus: withPulls(
    operation(
      'signer',
      'signer:GetRevocationStatus',
      'GetRevocationStatus',
      'signer/latest/api/API_GetRevocationStatus.html',
    ),
  ),
  GetSigningConfiguration: ecr('GetSigningConfiguration', {
    SigningConfigurationNotFoundException: 'absent',
    FeatureDisabled: 'absent',
  }),
  GetAccountSetting: ecr('GetAccountSetting'),
  DescribePullThroughCacheRules: ecr('DescribePullThroughCacheRules'),
  DescribeRepositoryCreationTemplates: ecr('DescribeRepositoryCreationTemplates'),
  BatchGetAccountStatus: inspector('BatchGetAccountStatus'),
  GetConfiguration: inspector('GetConfiguration'),
  GetSigningProfile: operation(
    'signer',
    'signer:GetSigningProfile',
    'GetSigningProfile',
    'signer/latest/api/API_GetSigningProfile.html',
  ),
  DescribeKey: operation(
    'kms',
    'kms:DescribeKey',
    'DescribeKey',
    'kms/latest/APIReference/API_DescribeKey.html',
  ),
  DescribeTrails: trail('DescribeTrails'),
  GetTrailStatus: trail('GetTrailStatus'),
  GetEventSelectors: trail('GetEventSelectors'),
  ListEventDataStores: trail('ListEventDataStores'),
  GetEventDataStore: trail('GetEventDataStore'),
  DescribeVpcEndpoints: operation(
    'ec2',
    'ec2:DescribeVpcEndpoints',
    'DescribeVpcEndpoints',
    'AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html',
  ),
  DescribeRegions: operation(
    'ec2',
    'ec2:DescribeRegions',
    'DescribeRegions',
    'AWSEC2/latest/APIReference/API_DescribeRegions.html',
  ),
  GetAccountAuthorizationDetails: iam('GetAccountAuthorizationDetails'),
  GetCredentialReport: iam('GetCredentialReport', {
    ReportNotPresent: noReport,
    ReportExpired: noReport,
    ReportInProgress: 'pending',
    CredentialReportNotPresentException: noReport,
    CredentialReportExpiredException: noReport,
    CredentialReportNotReadyException: 'pending',
  }),
  GetCallerIdentity: operation(
    'sts',
    '',
    'GetCallerIdentity',
    'STS/latest/APIReference/API_GetCallerIdentity.html',
  ),
  DescribeOrganization: operation(
    'organizations',
    'organizations:DescribeOrganization',
    'DescribeOrganization',
    'organizations/latest/APIReference/API_DescribeOrganization.html',
    {
      AWSOrganizationsNotInUseException: 'absent',
    },
  ),
  ListAccounts: operation(
    'organizations',
    'organizations:ListAccounts',
    'ListAccounts',
    'organizations/latest/APIReference/API_ListAccounts.html',
  ),
  DescribePublicRepositories: operation(
    'ecr-public',
    'ecr-public:DescribeRepositories',
    'DescribeRepositories',
    'AmazonECRPublic/latest/APIReference/API_DescribeRepositories.html',
    {
      UnsupportedCommandException: 'absent',
    },
  ),
} as const satisfies Readonly<Record<string, AwsOperation>>;

export type OperationName = keyof typeof operations;
