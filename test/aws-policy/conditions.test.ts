import { describe, expect, test } from 'vitest';
import { accessGranted } from '../../src/aws-policy/access.ts';
import { parsePolicy } from '../../src/aws-policy/parse.ts';
import {
  access,
  allow,
  deny,
  EVIL,
  EVIL_ORG,
  OWN,
  OWN_ORG,
  PARTNER,
  PUSH,
  policy,
  scene,
  words,
} from './support/policy.ts';

type Row = readonly [name: string, key: string, values: unknown, who: readonly string[]];

const role = `arn:aws:iam::${OWN}:role/ci`;
const vpce = 'vpce-0own';

/** Who is let in by an Allow to everybody under one condition. */
const allowed: readonly Row[] = [
  ['StringEquals', 'aws:PrincipalAccount', OWN, [`own:${OWN}`]],
  ['StringEquals', 'aws:PrincipalAccount', [OWN, EVIL], [`foreign:${EVIL}`, `own:${OWN}`]],
  ['StringEquals', 'aws:PrincipalAccount', 111111111111, [`own:${OWN}`]],
  ['StringNotEquals', 'aws:PrincipalAccount', EVIL, ['anyone']],
  ['StringEqualsIgnoreCase', 'aws:PrincipalAccount', OWN, [`own:${OWN}`]],
  ['StringNotEqualsIgnoreCase', 'aws:PrincipalOrgID', EVIL_ORG, ['anyone']],
  ['StringLike', 'aws:PrincipalAccount', OWN, [`own:${OWN}`]],
  ['StringLike', 'aws:PrincipalAccount', '1111*', ['anyone?']],
  ['StringNotLike', 'aws:PrincipalOrgID', 'o-*', ['anyone']],
  ['StringLikeIfExists', 'aws:PrincipalOrgID', OWN_ORG, ['anyone', `own-org:${OWN_ORG}`]],
  [
    'ForAllValues:StringLike',
    'aws:PrincipalOrgPaths',
    `${OWN_ORG}/*`,
    ['anyone', `own-org:${OWN_ORG}`],
  ],
  ['StringLike', 'aws:PrincipalOrgPaths', `${OWN_ORG}/*`, ['anyone?']],
  ['ArnEquals', 'aws:PrincipalArn', role, [`own:${role}`]],
  [
    'ArnLike',
    'aws:PrincipalArn',
    `arn:aws*:iam::${OWN}:role/ci`,
    [`own:arn:aws*:iam::${OWN}:role/ci`],
  ],
  ['StringLike', 'aws:PrincipalArn', `arn:aws*:iam::${OWN}:role/ci`, ['anyone?']],
  ['StringLike', 'aws:PrincipalArn', `arn:aws:iam::${OWN}:*`, [`own:${OWN}`]],
  ['StringLike', 'aws:PrincipalArn', `arn:aws:iam::${OWN}*`, [`own:${OWN}`]],
  ['StringEqualsIgnoreCase', 'aws:PrincipalArn', role, [`own:${OWN}`]],
  ['ArnNotEquals', 'aws:PrincipalArn', role, ['anyone']],
  ['ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::${EVIL}:*`, ['anyone']],
  ['ArnLikeIfExists', 'aws:PrincipalArn', role, [`own:${role}`]],
  ['StringEqualsIfExists', 'aws:PrincipalAccount', OWN, [`own:${OWN}`]],
  ['ForAllValues:StringEquals', 'aws:PrincipalAccount', OWN, [`own:${OWN}`]],
  ['BoolIfExists', 'aws:PrincipalIsAWSService', 'true', ['* for anybody']],
  ['Bool', 'aws:SecureTransport', 'true', ['anyone']],
  ['Bool', 'aws:SecureTransport', true, ['anyone']],
  ['Bool', 'aws:SecureTransport', 'false', ['anyone?']],
  ['Bool', 'aws:MultiFactorAuthPresent', 'true', ['anyone']],
  ['Bool', 'aws:PrincipalIsAWSService', 'true', ['* for anybody']],
  ['Bool', 'aws:PrincipalIsAWSService', 'false', ['anyone']],
  ['Bool', 'aws:ViaAWSService', 'true', ['anyone?']],
  ['Null', 'aws:PrincipalOrgID', 'true', ['anyone']],
  ['Null', 'aws:PrincipalOrgID', 'false', ['anyone']],
  ['Null', 'aws:PrincipalArn', 'true', []],
  ['Null', 'aws:PrincipalServiceName', 'false', ['* for anybody']],
  ['StringLike', 'aws:PrincipalServiceName', '*', ['* for anybody']],
  ['Null', 'aws:SourceAccount', 'false', ['* for anybody']],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', ['anyone from 203.0.113.0/24']],
  [
    'IpAddress',
    'aws:SourceIp',
    ['203.0.113.7', '2001:db8::/48'],
    ['anyone from 203.0.113.7|2001:db8::/48'],
  ],
  ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', ['anyone']],
  ['IpAddress', 'aws:SourceIp', '::/0', ['anyone']],
  ['IpAddress', 'aws:SourceIp', ['0.0.0.0/1', '128.0.0.0/1'], ['anyone']],
  ['IpAddress', 'aws:SourceIp', '128.0.0.0/1', ['anyone?']],
  ['IpAddress', 'aws:SourceIp', 'repositoryDefaults', ['anyone?']],
  ['IpAddressIfExists', 'aws:SourceIp', '203.0.113.0/24', ['anyone', 'anyone from 203.0.113.0/24']],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', ['anyone']],
  ['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8', ['anyone']],
  ['StringEquals', 'aws:SourceIp', '203.0.113.7', ['anyone?']],
  ['StringEquals', 'aws:SourceVpce', vpce, [`anyone from ${vpce}`]],
  ['StringLike', 'aws:SourceVpce', 'vpce-*', ['anyone']],
  ['StringEqualsIfExists', 'aws:SourceVpce', vpce, ['anyone', `anyone from ${vpce}`]],
  ['StringEquals', 'aws:SourceVpc', 'vpc-0own', ['anyone from vpc-0own']],
  ['StringEquals', 'aws:VpceAccount', OWN, [`anyone from ${OWN}`]],
  ['StringEquals', 'aws:VpceOrgID', OWN_ORG, [`anyone from ${OWN_ORG}`]],
  [
    'StringEquals',
    'aws:PrincipalServiceName',
    'codebuild.amazonaws.com',
    ['codebuild.amazonaws.com for anybody'],
  ],
  ['StringEquals', 'aws:SourceAccount', OWN, ['*']],
  ['StringEqualsIfExists', 'aws:SourceAccount', OWN, ['*', 'anyone']],
  ['StringEquals', 'aws:SourceOrgID', OWN_ORG, ['*']],
  ['ForAnyValue:StringLike', 'aws:SourceOrgPaths', `${OWN_ORG}/*`, ['*']],
  ['StringEquals', 'aws:PrincipalTag/team', 'ci', ['anyone']],
  ['StringEquals', 'aws:PrincipalType', 'AssumedRole', ['anyone']],
  ['StringEquals', 'aws:username', 'ci', ['anyone']],
  ['StringEquals', 'aws:RequestedRegion', 'eu-west-1', ['anyone']],
  ['StringEquals', 'aws:RequestedRegion', 'us-east-1', []],
  ['StringNotLike', 'aws:RequestedRegion', 'us-*', ['anyone']],
  ['StringEquals', 'aws:ResourceAccount', OWN, ['anyone']],
  ['StringEquals', 'aws:ResourceTag/open', 'yes', ['anyone?']],
  ['StringEquals', 'ecr:ResourceTag/open', 'yes', ['anyone?']],
  ['ForAnyValue:StringEquals', 'aws:CalledVia', 'cloudformation.amazonaws.com', ['anyone?']],
  ['StringEquals', 'aws:PrincipalOrgID', `\${aws:ResourceOrgID}`, [`own-org:${OWN_ORG}`]],
  ['StringEquals', 'aws:ResourceOrgID', `\${aws:PrincipalOrgID}`, [`own-org:${OWN_ORG}`]],
  ['StringEquals', 'aws:ResourceAccount', `\${aws:PrincipalAccount}`, [`own:${OWN}`]],
  ['StringEquals', 'aws:PrincipalAccount', `\${aws:ResourceAccount}`, [`own:${OWN}`]],
  ['StringEquals', 'aws:PrincipalTag/team', `\${aws:ResourceTag/team}`, ['anyone?']],
  ['StringLike', 'aws:userid', `\${*}`, ['anyone?']],
  ['NumericLessThan', 'aws:MultiFactorAuthAge', 3600, ['anyone']],
  ['NumericEquals', 's3:max-keys', '10', ['anyone?']],
  ['NumericNotEquals', 's3:max-keys', '10', ['anyone?']],
  ['NumericLessThanEquals', 's3:max-keys', '10', ['anyone?']],
  ['NumericGreaterThan', 's3:max-keys', '10', ['anyone?']],
  ['NumericGreaterThanEquals', 's3:max-keys', '10', ['anyone?']],
  ['NumericEquals', 'aws:PrincipalAccount', OWN, ['anyone?']],
  ['DateEquals', 'aws:CurrentTime', '2030-01-01T00:00:00Z', ['anyone?']],
  ['DateNotEquals', 'aws:CurrentTime', '2030-01-01T00:00:00Z', ['anyone?']],
  ['DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z', ['anyone?']],
  ['DateLessThanEquals', 'aws:EpochTime', '1893456000', ['anyone?']],
  ['DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:00Z', ['anyone']],
  ['DateGreaterThanEquals', 'aws:CurrentTime', '2020-01-01T00:00:00Z', ['anyone?']],
  ['BinaryEquals', 'x:key', 'QmluYXJ5', ['anyone?']],
  ['StringEquals', 'aws:PrincipalOrgID', [], ['anyone?']],
  ['StringEquals', 'aws:PrincipalOrgID', '', ['anyone?']],
  ['StringEquals', '__proto__x', 'y', ['anyone?']],
];

/** Who is left of everybody after a Deny to everybody under one condition. */
const denied: readonly Row[] = [
  ['StringNotEquals', 'aws:PrincipalAccount', [OWN, PARTNER], [`foreign:${PARTNER}`, `own:${OWN}`]],
  ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', OWN_ORG, [`own-org:${OWN_ORG}`]],
  ['StringNotLike', 'aws:PrincipalOrgID', 'o-*', ['anyone']],
  ['StringLike', 'aws:PrincipalOrgID', '*', ['anyone']],
  ['StringLike', 'aws:PrincipalAccount', '*', []],
  ['StringNotEquals', 'aws:PrincipalOrgID', `\${aws:ResourceOrgID}`, [`own-org:${OWN_ORG}`]],
  ['StringNotEquals', 'aws:ResourceOrgID', `\${aws:PrincipalOrgID}`, ['anyone?']],
  ['StringNotEquals', 'aws:ResourceAccount', `\${aws:PrincipalAccount}`, [`own:${OWN}`]],
  ['ForAnyValue:Bool', 'aws:ViaAWSService', 'false', ['anyone?']],
  ['ForAnyValue:StringNotEquals', 'aws:PrincipalOrgID', OWN_ORG, ['anyone?', `own-org:${OWN_ORG}`]],
  [
    'ForAllValues:StringNotLike',
    'aws:PrincipalOrgPaths',
    `${OWN_ORG}/*`,
    ['anyone?', `own-org:${OWN_ORG}`],
  ],
  [
    'StringNotLike',
    'aws:PrincipalArn',
    [role, `arn:aws:iam::${OWN}:role/x-*`],
    [`own:${role}`, `own:arn:aws:iam::${OWN}:role/x-*`],
  ],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ci', ['anyone']],
  ['ArnNotEquals', 'aws:PrincipalArn', role, [`own:${role}`]],
  ['StringNotLike', 'aws:userid', 'AROAEXAMPLEEXAMPLE01:*', ['user-id:AROAEXAMPLEEXAMPLE01:*']],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', ['anyone from 203.0.113.0/24']],
  ['NotIpAddressIfExists', 'aws:SourceIp', '203.0.113.0/24', ['anyone from 203.0.113.0/24']],
  ['NotIpAddress', 'aws:SourceIp', ['0.0.0.0/1', '128.0.0.0/1'], ['anyone']],
  ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', ['anyone']],
  ['StringNotEquals', 'aws:SourceVpce', vpce, [`anyone from ${vpce}`]],
  ['StringNotEquals', 'aws:SourceVpc', 'vpc-0own', ['anyone from vpc-0own']],
  ['Null', 'aws:SourceVpce', 'true', ['anyone']],
  ['Null', 'aws:PrincipalOrgID', 'false', ['anyone']],
  ['Bool', 'aws:SecureTransport', 'false', ['anyone']],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', ['anyone']],
  ['Bool', 'aws:PrincipalIsAWSService', 'false', ['* for anybody']],
  ['Bool', 'aws:PrincipalIsAWSService', 'False', ['anyone?']],
  ['StringNotEquals', 'aws:SourceAccount', OWN, ['*']],
  ['StringNotEquals', 'aws:PrincipalTag/team', 'ci', ['anyone']],
  ['StringNotEquals', 'aws:RequestedRegion', 'eu-west-1', ['anyone']],
  ['StringEquals', 'aws:RequestedRegion', 'eu-west-1', []],
  ['StringEquals', 'ecr:Mystery', 'x', ['anyone?']],
  ['StringNotEquals', 'aws:PrincipalAccount', `\${aws:ResourceAccount}`, [`own:${OWN}`]],
  ['DateGreaterThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z', ['anyone?']],
];

describe('conditions', () => {
  test.each(allowed)('Allow everybody if %s %s %j', (operator, key, values, who) => {
    expect(words(access(allow({ Condition: { [operator]: { [key]: values } } })))).toEqual(who);
  });

  test.each(denied)('Deny everybody if %s %s %j', (operator, key, values, who) => {
    const perimeter = deny({ Condition: { [operator]: { [key]: values } } });
    expect(words(access(allow(), perimeter))).toEqual(who);
  });

  test('keys of one operator hold together', () => {
    const block = { 'aws:PrincipalOrgID': OWN_ORG, 'aws:SourceVpce': vpce };
    expect(words(access(allow({ Condition: { StringEquals: block } })))).toEqual([
      `own-org:${OWN_ORG} from ${vpce}`,
    ]);
  });

  test('conditions that contradict each other let nobody in', () => {
    const Condition = {
      StringEquals: { 'aws:PrincipalOrgID': OWN_ORG },
      StringLike: { 'aws:PrincipalOrgID': EVIL_ORG },
    };
    expect(words(access(allow({ Condition })))).toEqual([]);
    expect(
      words(access(allow({ Condition: { ...Condition, Null: { 'aws:PrincipalOrgID': 'true' } } }))),
    ).toEqual([]);
  });

  test('a Deny with two conditions spares whoever fails either', () => {
    const Condition = {
      StringNotEquals: { 'aws:PrincipalOrgID': OWN_ORG },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    };
    expect(words(access(allow(), deny({ Condition })))).toEqual([
      '* for anybody',
      `own-org:${OWN_ORG}`,
    ]);
  });

  test('in the old language a policy variable is plain text', () => {
    const text = JSON.stringify({
      Version: '2008-10-17',
      Statement: allow({
        Condition: { StringEquals: { 'aws:PrincipalOrgID': `\${aws:ResourceOrgID}` } },
      }),
    });
    expect(words(accessGranted(scene(parsePolicy(text)), PUSH))).toEqual([
      `other-org:\${aws:ResourceOrgID}`,
    ]);
  });

  test.each([
    ['DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z', []],
    ['DateGreaterThanEquals', 'aws:CurrentTime', '2020', ['anyone']],
    ['DateLessThan', 'aws:CurrentTime', '2030-01-01', ['anyone']],
    ['DateLessThanEquals', 'aws:EpochTime', '1893456000', ['anyone']],
    ['NumericGreaterThan', 'aws:EpochTime', '1893456000', []],
    ['DateNotEquals', 'aws:CurrentTime', '2026-12-01T08:00:00Z', []],
    ['DateLessThan', 'aws:CurrentTime', 'yesterday', ['anyone?']],
    ['StringEquals', 'aws:CurrentTime', '2026-12-01T08:00:00Z', ['anyone?']],
  ])('at a known time, %s %s %s lets in %j', (operator, key, value, who) => {
    const document = policy(allow({ Condition: { [operator]: { [key]: value } } }));
    const at = { ...scene(document), now: '2026-12-01T08:00:00.000Z' };
    expect(words(accessGranted(at, PUSH))).toEqual(who);
  });

  test('the organization of the resource is known only where the account is in one', () => {
    const document = policy(
      allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': `\${aws:ResourceOrgID}` } } }),
    );
    const under = (organization: string | null | undefined) =>
      words(accessGranted({ ...scene(document), home: { account: OWN, organization } }, PUSH));
    expect(under(OWN_ORG)).toEqual([`own-org:${OWN_ORG}`]);
    expect(under(null)).toEqual(['anyone?']);
    expect(under(undefined)).toEqual(['anyone?']);
  });
});
