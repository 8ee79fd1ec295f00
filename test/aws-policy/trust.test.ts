import { describe, expect, test } from 'vitest';
import { trustOf } from '../../src/aws-policy/trust.ts';
import { EVIL, type Json, OWN, policy, words } from './support/policy.ts';

const home = { account: OWN, organization: undefined };
const oidc = (host: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${host}` });
const github = 'token.actions.githubusercontent.com';
const aud = { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } };

function web(Principal: Json, Condition?: Json): Json {
  const statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity' };
  return Condition === undefined ? statement : { ...statement, Condition };
}
const sub = (value: string | string[], operator = 'StringLike') =>
  web(oidc(github), {
    ...aud,
    [operator]: {
      ...(operator === 'StringEquals' ? aud.StringEquals : {}),
      [`${github}:sub`]: value,
    },
  });
const assume = (Principal: Json, more: Json = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...more,
});

type Row = readonly [title: string, who: readonly string[], ...statements: Json[]];

const rows: readonly Row[] = [
  [
    'a service',
    ['codebuild.amazonaws.com for anybody'],
    assume({ Service: 'codebuild.amazonaws.com' }),
  ],
  [
    'services by wildcard action',
    ['ecs-tasks.amazonaws.com for anybody', 'pods.eks.amazonaws.com for anybody'],
    {
      ...assume({ Service: ['ecs-tasks.amazonaws.com', 'pods.eks.amazonaws.com'] }),
      Action: ['sts:*'],
    },
  ],
  [
    'one GitHub repository',
    [`${github} repo:org/app:ref:refs/heads/main`],
    sub('repo:org/app:ref:refs/heads/main', 'StringEquals'),
  ],
  ['the repositories of an organization', [`${github} repo:org/*`], sub('repo:org/*')],
  ['any repository on GitHub', [`${github} any subject?`], sub('repo:*')],
  ['any subject', [`${github} any subject?`], sub('*')],
  ['organizations whose name begins so', [`${github} any subject?`], sub('repo:org*')],
  [
    'a good and an open subject',
    [`${github} any subject?`],
    sub(['repo:org/app:*', 'repo:*/app:*']),
  ],
  ['no subject at all', [`${github} any subject`], web(oidc(github), aud)],
  ['no condition at all', [`${github} any subject`], web(oidc(github))],
  [
    'a subject if there is one',
    [`${github} any subject?`, `${github} repo:org/*`],
    sub('repo:org/*', 'StringLikeIfExists'),
  ],
  [
    'the subject of another provider',
    [`${github} any subject?`],
    web(oidc(github), { StringLike: { 'gitlab.com:sub': 'project_path:org/*' } }),
  ],
  [
    'a GitLab group',
    ['gitlab.com project_path:org/*:ref_type:branch:ref:main'],
    web(oidc('gitlab.com'), {
      StringLike: { 'gitlab.com:sub': 'project_path:org/*:ref_type:branch:ref:main' },
    }),
  ],
  [
    'a service account of a cluster',
    ['AB12 system:serviceaccount:ci:push'],
    web(oidc('oidc.eks.eu-west-1.amazonaws.com/id/AB12'), {
      StringEquals: {
        'oidc.eks.eu-west-1.amazonaws.com/id/AB12:sub': 'system:serviceaccount:ci:push',
      },
    }),
  ],
  [
    'every service account of a cluster',
    ['AB12 any subject?'],
    web(oidc('oidc.eks.eu-west-1.amazonaws.com/id/AB12'), {
      StringLike: { 'oidc.eks.eu-west-1.amazonaws.com/id/AB12:sub': 'system:serviceaccount:*' },
    }),
  ],
  [
    'a claim this room does not know',
    [`${github} any subject?`],
    web(oidc(github), { StringEquals: { [`${github}:repository`]: 'org/app' } }),
  ],
  [
    'a built-in provider',
    ['cognito-identity.amazonaws.com any subject'],
    web({ Federated: 'cognito-identity.amazonaws.com' }),
  ],
  [
    'a SAML provider',
    ['corp any subject'],
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/corp` },
      Action: 'sts:AssumeRoleWithSAML',
    },
  ],
  ['the own account', [`own:${OWN}`], assume({ AWS: `arn:aws:iam::${OWN}:root` })],
  [
    'an own role',
    [`own:arn:aws:iam::${OWN}:role/x`],
    assume({ AWS: `arn:aws:iam::${OWN}:role/x` }),
  ],
  ['a foreign account', [`foreign:${EVIL}`], assume({ AWS: EVIL })],
  [
    'a foreign account with an external id',
    [`foreign:${EVIL}?`],
    assume({ AWS: EVIL }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
  ],
  ['anyone', ['anyone'], assume({ AWS: '*' })],
  ['nobody', [], assume({ AWS: '*' }), { Effect: 'Deny', Principal: '*', Action: 'sts:*' }],
  ['tag sessions only', [], { ...assume({ AWS: EVIL }), Action: 'sts:TagSession' }],
];

describe('a role trusts', () => {
  test.each(rows.map(([title, who, ...statements]) => ({ title, who, statements })))(
    '$title',
    ({ who, statements }) => {
      expect(words({ grantees: trustOf(policy(...statements), home) })).toEqual(who);
    },
  );

  test('each of several providers under its own subject', () => {
    const both = { Federated: [oidc(github).Federated, oidc('gitlab.com').Federated] };
    const grantees = trustOf(
      policy(web(both, { StringLike: { [`${github}:sub`]: 'repo:org/*' } })),
      home,
    );
    expect(words({ grantees })).toEqual(['gitlab.com any subject?', `${github} repo:org/*`]);
    expect(grantees.every((one) => one.kind === 'federated' && one.own)).toBe(true);
  });
});
