import type { Estate, EstateRegion } from '../../../src/demo/aws/estate.ts';
import { digestOf } from '../../../src/demo/aws/services/ecr-images.ts';
import type { Call } from './signed-request.ts';

/** Every call that an estate has something to say to, once for each subject it has. */
export function everyCall(estate: Estate): Call[] {
  const perRegion = Object.entries(estate.regions).flatMap(([region, here]) => {
    const at = (operation: string, input: object = {}): Call => ({
      operation,
      region,
      input: { ...input },
    });
    const ofRepositories = Object.entries(here.repositories ?? {}).flatMap(
      ([repositoryName, { images = [] }]) => [
        ...['GetRepositoryPolicy', 'GetLifecyclePolicy', 'DescribeImages'].map((name) =>
          at(`ecr:${name}`, { repositoryName }),
        ),
        at('ecr:BatchGetRepositoryScanningConfiguration', {
          repositoryNames: [repositoryName, 'no/such'],
        }),
        ...images.flatMap(({ name }) =>
          ['DescribeImageScanFindings', 'DescribeImageSigningStatus'].map((operation) =>
            at(`ecr:${operation}`, { repositoryName, imageId: { imageDigest: digestOf(name) } }),
          ),
        ),
      ],
    );
    return [
      ...registryCalls.map((name) => at(`ecr:${name}`)),
      ...settings.map((name) => at('ecr:GetAccountSetting', { name })),
      ...inspectorCalls.map((name) => at(`inspector2:${name}`)),
      ...Object.keys(here.signingProfiles ?? {}).map((profileName) =>
        at('signer:GetSigningProfile', { profileName }),
      ),
      ...keysOf(here).map((KeyId) => at('kms:DescribeKey', { KeyId })),
      at('cloudtrail:DescribeTrails'),
      ...Object.keys(here.trails ?? {}).flatMap((name) => [
        at('cloudtrail:GetTrailStatus', { Name: name }),
        at('cloudtrail:GetEventSelectors', { TrailName: name }),
      ]),
      at('cloudtrail:ListEventDataStores'),
      ...Object.keys(here.eventDataStores ?? {}).map((name) =>
        at('cloudtrail:GetEventDataStore', {
          EventDataStore: `arn:aws:cloudtrail:${region}:${estate.account}:eventdatastore/${name}`,
        }),
      ),
      at('ec2:DescribeVpcEndpoints'),
      ...ofRepositories,
    ];
  });
  return [...perRegion, ...accountCalls.map((operation) => ({ operation, region: 'us-east-1' }))];
}

function keysOf({ repositories }: EstateRegion): string[] {
  return Object.values(repositories ?? {}).flatMap(({ encryptionConfiguration }) => {
    const key = encryptionConfiguration?.['kmsKey'];
    return typeof key === 'string' ? [key] : [];
  });
}

const accountCalls = [
  'sts:GetCallerIdentity',
  'organizations:DescribeOrganization',
  'iam:GetAccountAuthorizationDetails',
  'iam:GetCredentialReport',
  'ec2:DescribeRegions',
  'ecr-public:DescribeRepositories',
];

const registryCalls = [
  'DescribeRepositories',
  'DescribeRegistry',
  'GetRegistryPolicy',
  'GetRegistryScanningConfiguration',
  'GetSigningConfiguration',
  'DescribePullThroughCacheRules',
  'DescribeRepositoryCreationTemplates',
];
const settings = ['REGISTRY_POLICY_SCOPE', 'BASIC_SCAN_TYPE_VERSION', 'BLOB_MOUNTING'];
const inspectorCalls = [
  'BatchGetAccountStatus',
  'GetConfiguration',
  'ListCoverage',
  'ListFindingAggregations',
];
