import { AwsError } from '../aws-error.ts';
import { type Handlers, textOf } from '../handler.ts';
import { ecrPaging, type Paging, page } from '../page.ts';
import { accessKeyOf } from '../session.ts';

const organizationsPaging: Paging = {
  size: 'MaxResults',
  token: 'NextToken',
  most: 20,
  usual: 20,
  refusal: 'InvalidInputException',
};

/** Services of the account, independent of the region: caller identity, organisation, public images. */
export const account: Handlers = {
  'sts:GetCallerIdentity': (_, { estate }) => ({
    Arn: estate.caller,
    UserId: 'AROAEXAMPLE:audit',
    Account: estate.account,
  }),
  'sts:AssumeRole': (input, { estate }) => {
    const role = textOf(input, 'RoleArn');
    const account = role.split(':')[4] ?? '';
    const entered = estate.organization?.accounts?.find(({ id }) => id === account);
    if (entered?.refuses === true)
      throw new AwsError(
        'AccessDenied',
        `User: ${estate.caller} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
      );
    const seconds = Number(input['DurationSeconds'] ?? 3600);
    return {
      AssumedRoleUser: {
        AssumedRoleId: `AROAEXAMPLE:${textOf(input, 'RoleSessionName')}`,
        Arn: role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/'),
      },
      Credentials: {
        AccessKeyId: entered === undefined ? 'ASIADEMO' : accessKeyOf(account),
        SecretAccessKey: 'demo',
        SessionToken: 'demo',
        Expiration: `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`,
      },
    };
  },
  'organizations:ListAccounts': (input, { estate, partition }) => {
    const { id, managementAccount, accounts = [] } = estate.organization ?? {};
    const { entries, next } = page(input, accounts, organizationsPaging, estate);
    return {
      Accounts: entries.map((account) => ({
        Id: account.id,
        Arn: `arn:${partition}:organizations::${managementAccount}:account/${id}/${account.id}`,
        Name: `account ${account.id}`,
        State: account.state,
        Paths: account.paths,
      })),
      NextToken: next,
    };
  },
  'organizations:DescribeOrganization': (_, { estate, partition }) => {
    const { organization } = estate;
    if (organization === undefined) {
      throw new AwsError(
        'AWSOrganizationsNotInUseException',
        'Your account is not a member of an organization.',
      );
    }
    const { id, managementAccount } = organization;
    const prefix = `arn:${partition}:organizations::${managementAccount}`;
    return {
      Organization: {
        Id: id,
        Arn: `${prefix}:organization/${id}`,
        FeatureSet: 'ALL',
        MasterAccountArn: `${prefix}:account/${id}/${managementAccount}`,
        MasterAccountId: managementAccount,
        MasterAccountEmail: 'cloud@example.com',
      },
    };
  },
  'ecr-public:DescribeRepositories': (input, { estate, partition }) => {
    const all = Object.entries(estate.publicRepositories ?? {});
    const { entries, next } = page(input, all, ecrPaging, estate);
    return {
      repositories: entries.map(([repositoryName, { createdAt }]) => ({
        repositoryArn: `arn:${partition}:ecr-public::${estate.account}:repository/${repositoryName}`,
        registryId: estate.account,
        repositoryName,
        repositoryUri: `public.ecr.aws/example/${repositoryName}`,
        createdAt,
      })),
      nextToken: next,
    };
  },
};
