import type { SdkCall } from '../../support/aws/sdk.ts';
import { account } from './repositories.ts';

const managed = 'arn:aws:iam::aws:policy';

/** A pipeline, administrators who sign in through Identity Center, readers, and a user of the old kind. */
export async function createIdentities(call: SdkCall): Promise<void> {
  await createRole(call, 'ci-github', {
    Effect: 'Allow',
    Principal: {
      Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
    },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:example/shop:ref:refs/heads/main',
      },
    },
  });
  await call('iam:PutRolePolicy', {
    RoleName: 'ci-github',
    PolicyName: 'push-images',
    PolicyDocument: document({
      Effect: 'Allow',
      Action: ['ecr:PutImage', 'ecr:InitiateLayerUpload'],
      Resource: `arn:aws:ecr:*:${account}:repository/*`,
    }),
  });
  const administrators = 'AWSReservedSSO_AdministratorAccess_0a1b2c3d4e5f6789';
  await createRole(
    call,
    administrators,
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account}:saml-provider/AWSSSO_0a1b2c3d4e5f6789` },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    },
    '/aws-reserved/sso.amazonaws.com/eu-west-1/',
  );
  await attach(call, 'Role', administrators, 'AdministratorAccess');
  await createRole(call, 'readers', {
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  await attach(call, 'Role', 'readers', 'AmazonEC2ContainerRegistryReadOnly');

  await call('iam:CreateUser', { UserName: 'anna' });
  await call('iam:CreateLoginProfile', { UserName: 'anna', Password: 'not-a-real-one' });
  await call('iam:CreateAccessKey', { UserName: 'anna' });
  await attach(call, 'User', 'anna', 'AmazonEC2ContainerRegistryPowerUser');
  // The report is made when it is asked for, and there at the next call.
  await call('iam:GenerateCredentialReport');
  await call('iam:GenerateCredentialReport');
}

async function createRole(
  call: SdkCall,
  RoleName: string,
  trust: object,
  Path = '/',
): Promise<void> {
  await call('iam:CreateRole', { RoleName, Path, AssumeRolePolicyDocument: document(trust) });
}

async function attach(
  call: SdkCall,
  kind: 'Role' | 'User',
  name: string,
  policy: string,
): Promise<void> {
  await call(`iam:Attach${kind}Policy`, {
    [`${kind}Name`]: name,
    PolicyArn: `${managed}/${policy}`,
  });
}

function document(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
