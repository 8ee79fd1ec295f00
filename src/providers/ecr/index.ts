import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { ecrOptions } from './options.ts';
import { expand } from './organization.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/** Amazon Elastic Container Registry: private registries of an account, and its ECR Public repositories. */
export const provider = defineProvider({
  id: 'ecr',
  // ECR throttles each operation by itself.
  concurrency: 25,
  title: 'Amazon ECR',
  addresses: ['ecr', 'ecr://ACCOUNT/REGION', 'ecr://ACCOUNT/public', 'ecr://organization[/OU]'],
  operations,
  provides,
  listing: ({ repository }) => [
    'GetCallerIdentity',
    'DescribeRegions',
    ...(repository.size > 0 ? (['DescribeRepositories'] as const) : []),
    ...(repository.has('publicPull') ? (['DescribePublicRepositories'] as const) : []),
  ],
  leastPrivilege,
  // Endpoints of every partition (AWS service endpoints; the SDK's partitions.json).
  credentialHosts: {
    vendor: [
      'amazonaws.com',
      'amazonaws.com.cn',
      'amazonaws.eu',
      'api.aws',
      'api.amazonwebservices.com.cn',
      'api.amazonwebservices.eu',
      'c2s.ic.gov',
      'sc2s.sgov.gov',
      'cloud.adc-e.uk',
      'csp.hci.ic.gov',
      'api.aws.ic.gov',
      'api.aws.scloud',
      'api.cloud-aws.adc-e.uk',
      'api.aws.hci.ic.gov',
    ],
    // EC2, load balancers, gateways, functions, buckets, and endpoints of other people's services.
    rented: ['compute', 'elb', 'execute-api', 'lambda-url', 's3', 's3-website', 'cloudfront'],
    addressIsHost: false,
  },
  permissionFile: 'least-privilege.json',
  commands,
  options: ecrOptions,
  open,
  expand,
  outside,
  fixes,
});
