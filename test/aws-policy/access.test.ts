import { describe, expect, test } from 'vitest';
import { accessGranted } from '../../src/aws-policy/access.ts';
import {
  access,
  allow,
  deny,
  EVIL,
  type Json,
  OWN,
  OWN_ORG,
  PARTNER,
  PULL,
  PUSH,
  policy,
  scene,
  words,
} from './support/policy.ts';

const ci = `arn:aws:iam::${OWN}:role/ci`;
const dev = `arn:aws:iam::${OWN}:role/dev`;
const codebuild = 'codebuild.amazonaws.com';
const unless = (operator: string, key: string, ...values: string[]) =>
  deny({ Condition: { [operator]: { [key]: values } } });

type Row = readonly [title: string, statements: readonly Json[], who: readonly string[]];

const principals: readonly Row[] = [
  [
    'a 12-digit id is the whole account',
    [allow({ Principal: { AWS: EVIL } })],
    [`foreign:${EVIL}`],
  ],
  [
    'so is its root ARN',
    [allow({ Principal: { AWS: `arn:aws:iam::${OWN}:root` } })],
    [`own:${OWN}`],
  ],
  [
    'also in another partition',
    [allow({ Principal: { AWS: `arn:aws-cn:iam::${EVIL}:root` } })],
    [`foreign:${EVIL}`],
  ],
  [
    'a role',
    [allow({ Principal: { AWS: [ci, `arn:aws:iam::${EVIL}:role/a/b`] } })],
    [`foreign:arn:aws:iam::${EVIL}:role/a/b`, `own:${ci}`],
  ],
  [
    'a session',
    [allow({ Principal: { AWS: `arn:aws:sts::${OWN}:assumed-role/ci/x` } })],
    [`own:arn:aws:sts::${OWN}:assumed-role/ci/x`],
  ],
  [
    'a deleted principal',
    [allow({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE01' } })],
    ['deleted-principal:AROAEXAMPLEEXAMPLE01'],
  ],
  ['a canonical user', [allow({ Principal: { CanonicalUser: 'ab12' } })], ['canonical-user:ab12']],
  ['a service', [allow({ Principal: { Service: codebuild } })], [`${codebuild} for anybody`]],
  [
    'a service for one account',
    [
      allow({
        Principal: { Service: codebuild },
        Condition: { StringEquals: { 'aws:SourceAccount': OWN } },
      }),
    ],
    [codebuild],
  ],
  [
    'an account by condition',
    [
      allow({
        Principal: { AWS: [OWN, EVIL] },
        Condition: { StringEquals: { 'aws:PrincipalAccount': OWN } },
      }),
    ],
    [`own:${OWN}`],
  ],
  [
    'a role by condition',
    [
      allow({
        Principal: { AWS: OWN },
        Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/ci-*` } },
      }),
    ],
    [`own:arn:aws:iam::${OWN}:role/ci-*`],
  ],
  [
    'an account behind a tag',
    [
      allow({
        Principal: { AWS: OWN },
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'ci' } },
      }),
    ],
    [`own:${OWN}?`],
  ],
  [
    'a session of a role by condition',
    [
      allow({
        Principal: { AWS: `arn:aws:sts::${OWN}:assumed-role/ci/x` },
        Condition: { ArnEquals: { 'aws:PrincipalArn': ci } },
      }),
    ],
    [`own:arn:aws:sts::${OWN}:assumed-role/ci/x`],
  ],
  [
    'a session of another role by condition',
    [
      allow({
        Principal: { AWS: `arn:aws:sts::${OWN}:assumed-role/ci/x` },
        Condition: { ArnEquals: { 'aws:PrincipalArn': dev } },
      }),
    ],
    [],
  ],
  [
    'an IAM principal under a service-only key',
    [
      allow({
        Principal: { AWS: EVIL },
        Condition: { StringEquals: { 'aws:SourceAccount': OWN } },
      }),
    ],
    [],
  ],
  ['a statement without Principal', [{ Effect: 'Allow', Action: '*' }], ['anyone?']],
  ['NotPrincipal of everybody', [{ Effect: 'Allow', NotPrincipal: '*', Action: '*' }], ['anyone?']],
];

const denials: readonly Row[] = [
  [
    'of a literal asterisk is no Deny of the pattern',
    [
      allow({ Condition: { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/x*` } } }),
      unless('StringEquals', 'aws:PrincipalArn', `arn:aws:iam::${OWN}:role/x*`),
    ],
    [`own:arn:aws:iam::${OWN}:role/x*`],
  ],
  [
    'of all but an account may spare a canonical user',
    [
      allow({ Principal: { CanonicalUser: 'ab12' } }),
      { Effect: 'Deny', NotPrincipal: { AWS: OWN }, Action: 'ecr:*' },
    ],
    ['canonical-user:ab12'],
  ],
  [
    'of all but a canonical user may spare an account',
    [
      allow({ Principal: { AWS: [ci, EVIL] } }),
      { Effect: 'Deny', NotPrincipal: { CanonicalUser: 'ab12' }, Action: 'ecr:*' },
    ],
    [`foreign:${EVIL}`, `own:${ci}`],
  ],
  [
    'of all but a service takes a canonical user',
    [
      allow({ Principal: { CanonicalUser: 'ab12' } }),
      { Effect: 'Deny', NotPrincipal: { Service: codebuild }, Action: 'ecr:*' },
    ],
    [],
  ],
  [
    'of the same account',
    [allow({ Principal: { AWS: [OWN, EVIL] } }), deny({ Principal: { AWS: EVIL } })],
    [`own:${OWN}`],
  ],
  [
    'of an account takes its roles',
    [allow({ Principal: { AWS: [ci, EVIL] } }), deny({ Principal: { AWS: OWN } })],
    [`foreign:${EVIL}`],
  ],
  [
    'of a role leaves its account',
    [allow({ Principal: { AWS: OWN } }), deny({ Principal: { AWS: ci } })],
    [`own:${OWN}`],
  ],
  [
    'of one account leaves everybody else',
    [allow(), deny({ Principal: { AWS: EVIL } })],
    ['anyone'],
  ],
  [
    'of a service',
    [allow({ Principal: { Service: codebuild } }), deny({ Principal: { Service: codebuild } })],
    [],
  ],
  [
    'of another service',
    [
      allow({ Principal: { Service: codebuild } }),
      deny({ Principal: { Service: 'x.amazonaws.com' } }),
    ],
    [`${codebuild} for anybody`],
  ],
  [
    'of all but one role',
    [allow(), { Effect: 'Deny', NotPrincipal: { AWS: [ci] }, Action: 'ecr:*' }],
    [`own:${ci}`],
  ],
  [
    'of all but one role, of its account',
    [
      allow({ Principal: { AWS: [OWN, EVIL] } }),
      { Effect: 'Deny', NotPrincipal: { AWS: ci }, Action: 'ecr:*' },
    ],
    [`own:${ci}`],
  ],
  [
    'of all but an account spares its roles',
    [
      allow({ Principal: { AWS: [ci, EVIL] } }),
      { Effect: 'Deny', NotPrincipal: { AWS: OWN }, Action: 'ecr:*' },
    ],
    [`own:${ci}`],
  ],
  [
    'of all but one role under a condition',
    [
      allow(),
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: ci },
        Action: 'ecr:*',
        Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0own' } },
      },
    ],
    ['anyone from vpce-0own', `own:${ci}`],
  ],
  [
    'of some of the actions',
    [allow(), deny({ Action: ['ecr:DeleteRepository', 'ecr:BatchGetImage'] })],
    ['anyone'],
  ],
  [
    'of all actions but one',
    [allow(), { Effect: 'Deny', Principal: '*', NotAction: 'ecr:PutImage' }],
    ['anyone'],
  ],
  [
    'of all actions but another',
    [allow(), { Effect: 'Deny', Principal: '*', NotAction: 'ecr:BatchGetImage' }],
    [],
  ],
  [
    'outside an organization leaves a foreign account only as its member',
    [allow({ Principal: { AWS: EVIL } }), unless('StringNotEquals', 'aws:PrincipalOrgID', OWN_ORG)],
    [`foreign:${EVIL} in ${OWN_ORG}`],
  ],
  [
    'outside an organization takes services',
    [
      allow({ Principal: { Service: codebuild } }),
      unless('StringNotEquals', 'aws:PrincipalOrgID', OWN_ORG),
    ],
    [],
  ],
  [
    'outside two organizations in turn',
    [
      allow(),
      unless('StringNotEquals', 'aws:PrincipalOrgID', OWN_ORG, 'o-b'),
      unless('StringNotEquals', 'aws:PrincipalOrgID', 'o-b', 'o-c'),
    ],
    ['other-org:o-b'],
  ],
  [
    'outside two networks in turn',
    [
      allow(),
      unless('NotIpAddress', 'aws:SourceIp', '203.0.112.0/20', '8.8.8.8'),
      unless('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'),
    ],
    ['anyone from 203.0.113.0/24'],
  ],
  [
    'except two overlapping sets of roles',
    [
      allow(),
      unless('ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::${OWN}:role/c*`),
      unless('ArnNotLike', 'aws:PrincipalArn', ci, dev),
    ],
    [`own:${ci}`],
  ],
  [
    'of a role wins over exempting it',
    [
      allow(),
      unless('ArnNotLike', 'aws:PrincipalArn', ci, dev),
      unless('ArnEquals', 'aws:PrincipalArn', ci),
    ],
    [`own:${dev}`],
  ],
  ['on this repository', [allow(), deny({ Resource: `arn:aws:ecr:*:${OWN}:repository/app` })], []],
  [
    'on another repository',
    [allow(), deny({ Resource: `arn:aws:ecr:*:${OWN}:repository/other` })],
    ['anyone'],
  ],
  [
    'on a repository named by a variable',
    [allow(), deny({ Resource: `arn:aws:ecr:*:${OWN}:repository/\${aws:username}` })],
    ['anyone?'],
  ],
  ['on an incomplete ARN', [allow(), deny({ Resource: 'arn:aws:ecr:*' })], ['anyone?']],
  [
    'on every resource but this one',
    [allow(), { ...deny(), NotResource: `arn:aws:ecr:eu-west-1:${OWN}:repository/app` }],
    ['anyone'],
  ],
  [
    'on every resource but another one',
    [allow(), { ...deny(), NotResource: `arn:aws:ecr:eu-west-1:${OWN}:repository/other` }],
    [],
  ],
  [
    'that cannot be told',
    [allow({ Principal: { AWS: EVIL } }), unless('StringEquals', 'ecr:Mystery', 'on')],
    [`foreign:${EVIL}?`],
  ],
];

describe('who is let in', () => {
  test.each(principals)('%s', (_title, statements, who) => {
    expect(words(access(...statements))).toEqual(who);
  });
});

describe('a Deny', () => {
  test.each(denials)('%s', (_title, statements, who) => {
    expect(words(access(...statements))).toEqual(who);
    expect(words(access(...statements.toReversed()))).toEqual(who);
  });

  test('in one policy beats an Allow in another', () => {
    const split = scene(
      policy(unless('StringNotEquals', 'aws:PrincipalOrgID', OWN_ORG)),
      policy(allow()),
    );
    expect(words(accessGranted(split, PUSH))).toEqual([`own-org:${OWN_ORG}`]);
  });
});

/** The shape of AWS's own samples for a repository inside a data perimeter. */
const perimeter = [
  deny({
    Action: '*',
    Condition: {
      StringNotEqualsIfExists: {
        'aws:PrincipalOrgID': OWN_ORG,
        'aws:PrincipalTag/dp:exclude:identity': 'true',
      },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  }),
  deny({
    Action: '*',
    Condition: {
      NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24'] },
      StringNotEqualsIfExists: {
        'aws:SourceVpc': ['vpc-0own'],
        'aws:PrincipalTag/dp:exclude:network': 'true',
      },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
      ArnNotLikeIfExists: { 'aws:PrincipalArn': [`arn:aws:iam::${OWN}:role/aws-service-role/*`] },
    },
  }),
  deny({
    Action: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': OWN_ORG },
      Null: { 'aws:SourceArn': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    },
  }),
];

describe('evidence', () => {
  test('a full data perimeter with tag exemptions is open to whoever tags itself', () => {
    const { anyAccount } = access(allow(), ...perimeter);
    expect(anyAccount).toBe('yes');
  });

  test('without tag exemptions it is not', () => {
    const text = JSON.stringify(perimeter).replaceAll(/,"aws:PrincipalTag[^}]*/g, '');
    const { anyAccount, grantees } = access(allow(), ...JSON.parse(text));
    expect(anyAccount).toBe('no');
    const own = (one: (typeof grantees)[number]) => one.kind === 'organization' && one.own === true;
    expect(
      grantees.every((one) => own(one) || one.kind === 'service' || one.kind === 'principal'),
    ).toBe(true);
  });

  test('a grantee names its policy, statement, Sid and actions', () => {
    const first = policy(deny({ Principal: { AWS: EVIL } }));
    const second = policy(
      deny({ Action: 's3:*' }),
      allow({ Sid: 'Partner', Principal: { AWS: PARTNER } }),
    );
    const actions = ['ecr:PutImage', 's3:GetObject', 'ecr:InitiateLayerUpload'];
    expect(accessGranted(scene(first, second), actions).grantees).toEqual([
      {
        kind: 'account',
        id: PARTNER,
        own: false,
        statement: { policy: 1, statement: 2, sid: 'Partner' },
        actions: ['ecr:PutImage', 'ecr:InitiateLayerUpload'],
        members: null,
        userIds: null,
        from: null,
        undecided: [],
      },
    ]);
  });

  test('an undecided grantee says why', () => {
    const Condition = {
      StringEquals: { 'ecr:ResourceTag/open': 'yes', 'aws:PrincipalTag/team': 'ci' },
    };
    const undecided = (account: string) =>
      access(allow({ Principal: { AWS: account }, Condition })).grantees[0]?.undecided;
    const tag = "'ecr:resourcetag/open': depends on the request";
    expect(undecided(OWN)).toEqual([tag, "depends on 'aws:principaltag/team'"]);
    // Another account tags its principals as it likes.
    expect(undecided(EVIL)).toEqual([tag]);
  });

  test('an organization is own, another, or not known to be either', () => {
    const document = policy(
      allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } } }),
    );
    const own = [OWN_ORG, 'o-else', null, undefined].map((organization) => {
      const home = { account: OWN, organization };
      const [grantee] = accessGranted({ ...scene(document), home }, PUSH).grantees;
      return grantee?.kind === 'organization' ? grantee.own : 'none';
    });
    expect(own).toEqual([true, false, false, undefined]);
  });

  test('an action granted without doubt keeps no doubt of another', () => {
    const doubtful = allow({ Action: PULL, Condition: { StringEquals: { 'x:y': 'z' } } });
    expect(
      accessGranted(scene(policy(doubtful, allow({ Action: PUSH }))), [...PULL, ...PUSH])
        .anyAccount,
    ).toBe('yes');
    expect(accessGranted(scene(policy(doubtful)), [...PULL, ...PUSH]).anyAccount).toBe('maybe');
  });
});
