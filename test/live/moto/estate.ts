import { type Fields, type SdkCall, sdkAt } from '../../support/aws/sdk.ts';
import { createIdentities } from './identities.ts';
import { account, createRepositories, region } from './repositories.ts';

/** Sets up an account in a moto server through the AWS SDK. Rejects when moto refuses any of it. */
export async function buildEstate(endpoint: string): Promise<void> {
  const call = sdkAt(endpoint);
  await call('organizations:CreateOrganization', { FeatureSet: 'ALL' });
  const { Organization } = await call('organizations:DescribeOrganization');
  const { KeyMetadata } = await call('kms:CreateKey');
  await createRegistry(call);
  await createRepositories(call, {
    organization: textIn(Organization, 'Id'),
    key: textIn(KeyMetadata, 'Arn'),
  });
  await createTrail(call, endpoint);
  await createEndpoints(call);
  await createIdentities(call);
}

/** What moto lets a registry be set to. */
async function createRegistry(call: SdkCall): Promise<void> {
  await call('ecr:PutRegistryScanningConfiguration', {
    scanType: 'BASIC',
    rules: [
      { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [wildcard('prod/*')] },
      { scanFrequency: 'MANUAL', repositoryFilters: [wildcard('stage')] },
    ],
  });
  await call('ecr:PutRegistryPolicy', {
    policyText: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'CopiesFromTheOtherAccount',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::210987654321:root' },
          Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
          Resource: `arn:aws:ecr:${region}:${account}:repository/*`,
        },
      ],
    }),
  });
  const destinations = [{ region: 'us-east-1', registryId: account }];
  await call('ecr:PutReplicationConfiguration', {
    replicationConfiguration: { rules: [{ destinations }] },
  });
}

function wildcard(filter: string) {
  return { filter, filterType: 'WILDCARD' };
}

/** A trail that records everything and is on. */
async function createTrail(call: SdkCall, endpoint: string): Promise<void> {
  const bucket = 'example-log-archive';
  const made = await fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
  if (!made.ok) throw new Error(`moto makes no bucket: ${made.status} ${await made.text()}`);
  const trail = { Name: 'everything', S3BucketName: bucket, IsMultiRegionTrail: true };
  await call('cloudtrail:CreateTrail', { ...trail, EnableLogFileValidation: true });
  await call('cloudtrail:StartLogging', { Name: trail.Name });
  await call('cloudtrail:PutEventSelectors', {
    TrailName: trail.Name,
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
  });
}

/** The private way to a registry from one VPC. */
async function createEndpoints(call: SdkCall): Promise<void> {
  const { Vpc } = await call('ec2:CreateVpc', { CidrBlock: '10.0.0.0/16' });
  for (const service of ['api', 'dkr']) {
    await call('ec2:CreateVpcEndpoint', {
      VpcId: textIn(Vpc, 'VpcId'),
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.${region}.ecr.${service}`,
      PrivateDnsEnabled: true,
    });
  }
}

function textIn(answer: unknown, key: string): string {
  const fields: Fields = { ...Object(answer) };
  const value = fields[key];
  if (typeof value !== 'string') throw new Error(`moto answers without ${key}`);
  return value;
}
