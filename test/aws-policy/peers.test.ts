/** Inputs that fool other auditors, each beside its harmless or harmful twin. */
import { describe, expect, test } from 'vitest';
import { accessGranted } from '../../src/aws-policy/access.ts';
import { PolicyError } from '../../src/aws-policy/error.ts';
import { parsePolicy } from '../../src/aws-policy/parse.ts';
import {
  access,
  allow,
  deny,
  EVIL,
  type Json,
  OWN,
  OWN_ORG,
  PARTNER_ORG,
  PULL,
  policy,
  scene,
  words,
} from './support/policy.ts';

const only = (operator: string, key: string, ...values: string[]) =>
  allow({ Condition: { [operator]: { [key]: values } } });

type Row = readonly [title: string, open: 'yes' | 'no' | 'maybe', who: string[], ...policy: Json[]];

const rows: readonly Row[] = [
  [
    'T15 Allow with NotPrincipal is everybody else',
    'yes',
    ['anyone'],
    { Effect: 'Allow', NotPrincipal: { AWS: EVIL }, Action: 'ecr:*' },
  ],
  [
    'T15 Deny with NotPrincipal lets in the spared only',
    'no',
    [`own:${OWN}`],
    allow(),
    { Effect: 'Deny', NotPrincipal: { AWS: OWN }, Action: 'ecr:*' },
  ],
  [
    'T16 a wildcard user id bounds nothing',
    'yes',
    ['anyone'],
    only('StringLike', 'aws:userid', '*'),
  ],
  [
    'T16 one user id does',
    'no',
    ['user-id:AROAEXAMPLEEXAMPLE01:*'],
    only('StringLike', 'aws:userid', 'AROAEXAMPLEEXAMPLE01:*'),
  ],
  [
    'T16 a session name any caller can choose bounds nothing',
    'yes',
    ['anyone'],
    only('StringLike', 'aws:userid', '*:build'),
  ],
  [
    'T16 a wildcard principal ARN bounds nothing',
    'yes',
    ['anyone'],
    only('StringLike', 'aws:PrincipalArn', '*'),
  ],
  [
    'T16 a role name of any account bounds nothing',
    'yes',
    ['anyone'],
    only('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ci'),
  ],
  [
    'T16 roles of one account do',
    'no',
    [`own:arn:aws:iam::${OWN}:role/ci-*`],
    only('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${OWN}:role/ci-*`),
  ],
  [
    'T16 any organization at all bounds nothing',
    'yes',
    ['anyone'],
    only('StringLike', 'aws:PrincipalOrgID', 'o-*'),
  ],
  [
    'T16 a wildcard source ARN leaves services acting for anybody',
    'no',
    ['* for anybody'],
    only('ArnLike', 'aws:SourceArn', '*'),
  ],
  [
    'T16 one source ARN leaves services acting for it',
    'no',
    ['*'],
    only('ArnLike', 'aws:SourceArn', `arn:aws:codebuild:eu-west-1:${OWN}:project/app`),
  ],
  [
    'T17 an organization path is its organization',
    'no',
    [`own-org:${OWN_ORG}`],
    only('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${OWN_ORG}/r-ab12/*`),
  ],
  [
    'T17 a path of another organization is foreign',
    'no',
    [`other-org:${PARTNER_ORG}`],
    only('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${PARTNER_ORG}/*`),
  ],
  [
    'T17 a path in any organization bounds nothing',
    'yes',
    ['anyone'],
    only('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-*/r-ab12/*'),
  ],
  [
    'T17 StringEqualsIgnoreCase bounds as StringEquals does',
    'no',
    [`own-org:${OWN_ORG}`],
    only('StringEqualsIgnoreCase', 'aws:PrincipalOrgID', OWN_ORG.toUpperCase()),
  ],
  [
    'T18 a Deny outside the organization closes an open Allow',
    'no',
    [`own-org:${OWN_ORG}`],
    allow(),
    deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': OWN_ORG } } }),
  ],
  [
    'T18 a Deny within the organization does not',
    'yes',
    ['anyone'],
    allow(),
    deny({ Condition: { StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } } }),
  ],
  [
    'T18 nor does one of other actions',
    'yes',
    ['anyone'],
    allow(),
    deny({
      Action: 'ecr:Delete*',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': OWN_ORG } },
    }),
  ],
  [
    'T20 a foreign account root may push',
    'no',
    [`foreign:${EVIL}`],
    allow({ Principal: { AWS: `arn:aws:iam::${EVIL}:root` }, Action: 'ecr:PutImage' }),
  ],
  [
    'T20 a foreign account root may only pull',
    'no',
    [],
    allow({ Principal: { AWS: EVIL }, Action: PULL }),
  ],
  [
    'T21 a statement after one with NotAction still counts',
    'yes',
    ['anyone'],
    { Effect: 'Deny', Principal: { AWS: EVIL }, NotAction: 'ecr:*' },
    allow(),
  ],
  [
    'T21 NotAction grants what it does not name',
    'yes',
    ['anyone'],
    { Effect: 'Allow', Principal: '*', NotAction: 'ecr:DeleteRepository' },
  ],
  [
    'T21 NotAction withholds what it names',
    'no',
    [],
    { Effect: 'Allow', Principal: '*', NotAction: 'ecr:Put*' },
  ],
  [
    'T24 keys are compared without case',
    'no',
    ['*'],
    only('StringEquals', 'aws:sourceaccount', OWN),
  ],
  [
    'T24 so is a wildcard value under them',
    'no',
    ['* for anybody'],
    only('StringLike', 'AWS:SOURCEACCOUNT', '*'),
  ],
  [
    'T25 an open principal within the own organization',
    'no',
    [`own-org:${OWN_ORG}`],
    only('StringEquals', 'aws:PrincipalOrgID', OWN_ORG),
  ],
  [
    'T25 an open principal within another organization',
    'no',
    [`other-org:${PARTNER_ORG}`],
    only('StringEquals', 'aws:PrincipalOrgID', PARTNER_ORG),
  ],
  ['T26 a Deny to everybody lets nobody in', 'no', [], deny()],
  ['T26 an Allow to everybody lets everybody in', 'yes', ['anyone'], allow()],
  [
    'T27 ForAllValues holds for accounts in no organization',
    'yes',
    ['anyone', `own-org:${OWN_ORG}`],
    only('ForAllValues:StringEquals', 'aws:PrincipalOrgID', OWN_ORG),
  ],
  [
    'T27 ForAnyValue does not',
    'no',
    [`own-org:${OWN_ORG}`],
    only('ForAnyValue:StringEquals', 'aws:PrincipalOrgID', OWN_ORG),
  ],
  [
    'T27 the value * bounds nothing',
    'yes',
    ['anyone'],
    only('StringEquals', 'aws:PrincipalOrgID', '*'),
  ],
  [
    'T27 nor does * beside a real value',
    'yes',
    ['anyone'],
    only('StringLike', 'aws:PrincipalOrgID', OWN_ORG, '*'),
  ],
  ['T30 the action * is a push', 'yes', ['anyone'], allow({ Action: '*' })],
  ['T30 the action s3:* is none', 'no', [], allow({ Action: 's3:*' })],
  ['T31 the principal AWS * is everybody', 'yes', ['anyone'], allow({ Principal: { AWS: '*' } })],
  ['T31 also in a list', 'yes', ['anyone'], allow({ Principal: { AWS: [OWN, '*'] } })],
  [
    'T31 the principal AWS own account is not',
    'no',
    [`own:${OWN}`],
    allow({ Principal: { AWS: OWN } }),
  ],
];

describe('what fools other auditors', () => {
  const table = rows.map(([title, open, who, ...statements]) => ({ title, open, who, statements }));

  test.each(table)('$title', ({ open, who, statements }) => {
    const granted = access(...statements);
    expect([granted.anyAccount, words(granted)]).toEqual([open, who]);
  });

  test('T22 text that is no policy is an error, never an empty policy', () => {
    expect(() => parsePolicy('{bad')).toThrow(PolicyError);
  });

  test('T32 no policy at all lets nobody in', () => {
    expect(accessGranted(scene(), ['ecr:PutImage'])).toEqual({ anyAccount: 'no', grantees: [] });
  });

  test('T32 another policy beside it does not', () => {
    expect(accessGranted(scene(policy(deny()), policy(allow())), PULL).anyAccount).toBe('no');
    expect(
      accessGranted(scene(policy(allow()), policy(deny({ Action: 'ecr:PutImage' }))), PULL)
        .anyAccount,
    ).toBe('yes');
  });
});
