// The yardstick: the very calls a scan makes, by the SDKs alone, at the same concurrency.
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventDataStoreCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
} from '@aws-sdk/client-cloudtrail';
import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import { DescribeRepositoriesCommand, ECRPUBLICClient } from '@aws-sdk/client-ecr-public';
import {
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  BatchGetAccountStatusCommand,
  GetConfigurationCommand,
  Inspector2Client,
} from '@aws-sdk/client-inspector2';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetSigningProfileCommand, SignerClient } from '@aws-sdk/client-signer';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const concurrency = Number(process.argv[2]);
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const agent = { keepAlive: true, maxSockets: concurrency };
const config = { requestHandler: new NodeHttpHandler({ httpAgent: agent }) };
const client = new ecr.ECRClient(config);
const around = [
  [STSClient, GetCallerIdentityCommand, {}],
  [IAMClient, GetAccountAuthorizationDetailsCommand, { MaxItems: 1000 }],
  [IAMClient, GetCredentialReportCommand, {}],
  [EC2Client, DescribeVpcEndpointsCommand, {}],
  [CloudTrailClient, DescribeTrailsCommand, {}],
  [CloudTrailClient, GetTrailStatusCommand, { Name: 'organization' }],
  [CloudTrailClient, GetEventSelectorsCommand, { TrailName: 'organization' }],
  [CloudTrailClient, ListEventDataStoresCommand, {}],
  [CloudTrailClient, GetEventDataStoreCommand, { EventDataStore: 'audit' }],
  [Inspector2Client, BatchGetAccountStatusCommand, { accountIds: ['123456789012'] }],
  [Inspector2Client, GetConfigurationCommand, {}],
  [SignerClient, GetSigningProfileCommand, { profileName: 'images' }],
  [KMSClient, DescribeKeyCommand, { KeyId: 'registry-images' }],
  [ECRPUBLICClient, DescribeRepositoriesCommand, {}],
  [ecr.ECRClient, ecr.DescribeRegistryCommand, {}],
  [ecr.ECRClient, ecr.GetRegistryPolicyCommand, {}],
  [ecr.ECRClient, ecr.GetRegistryScanningConfigurationCommand, {}],
  [ecr.ECRClient, ecr.GetSigningConfigurationCommand, {}],
  [ecr.ECRClient, ecr.GetAccountSettingCommand, { name: 'REGISTRY_POLICY_SCOPE' }],
  [ecr.ECRClient, ecr.DescribePullThroughCacheRulesCommand, {}],
  [ecr.ECRClient, ecr.DescribeRepositoryCreationTemplatesCommand, {}],
];
const send = (to, command) => to.send(command).catch((error) => error);
const work = around.map(([Client, Command, input]) => () => {
  return send(new Client(config), new Command(input));
});

let nextToken;
do {
  const page = await client.send(
    new ecr.DescribeRepositoriesCommand({ maxResults: 1000, nextToken }),
  );
  const names = page.repositories.map(({ repositoryName }) => repositoryName);
  for (let start = 0; start < names.length; start += 25) {
    const repositoryNames = names.slice(start, start + 25);
    const command = new ecr.BatchGetRepositoryScanningConfigurationCommand({ repositoryNames });
    work.push(() => send(client, command));
  }
  for (const repositoryName of names) {
    work.push(() => send(client, new ecr.GetRepositoryPolicyCommand({ repositoryName })));
    work.push(() => send(client, new ecr.GetLifecyclePolicyCommand({ repositoryName })));
  }
  nextToken = page.nextToken;
} while (nextToken);

const workers = Array.from({ length: concurrency }, async () => {
  for (let task = work.pop(); task; task = work.pop()) await task();
});
await Promise.all(workers);
