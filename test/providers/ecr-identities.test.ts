import { beforeAll, describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/aws/estate.ts';
import type { Identity } from '../../src/model/identity.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';

const OWN = '123456789012';
const iam = `arn:aws:iam::${OWN}`;
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, Resource: unknown = '*') =>
  document({ Effect: 'Allow', Action, Resource });
const trust = (Principal: object) =>
  document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });

type Iam = NonNullable<Estate['iam']>;

const harmless = document({ Effect: 'Deny', Principal: '*', Action: 'ecr:DeleteRepository' });
const account = {
  users: {
    alice: { inline: { push: allow('ecr:*') } },
    bob: { inline: { keys: allow('iam:CreateAccessKey', `${iam}:user/alice`) } },
    carol: { inline: { assume: allow('sts:AssumeRole', `${iam}:role/ci-push`) } },
    dave: { inline: { builds: allow('codebuild:StartBuild') } },
    erin: { inline: { functions: allow(['iam:PassRole', 'lambda:CreateFunction']) } },
    frank: { inline: { writes: allow('iam:PutUserPolicy') } },
    grace: { inline: { trust: allow('iam:UpdateAssumeRolePolicy', `${iam}:role/ci-push`) } },
    heidi: { inline: { assume: allow('sts:AssumeRole', `${iam}:role/other`) } },
    ivan: { inline: { alchemy: allow('ecr:TransmuteImage') } },
    judy: { inline: { read: allow('ecr:DescribeImages') } },
  },
  roles: {
    'ci-push': { inline: { push: allow('ecr:PutImage') }, trust: trust({ AWS: `${iam}:root` }) },
    'ci-build': {
      inline: { push: allow('ecr:PutImage') },
      trust: trust({ Service: 'codebuild.amazonaws.com' }),
    },
    other: { trust: trust({ AWS: `${iam}:root` }) },
  },
};

const { ivan: _ivan, ...withoutNew } = account.users;

async function scanned(
  policies: Readonly<Record<string, object>>,
  people: Iam = { ...account, users: withoutNew },
) {
  const good = await scenario('all-good');
  const repositories = Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [name, { policy }]),
  );
  const here = { ...good.regions['eu-west-1'], registry: {}, repositories };
  return scanEstate(
    {
      ...good,
      iam: { ...good.iam, ...people },
      regions: { 'eu-west-1': here },
    },
    { address: `${OWN}/eu-west-1` },
  );
}

type Scanned = Awaited<ReturnType<typeof scanned>>;

/** `alice: push`, by the last part of the name and how it is done. */
function listed({ findings }: Scanned, check: string, repository: string): string[] {
  const found = findings.find((one) => one.check === check && one.repository === repository);
  const [rest] = found !== undefined && 'evidence' in found ? found.evidence : [];
  const identities = (rest === undefined ? [] : rest.value) as readonly Identity[];
  return identities.map(({ name, via }) => `${name.split('/').at(-1)}: ${via}`);
}

describe('detours to pushing', () => {
  let scan: Scanned;
  beforeAll(async () => {
    scan = await scanned({
      open: harmless,
    });
  });

  test('whoever can act as somebody who pushes can push', () => {
    expect(listed(scan, 'push-limited-to-ci', 'open').sort()).toEqual([
      'alice: inline push',
      'bob: iam:CreateAccessKey for alice',
      'carol: sts:AssumeRole of ci-push',
      'ci-build: inline push',
      'ci-push: inline push',
      'dave: codebuild:StartBuild with ci-build',
      'grace: iam:UpdateAssumeRolePolicy of ci-push',
    ]);
  });

  test('whoever writes policies of IAM is an administrator', () => {
    const found = scan.findings.find(({ check }) => check === 'admins-few');
    expect(found?.message).toContain('administrators: 2,');
    const administrators = JSON.stringify(found);
    for (const name of ['alice', 'frank']) expect(administrators).toContain(`user/${name}`);
  });

  test('writes of IAM that reach few identities are ways to any right too', async () => {
    const own = (kind: string, action: string) => allow(action, `${iam}:${kind}/\${aws:username}`);
    const users = {
      self: { inline: { writes: own('user', 'iam:PutUserPolicy') } },
      version: { attached: ['pets'] },
      grouped: { groups: ['team'] },
      joiner: { inline: { joins: allow('iam:AddUserToGroup', `${iam}:group/pushers`) } },
      pusher: { groups: ['pushers'] },
      maker: {
        inline: {
          takes: allow('sts:AssumeRole', `${iam}:role/other`),
          writes: allow('iam:AttachRolePolicy', `${iam}:role/other`),
        },
      },
      taker: { inline: { takes: allow('sts:AssumeRole', `${iam}:role/master`) } },
      stranger: { inline: { writes: allow('iam:PutUserPolicy', `${iam}:user/nobody-here`) } },
      keys: { inline: { keys: own('user', 'iam:CreateAccessKey') } },
    };
    const groups = {
      team: { inline: { writes: allow('iam:PutGroupPolicy', `${iam}:group/team`) } },
      pushers: { inline: { push: allow('ecr:PutImage') } },
    };
    const trusting = trust({ AWS: `${iam}:root` });
    const roles = {
      other: { trust: trusting },
      master: { inline: { iam: allow('iam:*') }, trust: trusting },
    };
    const policies = { pets: allow('iam:CreatePolicyVersion', `${iam}:policy/pets`) };
    const found = await scanned({ app: harmless }, { users, groups, roles, policies });
    expect(listed(found, 'push-limited-to-ci', 'app').sort()).toEqual([
      'joiner: iam:AddUserToGroup like pusher',
      'maker: sts:AssumeRole of other, whose rights it writes',
      'pusher: inline push',
      'taker: sts:AssumeRole of master',
    ]);
    const administrators = found.findings.find(({ check }) => check === 'admins-few');
    expect(administrators?.message).toContain('administrators: 4,');
    for (const name of ['user/self', 'user/version', 'user/grouped', 'role/master'])
      expect(JSON.stringify(administrators)).toContain(`${iam}:${name}`);
  });

  test('a boundary binds nobody who may lift it', async () => {
    const own = `${iam}:user/\${aws:username}`;
    const push = allow('ecr:*');
    const users = {
      bound: { boundary: 'reading', inline: { push } },
      lifting: { boundary: 'lifting', inline: { push, lift: allow('iam:*', own) } },
      replacing: {
        boundary: 'replacing',
        inline: { push, lift: allow('iam:PutUserPermissionsBoundary', own) },
      },
      other: {
        boundary: 'lifting',
        inline: { push, lift: allow('iam:DeleteUserPermissionsBoundary', `${iam}:user/bound`) },
      },
    };
    const policies = {
      reading: allow('ecr:Describe*'),
      lifting: allow(['ecr:Describe*', 'iam:DeleteUserPermissionsBoundary']),
      replacing: allow(['ecr:Describe*', 'iam:PutUserPermissionsBoundary']),
    };
    const found = await scanned({ app: harmless }, { users, policies, roles: {}, groups: {} });
    expect(listed(found, 'push-limited-to-ci', 'app').sort()).toEqual([
      'lifting: inline push, inline lift',
      'replacing: inline push, inline lift',
    ]);
  });

  test('passing a role needs a service that the role trusts', async () => {
    const roles = {
      deploy: {
        inline: { push: allow('ecr:PutImage') },
        trust: trust({ Service: 'lambda.amazonaws.com' }),
      },
    };
    const passing = await scanned({ app: harmless }, { users: withoutNew, roles });
    expect(listed(passing, 'push-limited-to-ci', 'app')).toContain(
      'erin: iam:PassRole and lambda:CreateFunction with deploy',
    );
    expect(listed(passing, 'push-limited-to-ci', 'app').join()).not.toContain('dave');
  });

  test('an action that is not known leaves the list known in part', async () => {
    const { findings } = await scanned({ app: harmless }, account);
    const found = findings.find(({ check }) => check === 'push-limited-to-ci');
    expect(found?.missing).toMatchObject([
      { why: 'inconclusive', detail: expect.stringContaining('ecr:transmuteimage') },
    ]);
  });
});

describe('a Deny is decided for an identity whose ARN is known', () => {
  const deny = (operator: string, values: unknown, key = 'aws:PrincipalArn') =>
    document({
      Effect: 'Deny',
      Principal: '*',
      Action: 'ecr:PutImage',
      Condition: { [operator]: { [key]: values } },
    });
  const rows: Readonly<Record<string, object>> = {
    'arn-not-like': deny('ArnNotLike', 'arn:aws:iam::*:role/ci-*'),
    'string-not-like': deny('StringNotLike', 'arn:aws:iam::*:role/ci-*'),
    'string-not-like-suffix': deny('StringNotLike', '*/ci-*'),
    'not-equals-ignoring-case': deny('StringNotEqualsIgnoreCase', [
      `${iam}:ROLE/ci-push`,
      `${iam}:role/CI-build`,
    ]),
    'for-any-value': deny('ForAnyValue:StringNotLike', '*/ci-*'),
    'if-exists': deny('ArnNotLikeIfExists', 'arn:aws:iam::*:role/ci-*'),
    'by-type': deny('StringNotEquals', 'AssumedRole', 'aws:PrincipalType'),
    'by-name': deny('Null', 'false', 'aws:username'),
  };
  let scan: Scanned;
  beforeAll(async () => {
    scan = await scanned(rows, {
      users: { alice: { inline: { push: allow('ecr:*') } } },
      roles: account.roles,
    });
  });

  test.each(Object.keys(rows))('%s leaves the roles of CI alone', (name) => {
    expect(listed(scan, 'push-limited-to-ci', name).sort()).toEqual([
      'ci-build: inline push',
      'ci-push: inline push',
    ]);
  });

  test('a Deny that hangs on the request lists whom it may spare', async () => {
    const byTag = { app: deny('StringNotEquals', 'ci', 'aws:PrincipalTag/team') };
    const found = listed(await scanned(byTag), 'push-limited-to-ci', 'app');
    expect(found).toContain('alice: inline push');
  });
});
