/** A small world: every kind of caller, network and resource, and random policies about them. */

import type { Grantee, Network } from '../../../src/aws-policy/grantee.ts';
import { fc } from '../../support/search.ts';
import { glob, type Readings, type Request } from './concrete.ts';
import {
  EVIL,
  EVIL_ORG,
  type Json,
  OWN,
  OWN_ORG,
  PARTNER,
  PARTNER_ORG,
  REPOSITORY,
} from './policy.ts';

const accounts = [OWN, PARTNER, EVIL];
const orgs = [OWN_ORG, PARTNER_ORG, EVIL_ORG];
const services = ['codebuild.amazonaws.com', 'inspector2.amazonaws.com'];
const unique = 'AROAOWNROLE0000000CI';

interface Caller {
  readonly arns: readonly string[];
  readonly account: string | null;
  readonly service: string | null;
  readonly context: readonly (readonly [string, readonly string[]])[];
}

const names = ['role/ci', 'role/dev', 'user/eve'];

function person(
  account: string,
  org: string | null,
  name: string,
  tag: string | null,
  run = 'build',
): Caller {
  const arn = `arn:aws:iam::${account}:${name}`;
  const session = `arn:aws:sts::${account}:assumed-role/${name.split('/').at(-1)}/${run}`;
  const id =
    account === OWN && name === 'role/ci'
      ? unique
      : `AROA${account}${name.slice(5, 8).toUpperCase()}0`;
  return {
    arns: [arn, session],
    account,
    service: null,
    context: [
      ['aws:principalarn', [arn]],
      ['aws:principalaccount', [account]],
      ['aws:principaltype', ['AssumedRole']],
      ['aws:userid', [name.startsWith('user/') ? `AIDA${account}EVE0` : `${id}:${run}`]],
      ['aws:principalisawsservice', ['false']],
      ...(org === null
        ? []
        : ([
            ['aws:principalorgid', [org]],
            [
              'aws:principalorgpaths',
              [`${org}/r-${org === 'o-stranger00' ? 'else' : 'root'}/ou-team/`],
            ],
          ] as const)),
      ...(tag === null ? [] : ([['aws:principaltag/team', [tag]]] as const)),
    ],
  };
}

function machine(service: string, source: string | null): Caller {
  const org = source === OWN ? OWN_ORG : source === PARTNER ? PARTNER_ORG : null;
  return {
    arns: [],
    account: null,
    service,
    context: [
      ['aws:principalisawsservice', ['true']],
      ['aws:principalservicename', [service]],
      ['aws:principalaccount', ['000000000000']],
      ['aws:principalarn', ['arn:aws:iam::000000000000:role/service']],
      ['aws:userid', ['AROA000000000000SVC0:service']],
      ...(source === null
        ? []
        : ([
            ['aws:sourceaccount', [source]],
            ['aws:sourcearn', [`arn:aws:codebuild:eu-west-1:${source}:project/app`]],
          ] as const)),
      ...(org === null
        ? []
        : ([
            ['aws:sourceorgid', [org]],
            ['aws:sourceorgpaths', [`${org}/r-root/`]],
          ] as const)),
    ],
  };
}

/** Callers of accounts that are not ours: one the policies may name, and two they never do. */
export const outsiders: readonly Caller[] = [
  ...[EVIL_ORG, null].map((org) => ({ account: EVIL, org, names })),
  ...['o-stranger00', null].map((org) => ({ account: '888888888888', org, names })),
  { account: '777777777777', org: null, names: [`role/spoof:iam::${OWN}:role/ci`] },
].flatMap(({ account, org, names: all }) =>
  all.flatMap((name) =>
    ['ci', 'other', 'third', null].flatMap((tag) =>
      ['build', 'night'].map((run) => person(account, org, name, tag, run)),
    ),
  ),
);
const insiders: readonly Caller[] = [
  ...names
    .slice(0, 2)
    .flatMap((name) => [null, 'ci'].map((tag) => person(OWN, OWN_ORG, name, tag))),
  person(PARTNER, PARTNER_ORG, 'role/ci', null),
  person(PARTNER, OWN_ORG, 'role/dev', 'ci'),
];
const machines = services.flatMap((name) =>
  [...accounts, null].map((source) => machine(name, source)),
);

export const networks: readonly (readonly (readonly [string, readonly string[]])[])[] = [
  [['aws:sourceip', ['203.0.113.7']]],
  [['aws:sourceip', ['8.8.8.8']]],
  [['aws:sourceip', ['200.1.2.3']]],
  [
    ['aws:sourcevpce', ['vpce-0own']],
    ['aws:sourcevpc', ['vpc-0own']],
    ['aws:vpceaccount', [OWN]],
    ['aws:vpceorgid', [OWN_ORG]],
    ['aws:vpcsourceip', ['10.0.0.1']],
  ],
  [
    ['aws:sourcevpce', ['vpce-0evil']],
    ['aws:sourcevpc', ['vpc-0evil']],
    ['aws:vpceaccount', [EVIL]],
    ['aws:vpcsourceip', ['10.0.0.1']],
  ],
  [
    ['aws:sourcevpce', ['vpce-0other']],
    ['aws:sourcevpc', ['vpc-0other']],
    ['aws:vpceaccount', ['888888888888']],
    ['aws:vpceorgid', ['o-stranger00']],
    ['aws:vpcsourceip', ['192.168.0.1']],
  ],
  [],
];

export const sessions = ['true', 'false', null].flatMap((mfa) =>
  [true, false].map((via): readonly (readonly [string, readonly string[]])[] => [
    ['aws:securetransport', ['true']],
    ['aws:viaawsservice', [String(via)]],
    ['aws:requestedregion', ['eu-west-1']],
    ['aws:resourceaccount', [OWN]],
    ...(mfa === null ? [] : ([['aws:multifactorauthpresent', [mfa]]] as const)),
  ]),
);

type Pairs = readonly (readonly [string, readonly string[]])[];

export function request(caller: Caller, action: string, ...facts: readonly Pairs[]): Request {
  return {
    ...caller,
    action,
    resource: REPOSITORY,
    context: new Map([...caller.context, ...facts.flat()]),
  };
}

const actions = ['ecr:PutImage', 'ecr:BatchGetImage'];

const callers = [...outsiders, ...insiders, ...machines];
const mysteries: readonly Pairs[] = [[], [['ecr:mystery', ['on']]], [['ecr:mystery', ['off']]]];
const choices = [callers, actions, networks, sessions, mysteries].map(({ length }) => length);
const requests = new Map<number, Request>();

/** Of all requests there can be in this world the one of this number. Each is made once: they are many. */
function requestOf(number: number): Request {
  const known = requests.get(number);
  if (known !== undefined) return known;
  let rest = number;
  const [caller = 0, action = 0, network = 0, session = 0, mystery = 0] = choices.map((length) => {
    const choice = rest % length;
    rest = Math.floor(rest / length);
    return choice;
  });
  const made = request(
    callers[caller] as Caller,
    actions[action] as string,
    networks[network] ?? [],
    sessions[session] ?? [],
    mysteries[mystery] ?? [],
  );
  requests.set(number, made);
  return made;
}

/** Sixty requests, each as likely as any other. */
export const anyRequests: fc.Arbitrary<readonly Request[]> = fc
  .array(fc.noBias(fc.nat(choices.reduce((product, length) => product * length) - 1)), {
    minLength: 60,
    maxLength: 60,
  })
  .map((numbers) => numbers.map(requestOf));

export const anyReadings: fc.Arbitrary<Readings> = fc.record({
  forAllNegatedWhenMissing: fc.boolean(),
  forAnyNegatedWhenMissing: fc.boolean(),
  forAnyIfExistsWhenMissing: fc.boolean(),
  accountSparesMembers: fc.boolean(),
  wideResources: fc.boolean(),
});

const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

const valuesOf: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalOrgID': [...orgs, 'o-*', '*', 'o-own*', `\${aws:ResourceOrgID}`],
  'aws:PrincipalOrgPaths': [`${OWN_ORG}/*`, `${PARTNER_ORG}/r-root/*`, 'o-*/r-root/*', '*'],
  'aws:PrincipalAccount': [...accounts, '*', '1111*', '????????????', `\${aws:ResourceAccount}`],
  'aws:PrincipalArn': [
    role(OWN, 'ci'),
    role(OWN, '*'),
    role(OWN, 'c*'),
    role(PARTNER, 'dev'),
    role(EVIL, 'ci'),
    role('*', 'ci'),
    role('*', '*'),
    `arn:aws*:iam::${OWN}:role/ci`,
    `arn:aws:iam::${OWN}*`,
    `arn:aws:iam::${OWN.slice(0, 6)}*:role/ci`,
    '*',
    '*role/ci',
  ],
  'aws:userid': [`${unique}:*`, `${unique}:build`, '*', '*:build', 'AROA*'],
  'aws:PrincipalIsAWSService': ['true', 'false'],
  'aws:PrincipalServiceName': [...services, '*', '*.amazonaws.com'],
  'aws:PrincipalTag/team': ['ci', 'other'],
  'aws:SourceAccount': [...accounts, '*'],
  'aws:SourceArn': [
    `arn:aws:codebuild:eu-west-1:${OWN}:project/app`,
    `arn:aws:codebuild:*:${OWN}:*`,
    '*',
  ],
  'aws:SourceOrgID': [...orgs, 'o-*'],
  'aws:SourceOrgPaths': [`${OWN_ORG}/*`, '*'],
  'aws:SourceVpce': ['vpce-0own', 'vpce-0evil', 'vpce-*', '*'],
  'aws:SourceVpc': ['vpc-0own', 'vpc-0evil', 'vpc-*'],
  'aws:VpceAccount': [OWN, EVIL],
  'aws:VpceOrgID': [OWN_ORG, '*'],
  'aws:SourceIp': [
    '203.0.113.0/24',
    '8.8.8.8',
    '0.0.0.0/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '::/0',
    '2001:db8::/32',
  ],
  'aws:VpcSourceIp': ['10.0.0.0/8'],
  'aws:SecureTransport': ['true', 'false'],
  'aws:MultiFactorAuthPresent': ['true', 'false'],
  'aws:ViaAWSService': ['true', 'false'],
  'aws:RequestedRegion': ['eu-west-1', 'us-*', '*'],
  'ecr:Mystery': ['on', 'off'],
};

const text = ['String', 'StringNot'].flatMap((start) =>
  ['Equals', 'EqualsIgnoreCase', 'Like'].map((end) => `${start}${end}`),
);
const arn = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'];
const flags = /IsAWSService|Secure|MultiFactor|ViaAWS/;

function operatorsFor(key: string): readonly string[] {
  if (/ip$/i.test(key)) return ['IpAddress', 'NotIpAddress'];
  if (flags.test(key)) return ['Bool', 'Bool', 'StringEquals', 'StringNotEquals'];
  return /Arn$/.test(key) ? [...arn, ...text] : text;
}

type Block = readonly [operator: string, key: string, values: readonly string[]];

function blockOn(key: string): fc.Arbitrary<Block> {
  const modified = fc
    .tuple(
      fc.constantFrom('', '', '', '', 'ForAllValues:', 'ForAnyValue:'),
      fc.constantFrom(...operatorsFor(key)),
      fc.constantFrom('', '', '', 'IfExists'),
    )
    .map((parts) => parts.join(''));
  const values = fc.uniqueArray(fc.constantFrom(...(valuesOf[key] ?? [])), {
    minLength: 1,
    maxLength: 3,
  });
  const compared = fc.tuple(modified, fc.constant(key), values);
  const present = fc.tuple(
    fc.constant('Null'),
    fc.constant(key),
    fc.constantFrom(['true'], ['false']),
  );
  return fc.oneof({ weight: 7, arbitrary: compared }, { weight: 1, arbitrary: present });
}

/** A few keys for a whole policy, so that its statements speak of the same things. */
const someKeys = fc.oneof(
  fc.subarray(Object.keys(valuesOf), { minLength: 1, maxLength: 3 }),
  fc.constantFrom(...Object.keys(valuesOf)).map((key) => [key]),
  fc.constant(Object.keys(valuesOf)),
);

function conditionOf(blocks: readonly Block[]): Json {
  const names = [...new Set(blocks.map(([name]) => name))];
  const keysOf = (name: string) => blocks.filter(([other]) => other === name);
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(keysOf(name).map(([, key, values]) => [key, values])),
    ]),
  );
}

const anyName = fc.oneof(
  fc.constantFrom(...accounts).map((id) => ({ AWS: id })),
  fc.constantFrom(...accounts).map((id) => ({ AWS: [`arn:aws:iam::${id}:root`] })),
  fc.constantFrom(...accounts).map((id) => ({ AWS: [role(id, 'ci'), role(OWN, 'dev')] })),
  fc.constantFrom(...accounts).map((id) => ({ AWS: `arn:aws:sts::${id}:assumed-role/ci/build` })),
  fc.constantFrom(...services).map((name) => ({ Service: name })),
  fc.constant({ AWS: [OWN, role(PARTNER, 'ci')], Service: services }),
);

const anyPrincipal: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<Json>({ Principal: '*' }, { Principal: { AWS: '*' } }) },
  { weight: 4, arbitrary: anyName.map((Principal) => ({ Principal })) },
  { weight: 1, arbitrary: anyName.map((NotPrincipal) => ({ NotPrincipal })) },
);

const anyAction: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  { Action: '*' },
  { Action: 'ecr:*' },
  { Action: ['ECR:put*', 'ecr:GetAuthorizationToken'] },
  { Action: 'ecr:BatchGetImage' },
  { NotAction: 'ecr:DeleteRepository' },
  { NotAction: 'ecr:Put*' },
);

const anyResource: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Json>({}) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Json>(
      { Resource: '*' },
      { Resource: REPOSITORY },
      { Resource: `arn:aws:ecr:*:${OWN}:repository/*` },
      { Resource: `arn:aws:ecr:eu-west-1:${OWN}:repository/a??` },
      { Resource: 'arn:aws:ecr' },
      { Resource: 'arn:aws:ecr:*' },
      { Resource: `arn:aws:ecr:eu-west-1:${OWN}:repository/other` },
      { Resource: `arn:aws:ecr:eu-west-1:\${aws:PrincipalAccount}:repository/*` },
      { NotResource: `arn:aws:ecr:eu-west-1:${OWN}:repository/other` },
      { NotResource: REPOSITORY },
      { NotResource: 'arn:aws:ecr:*' },
    ),
  },
);

/** A statement of one kind, whose conditions, if any, are about these keys. */
function statementOn(effect: 'Allow' | 'Deny', keys: readonly string[]): fc.Arbitrary<Json> {
  const blocks = fc.uniqueArray(fc.constantFrom(...keys).chain(blockOn), {
    maxLength: 3,
    selector: ([name, key]) => `${name} ${key}`,
  });
  return fc
    .tuple(anyPrincipal, anyAction, anyResource, blocks)
    .map(([principal, action, resource, conditions]) => ({
      Effect: effect,
      ...principal,
      ...action,
      ...resource,
      ...(conditions.length === 0 ? {} : { Condition: conditionOf(conditions) }),
    }));
}

export const anyStatements: fc.Arbitrary<readonly Json[]> = someKeys
  .chain((keys) =>
    fc.tuple(
      fc.array(statementOn('Allow', keys), { minLength: 1, maxLength: 2 }),
      fc.array(statementOn('Deny', keys), { maxLength: 3 }),
    ),
  )
  .map((both) => both.flat());

export const anyDeny: fc.Arbitrary<Json> = someKeys.chain((keys) => statementOn('Deny', keys));
export const anyAllow: fc.Arbitrary<Json> = someKeys.chain((keys) => statementOn('Allow', keys));

/** Is the concrete request among those a grantee stands for? */
export function isCovered(one: Grantee, { arns, account, service, context }: Request): boolean {
  const first = (key: string) => context.get(key)?.[0];
  const org = first('aws:principalorgid');
  if (one.members !== null && !one.members.some((id) => id === org)) return false;
  if (one.from !== null && !comesFrom(one.from, context)) return false;
  const user = first('aws:userid') ?? '';
  if (one.userIds !== null && !one.userIds.some((id) => glob(id, user))) return false;
  switch (one.kind) {
    case 'any-account':
      return true;
    case 'organization':
      return one.id === org;
    case 'account':
      return one.id === account;
    case 'principal':
      return one.account === account && arns.some((name) => glob(one.arn, name));
    case 'user-id':
      return glob(one.id, user);
    case 'service': {
      if (service === null || (one.name !== '*' && one.name !== service)) return false;
      if (one.sources === null) return true;
      const { accounts: ids, arns: patterns, organizations } = one.sources;
      return (
        (ids.length === 0 || ids.includes(first('aws:sourceaccount') ?? '')) &&
        (patterns.length === 0 || patterns.some((p) => glob(p, first('aws:sourcearn') ?? ''))) &&
        (organizations.length === 0 || organizations.includes(first('aws:sourceorgid') ?? ''))
      );
    }
    case 'federated':
    case 'canonical-user':
    case 'deleted-principal':
      return false;
  }
}

export function comesFrom(
  network: Network,
  context: ReadonlyMap<string, readonly string[]>,
): boolean {
  const has = (key: string, values: readonly string[]) =>
    values.length === 0 || values.includes(context.get(key)?.[0] ?? '');
  const address = context.get('aws:sourceip')?.[0] ?? '';
  const near = network.ranges.some((range) =>
    address === '203.0.113.7' ? range.startsWith('203.') : range === address,
  );
  return (
    has('aws:sourcevpce', network.vpces) &&
    has('aws:sourcevpc', network.vpcs) &&
    has('aws:vpceaccount', network.endpointAccounts) &&
    has('aws:vpceorgid', network.endpointOrganizations) &&
    (network.ranges.length === 0 || near)
  );
}

const severalOrGiven = /Paths|ViaAWS|Secure|Requested|Mystery|PrincipalA|userid|PrincipalIsAWS/;

/** A condition on a key with one value, whose operator is not negated. */
export const singleValued: fc.Arbitrary<Block> = fc
  .constantFrom(...Object.keys(valuesOf).filter((key) => !severalOrGiven.test(key)))
  .chain((key) =>
    fc.tuple(
      fc.constantFrom(...operatorsFor(key).filter((name) => !name.includes('Not'))),
      fc.constant(key),
      fc.uniqueArray(fc.constantFrom(...(valuesOf[key] ?? [])), { minLength: 1, maxLength: 3 }),
    ),
  )
  .map(([operator, key, values]): Block => [operator, key, values]);
