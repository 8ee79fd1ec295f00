import { checks } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/aws/estate.ts';
import { digestOf } from '../../src/demo/aws/services/ecr-images.ts';
import type { Fault } from '../../src/demo/fault.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/ecr/index.ts';
import { type OperationName, operations } from '../../src/providers/ecr/operations.ts';
import { withSignatures } from '../support/aws/filed.ts';
import { scenario } from '../support/aws/scenario.ts';
import { type FieldTable, lawHolds } from '../support/fault-injection.ts';
import { scanEstate } from '../support/scan-estate.ts';
import { simpleSigned } from '../support/signing/cosign.ts';
import { notationSigned } from '../support/signing/notation.ts';
import { certificate, keyPair } from '../support/signing/pki.ts';
import { spoiled } from '../support/spoiled.ts';

/** New words, and fields that must be there, for each operation whose answer has such. */
const fields: FieldTable<OperationName> = {
  DescribeRepositories: [
    ['repositories[].repositoryName'],
    ['repositories[].repositoryArn'],
    ['repositories[].repositoryArn', 'arn:aws:ecr:eu-west-1:999988887777:repository/shop/web'],
    ['repositories'],
  ],
  DescribeRegistry: [
    ['replicationConfiguration'],
    ['replicationConfiguration.rules[].destinations[].region'],
  ],
  GetRegistryPolicy: [['policyText'], ['policyText', '{"Statement":[{"Effect":"Perhaps"}]}']],
  GetRegistryScanningConfiguration: [
    ['scanningConfiguration'],
    ['scanningConfiguration.scanType'],
    ['scanningConfiguration.scanType', 'PSYCHIC'],
  ],
  BatchGetRepositoryScanningConfiguration: [
    ['scanningConfigurations'],
    ['scanningConfigurations[].scanFrequency'],
    ['scanningConfigurations[].scanFrequency', 'MONTHLY'],
    ['scanningConfigurations[].scanOnPush'],
    ['scanningConfigurations[].repositoryName'],
  ],
  GetRepositoryPolicy: [
    ['policyText'],
    ['policyText', '{bad'],
    [
      'policyText',
      '{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:*","Until":"noon"}}',
    ],
  ],
  GetLifecyclePolicy: [
    ['lifecyclePolicyText'],
    ['lifecyclePolicyText', '{"rules":[{"rulePriority":1}]}'],
  ],
  DescribeImages: [
    ['imageDetails'],
    ['imageDetails[].imageDigest'],
    ['imageDetails[].imagePushedAt'],
  ],
  DescribeImageScanFindings: [
    ['imageScanStatus'],
    ['imageScanStatus.status'],
    ['imageScanStatus.status', 'DREAMING'],
    ['imageScanFindings'],
  ],
  BatchGetImage: [['images'], ['images[].imageManifest'], ['images[].imageManifest', '{}']],
  GetDownloadUrlForLayer: [['downloadUrl'], ['downloadUrl', 'nowhere']],
  GetSigningConfiguration: [
    ['signingConfiguration'],
    ['signingConfiguration.rules[].signingProfileArn'],
  ],
  GetAccountSetting: [['value'], ['value', 'V3']],
  DescribePullThroughCacheRules: [['pullThroughCacheRules']],
  DescribeRepositoryCreationTemplates: [
    ['repositoryCreationTemplates'],
    ['repositoryCreationTemplates[].appliedFor', ['MOONRISE']],
  ],
  BatchGetAccountStatus: [
    ['accounts'],
    ['accounts[].resourceState.ecr.status'],
    ['accounts[].resourceState.ecr.status', 'DOZING'],
  ],
  GetConfiguration: [
    ['ecrConfiguration'],
    ['ecrConfiguration.rescanDurationState.rescanDuration', 'EONS'],
  ],
  GetSigningProfile: [['status'], ['status', 'Tired'], ['platformId']],
  DescribeKey: [
    ['KeyMetadata'],
    ['KeyMetadata.KeyManager'],
    ['KeyMetadata.KeyManager', 'NEIGHBOUR'],
    ['KeyMetadata.KeyState', 'Lost'],
    ['KeyMetadata.Enabled'],
  ],
  DescribeTrails: [['trailList'], ['trailList[].HomeRegion'], ['trailList[].S3BucketName']],
  GetTrailStatus: [['IsLogging']],
  GetEventSelectors: [
    ['EventSelectors'],
    ['EventSelectors[].ReadWriteType', 'Sometimes'],
    ['EventSelectors[].IncludeManagementEvents'],
  ],
  ListEventDataStores: [['EventDataStores']],
  GetEventDataStore: [['Status'], ['Status', 'ASLEEP'], ['RetentionPeriod']],
  DescribeOrganization: [['Organization'], ['Organization.Id']],
};

const wire = (name: OperationName) => `${operations[name].service}:${operations[name].command}`;

/**
 * An account in which most calls matter; and the same without trails, so that event data stores decide,
 * and with a grant to an organisation, so that it matters which one is ours.
 */
async function estates(): Promise<readonly Estate[]> {
  const good = await scenario('all-good');
  const [region = ''] = Object.keys(good.regions);
  const here = good.regions[region];
  const web = here?.repositories?.['shop/web'];
  if (here === undefined || web === undefined) throw new Error('all-good has changed');
  const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
  const toOrganization = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'ecr:BatchGetImage',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  };
  const denial = { Effect: 'Deny', Principal: '*', Action: 'ecr:DeleteRepository' };
  const template = {
    prefix: 'ROOT',
    appliedFor: ['CREATE_ON_PUSH'],
    imageTagMutability: 'IMMUTABLE',
  };
  const registry = { ...here.registry, creationTemplates: [template] };
  const digest = digestOf('web 1.4.2');
  const chain = [certificate({ name: 'C=DE,ST=BE,O=acme,CN=signs' })] as const;
  const signed = withSignatures('web 1.4.2', [
    { ...simpleSigned(digest, keyPair('p256').privateKey), form: 'simple-signing' },
    { ...notationSigned({ digest, chain }), form: 'notation-jws' },
  ]);
  const images = [
    ...(web.images ?? []).filter(({ kind }) => kind !== 'notation-signature'),
    ...(signed.images ?? []).slice(1),
  ];
  const shown = { ...web, images, layers: signed.layers ?? [] };
  const withRegion = (changed: Estate['regions'][string]) => ({
    ...good,
    regions: { ...good.regions, [region]: changed },
  });
  return [
    withRegion({
      ...here,
      registry,
      repositories: { 'shop/web': { ...shown, policy: policy(denial) } },
    }),
    withRegion({
      ...here,
      registry,
      trails: {},
      repositories: { 'shop/web': { ...web, policy: policy(toOrganization) } },
    }),
  ];
}

const scanned = {
  options: { regions: 'all' },
  ...spoiled,
  context: { ...spoiled.context, images: { newest: 3, tags: [], mayPull: true } },
};

/** What of a scan rests on an operation: ECR Public's list says nothing about private registries. */
function concerned(
  name: OperationName,
  findings: readonly FindingWithoutFingerprint[],
  { account }: Estate,
): readonly FindingWithoutFingerprint[] {
  const isPublic = ({ registry }: FindingWithoutFingerprint) => registry.endsWith('/public');
  if (name === 'DescribePublicRepositories') return findings.filter(isPublic);
  if (name === 'DescribeRepositories') {
    return findings.filter(
      (finding) =>
        !isPublic(finding) &&
        checks.find(({ id }) => id === finding.check)?.subject === 'repository',
    );
  }
  // Settings that the second region does not have are not read there; it is judged without them.
  const repositoryDefaults = [
    'GetCallerIdentity',
    'DescribeRegions',
    'GetAccountAuthorizationDetails',
    'GetCredentialReport',
  ];
  if (repositoryDefaults.includes(name)) return findings;
  return findings.filter(({ registry }) => registry !== `ecr://${account}/us-east-1`);
}

/** A verdict that is the same whether the registry policy is in force or not does not rest on that. */
async function spared(
  name: OperationName,
  estate: Estate,
  selected: readonly AnyCheck[],
): Promise<ReadonlySet<string>> {
  if (name !== 'GetAccountSetting') return new Set();
  const known = indifferent.get(estate) ?? sparedIn(estate);
  indifferent.set(estate, known);
  const ids = await known;
  return new Set(selected.map(({ id }) => id).filter((id) => ids.has(id)));
}

const indifferent = new Map<Estate, Promise<ReadonlySet<string>>>();

async function sparedIn(estate: Estate): Promise<ReadonlySet<string>> {
  const verdicts = async (value: string) => {
    const faults: Fault[] = [
      { kind: 'new-word', operation: wire('GetAccountSetting'), field: 'value', value },
    ];
    const { findings } = await scanEstate({ ...estate, faults }, scanned);
    return new Map(findings.map(({ check, subject, verdict }) => [`${check} ${subject}`, verdict]));
  };
  const [first, second] = await Promise.all([verdicts('V1'), verdicts('V2')]);
  const changed = new Set(
    [...first]
      .filter(([key, verdict]) => second.get(key) !== verdict)
      .map(([key]) => key.split(' ')[0]),
  );
  return new Set(checks.map(({ id }) => id).filter((id) => !changed.has(id)));
}

lawHolds<OperationName, Estate>({
  provider,
  scenes: estates,
  scan: (estate, selected, faults) =>
    scanEstate({ ...estate, faults }, { checks: selected, ...scanned }),
  fields,
  named: [
    'DescribeImageScanFindings',
    'DescribeKey',
    'GetAccountSetting',
    'GetEventDataStore',
    'GetEventSelectors',
    'GetLifecyclePolicy',
    'GetRepositoryPolicy',
    'GetSigningProfile',
  ],
  optional: {
    GetRegistryPolicy: 'tells whether an empty region is used; unread, it counts as used',
    DescribePullThroughCacheRules:
      'tells whether an empty region is used; unread, it counts as used',
  },
  unreached: {
    ListTagsForResource: 'names owners where the configuration asks for them',
    GetRevocationStatus:
      'it matters to the signers of AWS alone, whose verdicts are tests by themselves',
    ListAccounts: 'is asked for an organisation alone, before any registry',
  },
  wire,
  concerned,
  spared,
});
