import { describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/aws/estate.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';

const own = 'arn:aws:iam::123456789012';

/** The verdict of a check on a repository with this policy, in an account where only CI may push by IAM. */
async function verdict(check: string, statement: object): Promise<string> {
  const good = await scenario('all-good');
  const region = good.regions['eu-west-1'];
  const policy = { Version: '2012-10-17', Statement: statement };
  const estate: Estate = {
    ...good,
    regions: {
      'eu-west-1': { ...region, registry: {}, repositories: { app: { policy } } },
    },
  };
  const { findings } = await scanEstate(estate, {
    address: '123456789012/eu-west-1',
    expected: { ciIdentities: [`${own}:role/*`] },
  });
  const found = findings.find((finding) => finding.check === check && finding.repository === 'app');
  return found === undefined ? 'none' : `${found.verdict}: ${found.message}`;
}

const allow = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action: 'ecr:PutImage',
  Principal,
  ...more,
});

describe('who can push, by a repository policy beside IAM', () => {
  test.each([
    ['nobody more', { Effect: 'Deny', Action: 'ecr:DeleteRepository', Principal: '*' }, /^pass/],
    ['the own account as a whole, which IAM then narrows', allow({ AWS: '123456789012' }), /^pass/],
    ['a declared role by name', allow({ AWS: `${own}:role/ci-release` }), /^pass/],
    ['a user by name', allow({ AWS: `${own}:user/eve` }), /^fail: .*user\/eve/],
    [
      'people of a SAML provider',
      allow({ Federated: `${own}:saml-provider/corp` }),
      /^fail: .*saml-provider\/corp/,
    ],
    ['a foreign role', allow({ AWS: 'arn:aws:iam::999988887777:role/x' }), /^fail: .*999988887777/],
    [
      'the whole organisation',
      allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
      /^fail: .*o-a1b2c3d4e5/,
    ],
    [
      'everybody in an unknown VPC',
      allow('*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
      /^unknown/,
    ],
    ['a service for anybody', allow({ Service: 'codebuild.amazonaws.com' }), /^fail: .*codebuild/],
  ])('%s', async (_name, statement, expected) => {
    expect(await verdict('push-limited-to-ci', statement)).toMatch(expected);
  });
});

describe('other partitions', () => {
  test('China: own ARNs, no ECR Public', async () => {
    const good = await scenario('all-good');
    const [region] = Object.values(good.regions);
    const estate: Estate = {
      ...good,
      partition: 'aws-cn',
      caller: good.caller.replace('arn:aws:', 'arn:aws-cn:'),
      regions: { 'cn-north-1': { ...region, registry: {}, repositories: { app: {} } } },
      publicRepositories: { tool: { createdAt: '2026-01-01T00:00:00Z' } },
    };
    const { summary, findings, calls } = await scanEstate(estate, {
      options: { region: 'cn-north-1' },
    });
    expect(summary.registries.map(({ id, judged }) => [id, judged])).toEqual([
      ['ecr://123456789012/cn-north-1', 1],
    ]);
    expect(calls.has('ecr-public:DescribeRepositories')).toBe(false);
    const endpoint = findings.find(({ check }) => check === 'private-endpoint-used');
    expect(endpoint?.verdict).not.toBe('unknown');
  });
});

describe('signing in', () => {
  test.each([
    ['999988887777/eu-west-1', 'the credentials are for account 123456789012, not 999988887777'],
    ['123456789012/public', ''],
  ])('%s', async (address, trouble) => {
    const { summary } = await scanEstate(await scenario('demo'), { address });
    const [registry] = summary.registries;
    expect(registry?.reachable).toBe(trouble === '');
    if (trouble !== '') expect(registry?.listing).toMatchObject({ from: { detail: trouble } });
  });

  test.each([['12/eu-west-1'], ['123456789012/Europe'], ['eu-west-1']])(
    '%s is no address',
    async (address) => {
      await expect(scanEstate(await scenario('demo'), { address })).rejects.toThrow(
        'is not an address of ECR',
      );
    },
  );
});
