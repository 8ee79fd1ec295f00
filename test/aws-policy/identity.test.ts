import { describe, expect, test } from 'vitest';
import { identityAllows } from '../../src/aws-policy/identity.ts';
import { type Json, OWN, policy, REPOSITORY } from './support/policy.ts';

const yes = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };
const no = { Effect: 'Deny', Action: 'ecr:*', Resource: '*' };
const all = REPOSITORY.replace('/app', '/*');
const anywhere = `arn:aws:ecr:*:${OWN}:repository/*`;
const given = (Condition: Json, base: Json = yes) => ({ ...base, Condition });

type Row = readonly [title: string, allows: string, reach: string, ...statements: Json[]];

const rows: readonly Row[] = [
  ['nothing', 'no', 'none', { ...yes, Action: 's3:*' }],
  ['everything', 'yes', 'every', { ...yes, Action: '*' }],
  ['a wildcard action in another case', 'yes', 'every', { ...yes, Action: 'ECR:put*' }],
  [
    'NotAction of something else',
    'yes',
    'every',
    { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
  ],
  ['NotAction of this', 'no', 'none', { Effect: 'Allow', NotAction: 'ecr:*', Resource: '*' }],
  ['this repository', 'yes', 'some', { ...yes, Resource: REPOSITORY }],
  [
    'repositories with a prefix',
    'yes',
    'some',
    { ...yes, Resource: [REPOSITORY.replace('/app', '/a*')] },
  ],
  ['every repository of the region', 'yes', 'every', { ...yes, Resource: all }],
  [
    'every repository anywhere',
    'yes',
    'every',
    { ...yes, Resource: 'arn:aws:ecr:*:*:repository/*' },
  ],
  ['every ECR resource of an incomplete ARN', 'maybe', 'some', { ...yes, Resource: 'arn:aws:ecr' }],
  ['another repository', 'no', 'none', { ...yes, Resource: REPOSITORY.replace('/app', '/other') }],
  ['another region', 'no', 'none', { ...yes, Resource: all.replace('eu', 'us') }],
  [
    'every resource but this one',
    'no',
    'none',
    { Effect: 'Allow', Action: '*', NotResource: REPOSITORY },
  ],
  [
    'every resource but another one',
    'yes',
    'some',
    { Effect: 'Allow', Action: '*', NotResource: REPOSITORY.replace('/app', '/x') },
  ],
  [
    'every resource but those of another service',
    'yes',
    'every',
    { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' },
  ],
  [
    'a repository named by a variable',
    'maybe',
    'some',
    { ...yes, Resource: `arn:aws:ecr:*:${OWN}:repository/\${aws:username}` },
  ],
  [
    'a bucket named by a variable',
    'no',
    'none',
    { ...yes, Resource: `arn:aws:s3:::\${aws:username}` },
  ],
  ['but denied', 'no', 'none', yes, no],
  ['but denied something else', 'yes', 'every', yes, { ...no, Action: 'ecr:Delete*' }],
  [
    'but denied elsewhere',
    'yes',
    'every',
    yes,
    { ...no, Resource: REPOSITORY.replace('/app', '/x') },
  ],
  [
    'but denied everywhere else',
    'yes',
    'every',
    yes,
    { Effect: 'Deny', Action: '*', NotResource: REPOSITORY },
  ],
  [
    'but denied without MFA',
    'maybe',
    'every',
    yes,
    given({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, no),
  ],
  [
    'but denied without TLS',
    'yes',
    'every',
    yes,
    given({ Bool: { 'aws:SecureTransport': 'false' } }, no),
  ],
  [
    'but denied outside this region',
    'yes',
    'every',
    yes,
    given({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, no),
  ],
  [
    'but denied in this region',
    'no',
    'none',
    yes,
    given({ StringLike: { 'aws:RequestedRegion': 'eu-*' } }, no),
  ],
  ['if tagged', 'maybe', 'every', given({ StringEquals: { 'aws:PrincipalTag/team': 'ci' } })],
  [
    'in another region by condition',
    'no',
    'none',
    given({ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }),
  ],
  [
    'in this account by condition',
    'yes',
    'every',
    given({ StringEquals: { 'aws:ResourceAccount': OWN } }),
  ],
  ['with a Principal, which identity policies lack', 'maybe', 'every', { ...yes, Principal: '*' }],
  ['but denied with a Principal', 'maybe', 'every', yes, { ...no, Principal: '*' }],
];

const push = { action: 'ecr:PutImage', resource: REPOSITORY };

describe('an identity is allowed', () => {
  const table = rows.map(([title, allows, reach, ...statements]) => ({
    title,
    allows,
    reach,
    statements,
  }));

  test.each(table)('$title', ({ allows, reach, statements }) => {
    expect(identityAllows([policy(...statements)], push)).toMatchObject({ allows, reach });
  });

  test('policies add up and a Deny in any of them wins', () => {
    expect(identityAllows([policy(no), policy(yes)], push).allows).toBe('no');
    expect(
      identityAllows([policy({ ...no, Action: 's3:*' }), policy({ ...yes, Sid: 'Here' })], push),
    ).toEqual({
      allows: 'yes',
      reach: 'every',
      statements: [{ policy: 1, statement: 1, sid: 'Here' }],
    });
    expect(identityAllows([], push).allows).toBe('no');
  });

  test('a boundary must allow too', () => {
    const within = (boundary: Json) =>
      identityAllows([policy(yes)], { ...push, boundary: policy(boundary) });
    expect(within(yes)).toMatchObject({ allows: 'yes', reach: 'every' });
    expect(within({ ...yes, Resource: REPOSITORY })).toMatchObject({
      allows: 'yes',
      reach: 'some',
    });
    expect(within({ ...yes, Action: 's3:*' })).toMatchObject({
      allows: 'no',
      reach: 'none',
      statements: [],
    });
    expect(within(given({ StringEquals: { 'x:y': 'z' } }))).toMatchObject({ allows: 'maybe' });
    expect(within(no).allows).toBe('no');
  });

  test('what is known of the identity decides conditions', () => {
    const known = new Map([['aws:principalarn', `arn:aws:iam::${OWN}:role/ci`]]);
    const role = (name: string) =>
      policy(given({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${name}` } }));
    expect(identityAllows([role('c*')], { ...push, known }).allows).toBe('yes');
    expect(identityAllows([role('d*')], { ...push, known }).allows).toBe('no');
    expect(identityAllows([role('d*')], push).allows).toBe('maybe');
  });

  test('a known variable in a resource is decided, and an unknown one is not', () => {
    const own = policy({ ...yes, Resource: `arn:aws:ecr:*:${OWN}:repository/\${aws:username}` });
    const known = new Map([['aws:username', 'app']]);
    const ask = (resource: string, facts?: typeof known) =>
      identityAllows([own], { action: 'ecr:PutImage', resource, known: facts });
    expect(ask(REPOSITORY, known)).toMatchObject({ allows: 'yes', reach: 'some' });
    expect(ask(REPOSITORY.replace('/app', '/other'), known).allows).toBe('no');
    expect(ask(REPOSITORY).allows).toBe('maybe');
  });

  test('at least one of several repositories', () => {
    const ask = (statement: Json, resource = anywhere) =>
      identityAllows([policy(statement)], { ...push, resource });
    expect(ask({ ...yes, Resource: REPOSITORY })).toMatchObject({ allows: 'yes', reach: 'some' });
    expect(ask(yes)).toMatchObject({ allows: 'yes', reach: 'every' });
    expect(ask({ ...yes, Resource: all })).toMatchObject({ allows: 'yes', reach: 'some' });
    expect(ask({ ...yes, Resource: all }, all)).toMatchObject({ allows: 'yes', reach: 'every' });
    expect(ask({ ...yes, Resource: 'arn:aws:s3:::bucket/*' }).allows).toBe('no');
    expect(
      ask({ ...yes, Resource: 'arn:aws:ecr:eu-west-1:999999999999:repository/x' }).allows,
    ).toBe('no');
    expect(ask({ ...yes, Resource: REPOSITORY }, '*')).toMatchObject({ allows: 'maybe' });
    expect(
      identityAllows([policy(yes, { ...no, Resource: REPOSITORY })], { ...push, resource: all })
        .allows,
    ).toBe('maybe');
    expect(
      identityAllows([policy(yes, { ...no, Resource: all })], { ...push, resource: all }).allows,
    ).toBe('no');
  });
});
