/** What several conditions and denials leave together, one rule of the narrowing a row. */
import { describe, expect, test } from 'vitest';
import { identityAllows } from '../../src/aws-policy/identity.ts';
import {
  access,
  allow,
  deny,
  EVIL,
  EVIL_ORG,
  type Json,
  OWN,
  OWN_ORG,
  PARTNER,
  PARTNER_ORG,
  policy,
  REPOSITORY,
  words,
} from './support/policy.ts';

const role = (name: string, account = OWN) => `arn:aws:iam::${account}:role/${name}`;
const session = (name: string) => `arn:aws:sts::${OWN}:assumed-role/${name}/x`;
const named = (AWS: unknown, Condition?: Json) =>
  allow(Condition === undefined ? { Principal: { AWS } } : { Principal: { AWS }, Condition });
const services = (Service: unknown, more: Json = {}) => allow({ Principal: { Service }, ...more });
const refuse = (Condition: Json) => deny({ Condition });
const spare = (NotPrincipal: Json) => ({ Effect: 'Deny', NotPrincipal, Action: 'ecr:*' });
const build = 'codebuild.amazonaws.com';
const other = 'x.amazonaws.com';
const org = 'aws:PrincipalOrgID';
const arn = 'aws:PrincipalArn';

type Row = readonly [title: string, who: readonly string[], ...statements: Json[]];

const rows: readonly Row[] = [
  // A key is there or it is not.
  [
    'Null of true and false',
    ['anyone?'],
    allow({ Condition: { Null: { [org]: ['true', 'false'] } } }),
  ],
  [
    'absent, then of any value',
    [],
    allow({ Condition: { Null: { [org]: 'true' }, StringLike: { [org]: 'o-*' } } }),
  ],
  [
    'of any value, then absent',
    [],
    allow({ Condition: { StringLike: { [org]: 'o-*' }, Null: { [org]: 'true' } } }),
  ],
  [
    'absent, then of one value',
    [],
    allow({ Condition: { Null: { [org]: 'true' }, StringEquals: { [org]: OWN_ORG } } }),
  ],
  [
    'of one value, then absent',
    [],
    allow({ Condition: { StringEquals: { [org]: OWN_ORG }, Null: { [org]: 'true' } } }),
  ],
  [
    'an address, and some endpoint',
    ['anyone?'],
    allow({
      Condition: {
        IpAddress: { 'aws:SourceIp': '0.0.0.0/0' },
        StringLike: { 'aws:SourceVpce': 'vpce-*' },
      },
    }),
  ],
  [
    'some endpoint, and an address',
    ['anyone?'],
    allow({
      Condition: {
        StringLike: { 'aws:SourceVpc': 'vpc-*' },
        IpAddress: { 'aws:SourceIp': '0.0.0.0/0' },
      },
    }),
  ],
  [
    'some endpoint, and not an address, which it has not',
    ['anyone'],
    allow({
      Condition: {
        StringLike: { 'aws:SourceVpc': 'vpc-*' },
        NotIpAddress: { 'aws:SourceIp': '8.8.8.8' },
      },
    }),
  ],
  [
    'one endpoint, and another',
    [],
    allow({
      Condition: {
        StringEquals: { 'aws:SourceVpce': 'vpce-1' },
        StringLike: { 'aws:SourceVpce': 'vpce-2' },
      },
    }),
  ],
  [
    'with MFA, and without',
    [],
    allow({
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        StringEquals: { 'aws:MultiFactorAuthPresent': 'false' },
      },
    }),
  ],
  [
    'a tag, and another value of it',
    ['anyone?'],
    allow({
      Condition: {
        StringEquals: { 'aws:PrincipalTag/x': 'a' },
        StringLike: { 'aws:PrincipalTag/x': 'b' },
      },
    }),
  ],
  [
    'a token claim of nobody in particular',
    ['anyone?'],
    allow({ Condition: { StringEquals: { 'gitlab.com:sub': 'x' } } }),
  ],

  // Services have no account, and nobody else has sources.
  [
    'members that are services',
    [],
    allow({
      Condition: {
        StringEquals: { [org]: OWN_ORG },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
    }),
  ],
  [
    'services that are members',
    [],
    allow({
      Condition: {
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
        StringEquals: { [org]: OWN_ORG },
      },
    }),
  ],
  [
    'a user id that is a service',
    [],
    allow({
      Condition: {
        StringLike: { 'aws:userid': 'AROAEXAMPLEEXAMPLE01:*' },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
    }),
  ],
  [
    'an account that is a service',
    [],
    named(OWN, { Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
  ],
  [
    'a service that is none',
    [],
    services(build, { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } }),
  ],
  [
    'a service denied as a member',
    [`${build} for anybody`],
    services(build),
    refuse({ StringEquals: { [org]: EVIL_ORG } }),
  ],
  [
    'a service denied as an account',
    [`${build} for anybody`],
    services(build),
    refuse({ StringEquals: { 'aws:PrincipalAccount': EVIL } }),
  ],
  [
    'services by name',
    [`${build} for anybody`],
    services([build, other], {
      Condition: { StringEquals: { 'aws:PrincipalServiceName': build } },
    }),
  ],
  [
    'a canonical user by service name',
    ['canonical-user:ab'],
    allow({
      Principal: { CanonicalUser: 'ab' },
      Condition: { StringEquals: { 'aws:PrincipalServiceName': build } },
    }),
  ],
  [
    'a source ARN by pattern and by name',
    [build],
    services(build, {
      Condition: {
        ArnLike: { 'aws:SourceArn': `arn:aws:codebuild:*:${OWN}:*` },
        StringEquals: { 'aws:SourceArn': `arn:aws:codebuild:eu-west-1:${OWN}:project/a` },
      },
    }),
  ],
  [
    'a source ARN of two accounts',
    [],
    services(build, {
      Condition: {
        ArnLike: { 'aws:SourceArn': `arn:aws:codebuild:*:${OWN}:*` },
        StringEquals: { 'aws:SourceArn': `arn:aws:codebuild:eu-west-1:${EVIL}:project/a` },
      },
    }),
  ],

  [
    'a service, denied to members',
    [`${build} for anybody`],
    services(build),
    refuse({ Null: { [org]: 'false' } }),
  ],
  [
    'a service, if no member',
    [`${build} for anybody`],
    services(build, { Condition: { Null: { [org]: 'true' } } }),
  ],
  [
    'a session by one of several roles',
    [`own:${session('ci')}`],
    named(session('ci'), { ArnEquals: { [arn]: [role('dev'), role('ci')] } }),
  ],
  ['all but another service', [], services(build), spare({ Service: other })],

  // A Deny takes out whom it surely matches.
  ['of any account', [], named(OWN), refuse({ StringLike: { 'aws:PrincipalAccount': '*' } })],
  [
    'of one of two accounts',
    [`foreign:${PARTNER}`],
    named([OWN, PARTNER]),
    refuse({ StringEquals: { 'aws:PrincipalAccount': [OWN, EVIL] } }),
  ],
  [
    'of the account of a role',
    [`foreign:${role('x', PARTNER)}`],
    named([role('ci'), role('x', PARTNER)]),
    refuse({ StringEquals: { 'aws:PrincipalAccount': [OWN, EVIL] } }),
  ],
  [
    'of one of two organizations',
    [`own-org:${OWN_ORG}`],
    allow({ Condition: { StringEquals: { [org]: [OWN_ORG, PARTNER_ORG] } } }),
    refuse({ StringEquals: { [org]: PARTNER_ORG } }),
  ],
  [
    'of both organizations',
    [],
    allow({ Condition: { StringEquals: { [org]: [OWN_ORG, PARTNER_ORG] } } }),
    refuse({ StringEquals: { [org]: [PARTNER_ORG, OWN_ORG] } }),
  ],
  [
    'of an organizational unit',
    [`own-org:${OWN_ORG}?`],
    allow({ Condition: { StringEquals: { [org]: OWN_ORG } } }),
    refuse({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` } }),
  ],
  [
    'of a role in another case',
    [`own:${role('ci')}`],
    named(role('ci')),
    refuse({ StringEquals: { [arn]: role('CI') } }),
  ],
  [
    'of a role name in any account',
    [`own:${role('ci')}?`],
    named(role('ci')),
    refuse({ ArnLike: { [arn]: role('ci', '*') } }),
  ],
  [
    'of two accounts by name',
    [`own:${OWN}`],
    named([EVIL, OWN]),
    deny({ Principal: { AWS: [PARTNER, EVIL] } }),
  ],
  [
    'of a session leaves its role',
    [`own:${role('ci')}`],
    named(role('ci')),
    deny({ Principal: { AWS: session('ci') } }),
  ],
  ['without a Principal', [`own:${OWN}?`], named(OWN), { Effect: 'Deny', Action: '*' }],
  [
    'of the same provider',
    [],
    allow({ Principal: { Federated: 'a.example' } }),
    deny({ Principal: { Federated: 'a.example' } }),
  ],
  [
    'of another provider',
    ['a.example any subject'],
    allow({ Principal: { Federated: 'a.example' } }),
    deny({ Principal: { Federated: 'b.example' } }),
  ],
  [
    'of the same canonical user',
    [],
    allow({ Principal: { CanonicalUser: 'ab' } }),
    deny({ Principal: { CanonicalUser: 'ab' } }),
  ],
  [
    'of another canonical user',
    ['canonical-user:ab'],
    allow({ Principal: { CanonicalUser: 'ab' } }),
    deny({ Principal: { CanonicalUser: 'cd' } }),
  ],
  [
    'of the same deleted principal',
    [],
    named('AROAEXAMPLEEXAMPLE01'),
    deny({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE01' } }),
  ],
  [
    'of another deleted principal',
    ['deleted-principal:AROAEXAMPLEEXAMPLE01'],
    named('AROAEXAMPLEEXAMPLE01'),
    deny({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE02' } }),
  ],

  // NotPrincipal spares no more than it names.
  [
    'all but a role of a pattern',
    [`own:${role('ci')}`],
    allow({ Condition: { ArnLike: { [arn]: role('c*') } } }),
    spare({ AWS: role('ci') }),
  ],
  [
    'all but a role outside a pattern',
    [],
    allow({ Condition: { ArnLike: { [arn]: role('x*') } } }),
    spare({ AWS: role('ci') }),
  ],
  [
    'all but a session of the role',
    [`own:${session('ci')}`],
    named(role('ci')),
    spare({ AWS: session('ci') }),
  ],
  ['all but a session of another role', [], named(role('ci')), spare({ AWS: session('dev') })],
  [
    'all but the role of a session',
    [`own:${session('ci')}`],
    named(session('ci')),
    spare({ AWS: [role('dev'), role('ci')] }),
  ],
  [
    'all but one service',
    [`${build} for anybody`],
    services([build, other]),
    spare({ Service: build }),
  ],
  [
    'all but one service, of any',
    [`${build} for anybody`],
    allow({ Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }),
    spare({ Service: build }),
  ],
  ['all but an account, of services', [], services(build), spare({ AWS: OWN })],
  ['all but everybody', [`own:${OWN}`], named(OWN), spare({ AWS: '*' })],
  [
    'an Allow to all but everybody and one',
    ['anyone?'],
    { Effect: 'Allow', NotPrincipal: { AWS: [EVIL, '*'] }, Action: '*' },
  ],

  // ARNs and ids, literal and not.
  [
    'an account by a pattern of it',
    [`own:${OWN}`],
    named([OWN, EVIL], { ArnLike: { [arn]: [`arn:aws:iam::${OWN}:*`, role('x', PARTNER)] } }),
  ],
  [
    'roles by a pattern of their account',
    [`own:${role('ci')}`],
    named([role('ci'), role('ci', EVIL)], {
      ArnLike: { [arn]: [`arn:aws:iam::${OWN}:*`, role('x', PARTNER)] },
    }),
  ],
  [
    'an account by any ARN',
    [`foreign:${EVIL}`],
    named(EVIL, { ArnLike: { [arn]: 'arn:aws:iam::*:*' } }),
  ],
  [
    'an account by question marks',
    [`foreign:${EVIL}`],
    named(EVIL, { StringLike: { 'aws:PrincipalAccount': '?'.repeat(12) } }),
  ],
  [
    'an account by a role name',
    [`foreign:${EVIL}`],
    named(EVIL, { ArnLike: { [arn]: role('ci', '*') } }),
  ],
  [
    'an account id behind a wildcard',
    ['anyone?'],
    allow({ Condition: { StringLike: { [arn]: `*:${OWN}:role/ci` } } }),
  ],
  [
    'part of an account id',
    ['anyone?'],
    allow({ Condition: { ArnLike: { [arn]: role('ci', '1111*') } } }),
  ],
  [
    'an ARN pattern without case',
    ['anyone?'],
    allow({ Condition: { StringEqualsIgnoreCase: { [arn]: role('c*') } } }),
  ],
  ['no ARN at all', ['anyone?'], allow({ Condition: { StringEquals: { [arn]: 'ci' } } })],
  [
    'a user id without case',
    ['anyone?'],
    allow({ Condition: { StringEqualsIgnoreCase: { 'aws:userid': 'AROAEXAMPLEEXAMPLE01' } } }),
  ],
  [
    'part of a user id',
    ['anyone?'],
    allow({ Condition: { StringLike: { 'aws:userid': 'AROA*' } } }),
  ],
];

describe('what is left', () => {
  const table = rows.map(([title, who, ...statements]) => ({ title, who, statements }));

  test.each(table)('$title', ({ who, statements }) => {
    expect(words(access(...statements))).toEqual(who);
    expect(words(access(...statements.toReversed()))).toEqual(who);
  });

  test('a public identity provider may let anybody in, an own one may not', () => {
    const federated = (Federated: string) => access(allow({ Principal: { Federated } })).anyAccount;
    expect(federated('accounts.google.com')).toBe('maybe');
    expect(federated(`arn:aws:iam::${OWN}:oidc-provider/gitlab.com`)).toBe('no');
    expect(access(services(build)).anyAccount).toBe('no');
  });

  test('a user id says which users of an account', () => {
    const userId = 'AROAEXAMPLEEXAMPLE01:*';
    const Condition = { StringLike: { 'aws:userid': userId } };
    const [account] = access(named(OWN, Condition)).grantees;
    expect([account?.kind, account?.userIds]).toEqual(['account', [userId]]);
    const [anybody] = access(allow({ Condition })).grantees;
    expect([anybody?.kind, anybody?.userIds]).toEqual(['user-id', null]);
  });
});

describe('an identity and resources it can only perhaps reach', () => {
  const ask = (resource: string, ...statements: Json[]) => {
    const written = statements.map((one) => ({ Effect: 'Allow', Action: 'ecr:*', ...one }));
    return identityAllows([policy(...written)], { action: 'ecr:PutImage', resource });
  };
  const all = REPOSITORY.replace('/app', '/*');
  const mine = `arn:aws:ecr:eu-west-1:${OWN}:repository/\${aws:username}`;

  test.each([
    ['one of several patterns', REPOSITORY, { Resource: [mine, 'arn:aws:s3:::x'] }, 'maybe'],
    ['all but a variable', REPOSITORY, { NotResource: mine }, 'maybe'],
    ['all but a variable, of several', all, { NotResource: mine }, 'maybe'],
    ['all but one, of several', all, { NotResource: REPOSITORY }, 'yes'],
    ['all but all, of several', all, { NotResource: all }, 'no'],
    ['an incomplete name that is no ARN', REPOSITORY, { Resource: 'ecr:*' }, 'no'],
  ])('%s', (_title, resource, statement, allows) => {
    expect(ask(resource, statement).allows).toBe(allows);
  });

  test.each([
    ['Null', 'aws:ResourceAccount', 'true', 'no'],
    ['Null', 'aws:ResourceAccount', 'false', 'yes'],
    ['Null', 'aws:ResourceAccount', ['true', 'false'], 'maybe'],
    ['NumericEquals', 'aws:ResourceAccount', OWN, 'yes'],
    ['Bool', 'aws:SecureTransport', 'True', 'maybe'],
    ['Bool', 'aws:SecureTransport', 'true', 'yes'],
    ['StringEquals', 'aws:RequestedRegion', 'eu-west-1', 'yes'],
    ['StringEquals', 'aws:RequestedRegion', `\${aws:PrincipalTag/x}`, 'maybe'],
  ])('under %s %s %j', (operator, key, value, allows) => {
    const statement = { Resource: '*', Condition: { [operator]: { [key]: value } } };
    expect(ask(REPOSITORY, statement).allows).toBe(allows);
  });

  test('a region with a wildcard is not known', () => {
    const anywhere = REPOSITORY.replace('eu-west-1', '*');
    const Condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    expect(ask(anywhere, { Resource: '*', Condition }).allows).toBe('maybe');
  });

  test('the widest of several statements counts', () => {
    const tagged = { Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } };
    expect(ask(REPOSITORY, tagged, { Resource: REPOSITORY })).toMatchObject({
      allows: 'yes',
      reach: 'every',
    });
  });
});
