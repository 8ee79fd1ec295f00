import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedEstate, serveEstate } from '../../src/demo/aws/serve-estate.ts';
import { digestOf } from '../../src/demo/aws/services/ecr-images.ts';
import { scenario } from '../support/aws/scenario.ts';
import { type SdkCall, sdkAt } from '../support/aws/sdk.ts';

const repositoryName = 'shop/checkout';
const imageId = { imageDigest: digestOf('checkout 2.8.1') };
const trail = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/organization';
const key = 'arn:aws:kms:eu-west-1:123456789012:key/retired';

describe('the AWS SDK reads the demo estate', () => {
  let served: ServedEstate;
  let call: SdkCall;
  beforeAll(async () => {
    served = await serveEstate(await scenario('demo'));
    call = sdkAt(served.endpoint);
  });
  afterAll(() => served.close());

  it.each([
    ['sts:GetCallerIdentity', {}, { Account: '123456789012' }],
    ['organizations:DescribeOrganization', {}, { Organization: { Id: 'o-a1b2c3d4e5' } }],
    [
      'ecr:DescribeRepositories',
      { repositoryNames: [repositoryName] },
      {
        repositories: [
          {
            repositoryArn: 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/checkout',
            createdAt: new Date('2025-01-15T09:00:00Z'),
            imageTagMutability: 'IMMUTABLE',
          },
        ],
      },
    ],
    ['ecr:DescribeRegistry', {}, { replicationConfiguration: { rules: [{}] } }],
    ['ecr:GetRepositoryPolicy', { repositoryName }, { repositoryName }],
    ['ecr:GetLifecyclePolicy', { repositoryName }, { repositoryName }],
    [
      'ecr:GetRegistryScanningConfiguration',
      {},
      { scanningConfiguration: { scanType: 'ENHANCED' } },
    ],
    [
      'ecr:BatchGetRepositoryScanningConfiguration',
      { repositoryNames: [repositoryName, 'data/etl', 'partner/feed', 'no/such'] },
      {
        scanningConfigurations: [
          { scanFrequency: 'CONTINUOUS_SCAN', scanOnPush: true },
          { scanFrequency: 'SCAN_ON_PUSH', scanOnPush: true },
          { scanFrequency: 'MANUAL', scanOnPush: false, appliedScanFilters: [] },
        ],
        failures: [{ repositoryName: 'no/such', failureCode: 'REPOSITORY_NOT_FOUND' }],
      },
    ],
    ['ecr:GetSigningConfiguration', {}, { signingConfiguration: { rules: [{}, {}] } }],
    ['ecr:GetAccountSetting', { name: 'REGISTRY_POLICY_SCOPE' }, { value: 'V2' }],
    ['ecr:DescribePullThroughCacheRules', {}, { pullThroughCacheRules: [{}] }],
    ['ecr:DescribeRepositoryCreationTemplates', {}, { repositoryCreationTemplates: [{}] }],
    ['ecr:DescribeImages', { repositoryName }, { imageDetails: [imageId, {}, {}, {}, {}, {}] }],
    [
      'ecr:DescribeImageScanFindings',
      { repositoryName, imageId },
      {
        imageScanStatus: { status: 'ACTIVE' },
        imageScanFindings: { findingSeverityCounts: { MEDIUM: 2 } },
      },
    ],
    ['ecr:DescribeImageSigningStatus', { repositoryName, imageId }, { signingStatuses: [] }],
    [
      'inspector2:BatchGetAccountStatus',
      { accountIds: ['123456789012'] },
      { accounts: [{ resourceState: { ecr: { status: 'ENABLED' } } }] },
    ],
    [
      'inspector2:GetConfiguration',
      {},
      { ecrConfiguration: { rescanDurationState: { rescanDuration: 'DAYS_90' } } },
    ],
    ['inspector2:ListCoverage', {}, { coveredResources: expect.any(Array) }],
    [
      'inspector2:ListFindingAggregations',
      { aggregationType: 'AWS_ECR_CONTAINER' },
      { responses: expect.any(Array) },
    ],
    ['signer:GetSigningProfile', { profileName: 'platform_images' }, { status: 'Canceled' }],
    [
      'kms:DescribeKey',
      { KeyId: key },
      { KeyMetadata: { Arn: key, KeyState: 'Disabled', Enabled: false } },
    ],
    ['cloudtrail:DescribeTrails', {}, { trailList: [{ TrailARN: trail }] }],
    ['cloudtrail:GetTrailStatus', { Name: trail }, { IsLogging: true }],
    [
      'cloudtrail:GetEventSelectors',
      { TrailName: trail },
      { EventSelectors: [{ ReadWriteType: 'WriteOnly' }] },
    ],
    ['cloudtrail:ListEventDataStores', {}, { EventDataStores: [] }],
    [
      'ec2:DescribeRegions',
      {},
      { Regions: [{ RegionName: 'eu-west-1' }, { RegionName: 'us-east-1' }] },
    ],
    [
      'ec2:DescribeVpcEndpoints',
      { Filters: [{ Name: 'service-name', Values: ['com.amazonaws.eu-west-1.ecr.dkr'] }] },
      { VpcEndpoints: [{ VpcEndpointId: 'vpce-0a1dkr', PrivateDnsEnabled: true }] },
    ],
    [
      'iam:GetAccountAuthorizationDetails',
      { Filter: ['User', 'AWSManagedPolicy'] },
      {
        UserDetailList: [{ UserName: 'deploy-bot' }, { GroupList: ['operators'] }],
        RoleDetailList: [],
        Policies: [{ PolicyVersionList: [{ IsDefaultVersion: true }] }, {}],
        IsTruncated: false,
      },
    ],
    ['iam:GetCredentialReport', {}, { Content: expect.any(Uint8Array) }],
    [
      'ecr-public:DescribeRepositories',
      {},
      { repositories: [{ repositoryName: 'command-line-tool' }] },
    ],
  ])('%s %j', async (operation, input, answer) => {
    expect(await call(operation, input)).toMatchObject(answer);
    expect(served.calls.get(operation)).toBeGreaterThan(0);
  });

  it.each([
    ['ecr:GetLifecyclePolicy', { repositoryName: 'shop/web' }, 'LifecyclePolicyNotFoundException'],
    ['ecr:GetLifecyclePolicy', { repositoryName: 'no/such' }, 'RepositoryNotFoundException'],
    [
      'ecr:GetRepositoryPolicy',
      { repositoryName: 'shop/web' },
      'RepositoryPolicyNotFoundException',
    ],
    ['ecr:GetRepositoryPolicy', { repositoryName: 'legacy/billing' }, 'AccessDeniedException'],
    ['ecr:GetRegistryPolicy', {}, 'RegistryPolicyNotFoundException'],
    ['ecr:DescribeRepositories', { maxResults: 1001 }, 'InvalidParameterException'],
    ['ecr:DescribeRepositories', { nextToken: 'from-99' }, 'InvalidParameterException'],
    [
      'ecr:DescribeRepositories',
      { repositoryNames: ['shop/web'], maxResults: 5 },
      'InvalidParameterException',
    ],
    [
      'ecr:BatchGetRepositoryScanningConfiguration',
      { repositoryNames: Array.from({ length: 26 }, (_, index) => `r${index}`) },
      'InvalidParameterException',
    ],
    [
      'ecr:DescribeImageScanFindings',
      { repositoryName: 'partner/feed', imageId: { imageDigest: digestOf('feed 44') } },
      'ScanNotFoundException',
    ],
    ['ecr:DescribeImageScanFindings', { repositoryName, imageId: {} }, 'InvalidParameterException'],
    [
      'ecr:DescribeImageScanFindings',
      { repositoryName, imageId: { imageDigest: digestOf('no such') } },
      'ImageNotFoundException',
    ],
    ['ecr:GetAccountSetting', { name: 'NEW' }, 'ValidationException'],
    ['kms:DescribeKey', { KeyId: 'no-such' }, 'NotFoundException'],
    ['signer:GetSigningProfile', { profileName: 'no_such' }, 'ResourceNotFoundException'],
    ['cloudtrail:GetTrailStatus', { Name: 'no-such' }, 'TrailNotFoundException'],
    ['ecr:PutImageTagMutability', { repositoryName }, 'UnknownOperationException'],
  ])('%s %j is refused as %s', async (operation, input, code) => {
    await expect(call(operation, input)).rejects.toMatchObject({ name: code });
  });

  it('refuses a region that the account has not enabled', async () => {
    await expect(call('ecr:DescribeRegistry', {}, 'ap-south-1')).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  it('shows a multi-region trail in other regions, where it must be asked for by its ARN', async () => {
    const elsewhere = await call('cloudtrail:DescribeTrails', {}, 'us-east-1');
    expect(elsewhere).toMatchObject({ trailList: [{ HomeRegion: 'eu-west-1' }] });
    const hidden = { includeShadowTrails: false };
    expect(await call('cloudtrail:DescribeTrails', hidden, 'us-east-1')).toMatchObject({
      trailList: [],
    });
    await expect(
      call('cloudtrail:GetTrailStatus', { Name: 'organization' }, 'us-east-1'),
    ).rejects.toMatchObject({ name: 'TrailNotFoundException' });
  });

  it('answers only what is signed for AWS', async () => {
    const response = await fetch(served.endpoint, { method: 'POST', body: 'Action=ListUsers' });
    expect(response.status).toBe(403);
  });
});

describe('an account without anything', () => {
  let served: ServedEstate;
  beforeAll(async () => {
    served = await serveEstate(await scenario('empty'));
  });
  afterAll(() => served.close());

  it.each([
    ['ecr:DescribeRepositories', { repositories: [] }],
    ['ecr:GetRegistryScanningConfiguration', { scanningConfiguration: { scanType: 'BASIC' } }],
    ['inspector2:BatchGetAccountStatus', { accounts: [{ state: { status: 'DISABLED' } }] }],
    ['cloudtrail:DescribeTrails', { trailList: [] }],
    ['ec2:DescribeVpcEndpoints', { VpcEndpoints: [] }],
    ['ecr-public:DescribeRepositories', { repositories: [] }],
  ])('%s', async (operation, answer) => {
    const call = sdkAt(served.endpoint);
    expect(await call(operation, { accountIds: ['123456789012'] })).toMatchObject(answer);
  });

  it.each([
    ['organizations:DescribeOrganization', 'AWSOrganizationsNotInUseException'],
    ['ecr:GetSigningConfiguration', 'SigningConfigurationNotFoundException'],
  ])('%s is refused as %s', async (operation, code) => {
    await expect(sdkAt(served.endpoint)(operation)).rejects.toMatchObject({ name: code });
  });
});
