import { beforeAll, describe, expect, test } from 'vitest';
import type { Estate, EstateRegion } from '../../src/demo/aws/estate.ts';
import type { DeclaredExpectations } from '../../src/model/expectations.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';

const OWN = '123456789012';
const STRANGER = '555566667777';
const ORG = 'o-a1b2c3d4e5';
const ci = `arn:aws:iam::${OWN}:role/ci-github`;

type Said = (check: string, repository?: string) => string;

/** The verdicts on a registry that is good but for what is given. */
async function said(
  region: Partial<EstateRegion>,
  more: Partial<Estate> = {},
  expected: Partial<DeclaredExpectations> = {},
): Promise<Said> {
  const good = await scenario('all-good');
  const here = { ...good.regions['eu-west-1'], ...region };
  const { findings } = await scanEstate(
    { ...good, ...more, regions: { 'eu-west-1': here } },
    { address: `${OWN}/eu-west-1`, expected: { ciIdentities: [ci], ...expected } },
  );
  return (check, repository = '') => {
    const found = findings.find(
      (one) => one.check === check && (one.repository ?? '') === repository,
    );
    return found === undefined ? 'none' : `${found.verdict}: ${found.message}`;
  };
}

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Principal: unknown, Action: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...(Condition === undefined ? {} : { Condition }),
});
const repositoryDefaults = { Resource: `arn:aws:ecr:eu-west-1:${OWN}:repository/*` };
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

describe('a registry policy lets other accounts write here, in scope V1 too', () => {
  const replicate = ['ecr:ReplicateImage', 'ecr:CreateRepository'];
  test.each([
    ['anybody replicates', 'V2', allow('*', replicate), /^fail: .*\*/],
    ['anybody replicates', 'V1', allow('*', replicate), /^fail: .*\*/],
    ['a stranger replicates', 'V1', allow(root(STRANGER), replicate), /^fail: .*555566667777/],
    ['a stranger does everything', 'V1', allow(root(STRANGER), 'ecr:*'), /^fail: .*555566667777/],
    ['a stranger imports', 'V1', allow(root(STRANGER), 'ecr:BatchImportUpstreamImage'), /^fail/],
    ['scope V1 ignores pushes', 'V1', allow(root(STRANGER), 'ecr:PutImage'), /^pass/],
    ['scope V2 does not', 'V2', allow(root(STRANGER), 'ecr:PutImage'), /^fail/],
    [
      'creating alone is told elsewhere',
      'V1',
      allow(root(STRANGER), 'ecr:CreateRepository'),
      /^pass/,
    ],
  ])('%s, scope %s', async (_what, scope, statement, expected) => {
    const verdict = await said({
      registry: {
        settings: { REGISTRY_POLICY_SCOPE: scope },
        policy: document({ ...statement, ...repositoryDefaults }),
      },
      repositories: { app: {} },
    });
    expect(verdict('cross-account-limited', 'app')).toMatch(expected);
    if (expected.source.startsWith('^fail')) {
      expect(verdict('push-limited-to-ci', 'app')).toMatch(/^fail/);
      expect(verdict('cross-account-limited', 'app')).toContain('push');
    }
  });

  test('a Deny of pushes in scope V1 protects nothing', async () => {
    const verdict = await said({
      registry: {
        settings: { REGISTRY_POLICY_SCOPE: 'V1' },
        policy: document({
          Effect: 'Deny',
          Principal: '*',
          Action: 'ecr:*',
          ...repositoryDefaults,
        }),
      },
      repositories: { app: { policy: document(allow('*', 'ecr:PutImage')) } },
    });
    expect(verdict('push-limited-to-ci', 'app')).toMatch(/^fail: .*\*/);
  });
});

describe('every action of ECR is access', () => {
  const rows = {
    findings: ['ecr:DescribeImageScanFindings', 'cross-account-limited', /^fail: .*read settings/],
    tags: ['ecr:ListImages', 'cross-account-limited', /^fail: .*read settings/],
    images: [['ecr:DescribeImages', 'ecr:DescribeRepositories'], 'cross-account-limited', /^fail/],
    layers: ['ecr:BatchCheckLayerAvailability', 'cross-account-limited', /^fail/],
    policy: ['ecr:GetRepositoryPolicy', 'cross-account-limited', /^fail/],
    archive: ['ecr:UpdateImageStorageClass', 'delete-limited', /^fail/],
    expiry: ['ecr:PutLifecyclePolicy', 'delete-limited', /^fail/],
    cleanup: ['ecr:DeleteLifecyclePolicy', 'cross-account-limited', /^fail: .*administer/],
    scanning: ['ecr:PutImageScanningConfiguration', 'cross-account-limited', /^fail: .*administer/],
    upload: ['ecr:InitiateLayerUpload', 'cross-account-limited', /^fail/],
    token: ['ecr:GetAuthorizationToken', 'cross-account-limited', /^pass/],
    tomorrow: ['ecr:TransmuteImage', 'cross-account-limited', /^unknown/],
    'get-and-batch-pulls': [['ecr:Get*', 'ecr:Batch*'], 'anonymous-pull-off', /^fail/],
    'get-and-batch-deletes': [['ecr:Get*', 'ecr:Batch*'], 'delete-limited', /^fail: .*\*/],
    'referrers-and-status': [
      ['ecr:ListImageReferrers', 'ecr:DescribeImageSigningStatus'],
      'cross-account-limited',
      /^fail/,
    ],
    preview: ['ecr:StartLifecyclePolicyPreview', 'cross-account-limited', /^fail/],
    signing: ['ecr:DeleteSigningConfiguration', 'cross-account-limited', /^fail: .*administer/],
    'odd-case': ['ECR:putimage', 'push-limited-to-ci', /^fail: .*\*/],
    'new-word-beside-a-known-one': [
      ['ecr:TransmuteImage', 'ecr:ListImages'],
      'cross-account-limited',
      /^fail/,
    ],
  } as const;
  let verdict: Said;
  beforeAll(async () => {
    const repositories = Object.fromEntries(
      Object.entries(rows).map(([name, [actions]]) => [
        name,
        { policy: document(allow('*', actions)) },
      ]),
    );
    verdict = await said({ registry: {}, repositories });
  });

  test.each(Object.entries(rows))('%s: %s', (name, [_actions, check, expected]) => {
    expect(verdict(check, name)).toMatch(expected);
  });

  test('a Deny of everything but some actions gives these to nobody', async () => {
    const denial = {
      Effect: 'Deny',
      Principal: '*',
      NotAction: ['ecr:BatchGetImage', 'ecr:List*'],
    };
    const denied = await said({
      registry: {},
      repositories: { app: { policy: document(denial) } },
    });
    expect(denied('cross-account-limited', 'app')).toMatch(/^pass/);
    expect(denied('anonymous-pull-off', 'app')).toMatch(/^pass/);
  });
});

describe('who is within the own organisation, and who acts for it', () => {
  const principalOrg = { StringEquals: { 'aws:PrincipalOrgID': ORG } };
  const lambda = { Service: 'lambda.amazonaws.com' };
  const rows: Readonly<Record<string, readonly [object, RegExp]>> = {
    members: [
      allow({ AWS: [root('111122223333').AWS, root(STRANGER).AWS] }, pull, principalOrg),
      /^pass: .*within the organisation/,
    ],
    strangers: [allow(root(STRANGER), pull), /^fail/],
    'other-org': [
      allow(root(STRANGER), pull, { StringEquals: { 'aws:PrincipalOrgID': 'o-other00000' } }),
      /^fail/,
    ],
    'service-for-org': [allow(lambda, pull, { StringEquals: { 'aws:SourceOrgID': ORG } }), /^pass/],
    'service-for-paths': [
      allow(lambda, pull, { 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${ORG}/*` } }),
      /^pass/,
    ],
    'service-for-other-org': [
      allow(lambda, pull, { StringEquals: { 'aws:SourceOrgID': 'o-other00000' } }),
      /^fail: .*lambda.amazonaws.com for o-other00000/,
    ],
    'service-for-bucket-and-account': [
      allow(lambda, pull, {
        ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::bucket' },
        StringEquals: { 'aws:SourceAccount': OWN },
      }),
      /^pass/,
    ],
    'service-for-bucket': [
      allow(lambda, pull, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::bucket' } }),
      /^fail: .*lambda.amazonaws.com for arn:aws:s3:::bucket/,
    ],
    'service-for-anyone': [allow(lambda, pull), /^fail/],
    'service-for-any-function': [
      allow(lambda, pull, { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:*' } }),
      /^fail: .*lambda.amazonaws.com/,
    ],
    'resource-org': [
      allow('*', pull, { StringEquals: { 'aws:PrincipalOrgID': `\${aws:ResourceOrgID}` } }),
      /^pass/,
    ],
    'resource-org-mirrored': [
      allow('*', pull, { StringEquals: { 'aws:ResourceOrgID': `\${aws:PrincipalOrgID}` } }),
      /^pass/,
    ],
    'own-account-if-exists': [
      allow('*', pull, { StringEqualsIfExists: { 'aws:PrincipalAccount': OWN } }),
      /^pass/,
    ],
    'own-account-for-all': [
      allow('*', pull, { 'ForAllValues:StringEquals': { 'aws:PrincipalAccount': OWN } }),
      /^pass/,
    ],
    'foreign-tag-only': [
      allow(root(STRANGER), pull, { StringEquals: { 'aws:PrincipalTag/team': 'ci' } }),
      /^fail/,
    ],
    'foreign-mfa': [
      allow(root(STRANGER), pull, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      /^fail/,
    ],
    'foreign-name': [
      allow(root(STRANGER), pull, { StringLike: { 'aws:username': 'ci-*' } }),
      /^fail/,
    ],
    expired: [
      allow('*', pull, { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }),
      /^pass/,
    ],
    'not-yet-expired': [
      allow('*', pull, { DateLessThan: { 'aws:CurrentTime': '2099-01-01T00:00:00Z' } }),
      /^fail/,
    ],
    'services-only': [allow('*', pull, { Null: { 'aws:PrincipalServiceName': 'false' } }), /^fail/],
    'own-endpoints': [allow('*', pull, { StringEquals: { 'aws:VpceAccount': OWN } }), /^pass/],
    'unknown-endpoint': [
      allow('*', pull, { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      /^unknown: .*vpce-1/,
    ],
  };
  let verdict: Said;
  beforeAll(async () => {
    const repositories = Object.fromEntries(
      Object.entries(rows).map(([name, [statement]]) => [name, { policy: document(statement) }]),
    );
    verdict = await said({ registry: {}, repositories });
  });

  test.each(Object.entries(rows))('%s', (name, [, expected]) => {
    expect(verdict('cross-account-limited', name)).toMatch(expected);
  });

  test('a policy for services alone is not open to any account', () => {
    expect(verdict('anonymous-pull-off', 'services-only')).toMatch(/^pass/);
  });
});

describe('repositories that come into being with an open policy', () => {
  const template = (policy: object) => ({
    prefix: 'ROOT',
    appliedFor: ['CREATE_ON_PUSH'],
    imageTagMutability: 'IMMUTABLE',
    repositoryPolicy: JSON.stringify(policy),
  });
  const scanning = {
    scanType: 'BASIC',
    rules: [
      {
        scanFrequency: 'SCAN_ON_PUSH',
        repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }],
      },
    ],
  };

  test.each([
    [
      'for any account',
      allow('*', [...pull, 'ecr:PutImage']),
      /^fail: .*created on push.*: public/,
    ],
    ['for any account to read settings', allow('*', 'ecr:DescribeImages'), /^fail/],
    [
      'for the organisation',
      allow('*', pull, { StringEquals: { 'aws:PrincipalOrgID': ORG } }),
      /^pass/,
    ],
    [
      'that is not decided',
      allow('*', pull, { StringEquals: { 'aws:ResourceTag/open': 'yes' } }),
      /^unknown/,
    ],
  ])('%s', async (_what, statement, expected) => {
    const registry = { scanning, creationTemplates: [template(document(statement))] };
    const verdict = await said({ registry, repositories: { app: {} } });
    expect(verdict('defaults-hardened')).toMatch(expected);
  });

  test('a registry policy in force opens them too', async () => {
    const policy = document({ ...allow('*', pull), ...repositoryDefaults });
    const verdict = await said({ registry: { scanning, policy }, repositories: { app: {} } });
    expect(verdict('defaults-hardened')).toMatch(/^fail/);
  });
});
