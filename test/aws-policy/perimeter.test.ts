import { describe, expect, test } from 'vitest';
import { deniedExcept, denies, networkBound } from '../../src/aws-policy/perimeter.ts';
import {
  allow,
  deny,
  type Json,
  OWN,
  OWN_ORG,
  PARTNER,
  PUSH,
  policy,
  scene,
} from './support/policy.ts';

const role = (name: string) => `arn:aws:iam::${OWN}:role/${name}`;
const place = (...statements: readonly Json[]) => scene(policy(...statements));
const unless = (Condition: Json, more: Json = {}) => deny({ ...more, Condition });
const notArn = (...arns: string[]) => unless({ ArnNotLike: { 'aws:PrincipalArn': arns } });
const exempt = (...arns: string[]) => arns.map((arn) => ({ arn, broad: false }));

describe('push is denied except to', () => {
  const proven: readonly (readonly [string, readonly Json[], unknown])[] = [
    ['nobody', [deny()], []],
    ['listed roles', [allow(), notArn(role('ci'), role('cd'))], exempt(role('ci'), role('cd'))],
    [
      'roles under StringNotEquals',
      [unless({ StringNotEquals: { 'aws:PrincipalArn': [role('ci')] } })],
      exempt(role('ci')),
    ],
    [
      'roles under StringNotLikeIfExists',
      [unless({ StringNotLikeIfExists: { 'aws:PrincipalArn': role('ci') } })],
      exempt(role('ci')),
    ],
    ['roles with a name prefix', [notArn(role('ci-*'))], exempt(role('ci-*'))],
    ['roles on a path', [notArn(role('ci/*'))], exempt(role('ci/*'))],
    ['every role', [notArn(role('*'))], [{ arn: role('*'), broad: true }]],
    ['every role that ends so', [notArn(role('*-ci'))], [{ arn: role('*-ci'), broad: true }]],
    [
      'the people of Identity Center',
      [notArn(role('aws-reserved/sso.amazonaws.com/*'))],
      [{ arn: role('aws-reserved/sso.amazonaws.com/*'), broad: true }],
    ],
    [
      'every role made for a service',
      [notArn(role('service-role/*'))],
      [{ arn: role('service-role/*'), broad: true }],
    ],
    [
      'one role on that path',
      [notArn(role('service-role/codebuild-app'))],
      exempt(role('service-role/codebuild-app')),
    ],
    [
      'a whole account',
      [unless({ StringNotEquals: { 'aws:PrincipalAccount': PARTNER } })],
      [{ arn: `arn:aws:iam::${PARTNER}:root`, broad: true }],
    ],
    [
      'a whole account by ARN',
      [notArn(`arn:aws:iam::${OWN}:*`)],
      [{ arn: `arn:aws:iam::${OWN}:root`, broad: true }],
    ],
    ['the root user', [notArn(`arn:aws:iam::${OWN}:root`)], exempt(`arn:aws:iam::${OWN}:root`)],
    [
      'NotPrincipal',
      [{ Effect: 'Deny', NotPrincipal: { AWS: role('ci') }, Action: '*' }],
      exempt(role('ci')),
    ],
    [
      'NotPrincipal with its account',
      [{ Effect: 'Deny', NotPrincipal: { AWS: [role('ci'), OWN] }, Action: '*' }],
      [...exempt(role('ci')), { arn: `arn:aws:iam::${OWN}:root`, broad: true }],
    ],
    [
      'what two statements have in common',
      [notArn(role('ci'), role('cd')), notArn(role('c*'), role('x'))],
      exempt(role('ci'), role('cd')),
    ],
    [
      'what is left of them after a Deny',
      [notArn(role('ci'), role('cd')), deny({ Principal: { AWS: role('cd') } })],
      exempt(role('ci')),
    ],
    [
      'the same on the repository',
      [{ ...notArn(role('ci')), Resource: `arn:aws:ecr:*:${OWN}:repository/*` }],
      exempt(role('ci')),
    ],
  ];

  test.each(proven)('%s', (_title, statements, list) => {
    expect(deniedExcept(place(...statements), 'ecr:PutImage')).toEqual(list);
  });

  const unproven: readonly (readonly [string, readonly Json[]])[] = [
    ['no Deny', [allow()]],
    ['a Deny of another action', [{ ...notArn(role('ci')), Action: 'ecr:DeleteRepository' }]],
    [
      'a Deny on another repository',
      [{ ...notArn(role('ci')), Resource: `arn:aws:ecr:*:${OWN}:repository/x` }],
    ],
    ['a Deny to some only', [{ ...notArn(role('ci')), Principal: { AWS: OWN } }]],
    ['a role of any account', [notArn('arn:aws:iam::*:role/ci')]],
    ['every ARN', [notArn('*')]],
    [
      'a further condition',
      [
        unless({
          ArnNotLike: { 'aws:PrincipalArn': role('ci') },
          Bool: { 'aws:MultiFactorAuthPresent': 'false' },
        }),
      ],
    ],
    [
      'a further unknown condition',
      [unless({ ArnNotLike: { 'aws:PrincipalArn': role('ci') }, StringEquals: { 'x:y': 'z' } })],
    ],
    [
      'a further exemption of services',
      [
        unless({
          ArnNotLike: { 'aws:PrincipalArn': role('ci') },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        }),
      ],
    ],
    [
      'ForAnyValue',
      [unless({ 'ForAnyValue:StringNotEquals': { 'aws:PrincipalArn': role('ci') } })],
    ],
    [
      'ForAllValues',
      [unless({ 'ForAllValues:StringNotEquals': { 'aws:PrincipalArn': role('ci') } })],
    ],
    ['a variable', [unless({ StringNotEquals: { 'aws:PrincipalArn': `\${aws:PrincipalTag/x}` } })]],
    ['a positive operator', [unless({ ArnLike: { 'aws:PrincipalArn': role('ci') } })]],
    ['an organization', [unless({ StringNotEquals: { 'aws:PrincipalOrgID': OWN_ORG } })]],
    [
      'a service spared by NotPrincipal',
      [
        {
          Effect: 'Deny',
          NotPrincipal: { AWS: role('ci'), Service: 'x.amazonaws.com' },
          Action: '*',
        },
      ],
    ],
  ];

  test.each(unproven)('not proven: %s', (_title, statements) => {
    expect(deniedExcept(place(...statements), 'ecr:PutImage')).toBeNull();
  });
});

describe('the network is bound', () => {
  const none = { services: false, viaServices: false, principals: [] };
  const empty = {
    vpces: [],
    vpcs: [],
    ranges: [],
    endpointAccounts: [],
    endpointOrganizations: [],
    exempt: none,
  };
  const proven: readonly (readonly [string, readonly Json[], Json])[] = [
    [
      'to endpoints',
      [unless({ StringNotEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } })],
      { vpces: ['vpce-1', 'vpce-2'] },
    ],
    [
      'to a VPC',
      [unless({ StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } })],
      { vpcs: ['vpc-1'] },
    ],
    [
      'to ranges',
      [unless({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
      { ranges: ['203.0.113.0/24'] },
    ],
    [
      'to endpoints of an owner',
      [unless({ StringNotEquals: { 'aws:VpceAccount': OWN } })],
      { endpointAccounts: [OWN] },
    ],
    [
      'to a range or a VPC',
      [
        unless({
          NotIpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' },
          StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' },
        }),
      ],
      { ranges: ['203.0.113.0/24'], vpcs: ['vpc-1'] },
    ],
    [
      'to a VPC and one of its endpoints',
      [
        unless({ StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }),
        unless({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      ],
      { vpces: ['vpce-1'] },
    ],
    [
      'but for services',
      [
        unless({
          StringNotEquals: { 'aws:SourceVpce': 'vpce-1' },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        }),
      ],
      { vpces: ['vpce-1'], exempt: { ...none, services: true } },
    ],
    [
      'but for calls through services',
      [
        unless({
          StringNotEquals: { 'aws:SourceVpce': 'vpce-1' },
          BoolIfExists: { 'aws:ViaAWSService': 'false' },
        }),
      ],
      { vpces: ['vpce-1'], exempt: { ...none, viaServices: true } },
    ],
    [
      'but for a role',
      [
        unless({
          StringNotEquals: { 'aws:SourceVpce': 'vpce-1' },
          ArnNotEquals: { 'aws:PrincipalArn': role('admin') },
        }),
      ],
      { vpces: ['vpce-1'], exempt: { ...none, principals: exempt(role('admin')) } },
    ],
  ];

  test.each(proven)('%s', (_title, statements, bound) => {
    expect(networkBound(place(allow(), ...statements), PUSH)).toEqual({ ...empty, ...bound });
  });

  const unproven: readonly (readonly [string, readonly Json[]])[] = [
    [
      'an Allow from an endpoint',
      [allow({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
    ],
    ['any endpoint', [unless({ StringNotLike: { 'aws:SourceVpce': 'vpce-*' } })]],
    ['an endpoint, whichever', [unless({ Null: { 'aws:SourceVpce': 'true' } })]],
    [
      'all addresses in two halves',
      [unless({ NotIpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } })],
    ],
    ['half of all addresses', [unless({ NotIpAddress: { 'aws:SourceIp': '0.0.0.0/1' } })]],
    [
      'a range, or an endpoint of anybody',
      [
        unless({
          NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
          Null: { 'aws:SourceVpce': 'true' },
        }),
      ],
    ],
    [
      'a Deny to an account',
      [unless({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Principal: { AWS: OWN } })],
    ],
    [
      'a tag as exemption',
      [unless({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalTag/x': 'y' } })],
    ],
    [
      'another action',
      [
        unless(
          { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
          { Action: 'ecr:BatchGetImage' },
        ),
      ],
    ],
    ['a Deny from everywhere', [deny()]],
  ];

  test.each(unproven)('not proven: %s', (_title, statements) => {
    expect(networkBound(place(...statements), PUSH)).toBeNull();
  });

  test('for every one of the actions', () => {
    const one = unless({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Action: PUSH });
    const other = unless(
      { NotIpAddress: { 'aws:SourceIp': '8.8.8.8' } },
      { Action: 'ecr:BatchGetImage' },
    );
    const both = [...PUSH, 'ecr:BatchGetImage'];
    expect(networkBound(place(one), both)).toBeNull();
    expect(networkBound(place(one, other), both)).toEqual({
      ...empty,
      vpces: ['vpce-1'],
      ranges: ['8.8.8.8'],
    });
    expect(networkBound(place(one), [])).toBeNull();
  });
});

describe('deletion is denied', () => {
  const actions = ['ecr:DeleteRepository', 'ecr:BatchDeleteImage'];
  const rows: readonly (readonly [string, boolean, ...Json[]])[] = [
    ['to everybody', true, deny({ Action: actions })],
    ['by wildcard', true, allow(), deny({ Action: 'ecr:*Delete*' })],
    [
      'in two statements',
      true,
      deny({ Action: actions[0] }),
      deny({ Principal: { AWS: '*' }, Action: actions[1] }),
    ],
    ['by NotAction', true, { Effect: 'Deny', Principal: '*', NotAction: 'ecr:BatchGetImage' }],
    ['in part', false, deny({ Action: actions[0] })],
    ['to an account', false, deny({ Action: actions, Principal: { AWS: OWN } })],
    ['under a condition', false, unless({ StringNotEquals: { 'aws:PrincipalOrgID': OWN_ORG } })],
    ['to all but one', false, { Effect: 'Deny', NotPrincipal: { AWS: role('x') }, Action: '*' }],
    ['elsewhere', false, deny({ Resource: `arn:aws:ecr:eu-west-1:${OWN}:repository/x` })],
    ['by no statement', false, allow()],
  ];

  test.each(rows.map(([title, denied, ...statements]) => ({ title, denied, statements })))(
    '$title',
    ({ denied, statements }) => {
      expect(denies(place(...statements), actions)).toBe(denied);
    },
  );

  test('of no action at all is no protection', () => {
    expect(denies(place(deny()), [])).toBe(false);
  });
});
