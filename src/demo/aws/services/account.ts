import { AwsError } from '../aws-error.ts';
import { type Handlers, textOf } from '../handler.ts';
import { ecrPaging, page } from '../page.ts';

/** Services of the account, independent of the region: caller identity, organisation, public images. */
export const account: Handlers = {
  'sts:GetCallerIdentity': (_, { estate }) => ({
    Arn: estate.caller,
    UserId: 'AROAEXAMPLE:audit',
    Account: estate.account,
  }),
  'sts:AssumeRole': (input) => {
    const role = textOf(input, 'RoleArn');
    const seconds = Number(input['DurationSeconds'] ?? 3600);
    return {
      AssumedRoleUser: {
        AssumedRoleId: `AROAEXAMPLE:${textOf(input, 'RoleSessionName')}`,
        Arn: role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/'),
      },
      Credentials: {
        AccessKeyId: 'ASIADEMO',
        SecretAccessKey: 'demo',
        SessionToken: 'demo',
        Expiration: `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`,
      },
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
