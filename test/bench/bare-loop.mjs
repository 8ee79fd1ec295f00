// The yardstick: the calls a scan makes for R repositories, by the SDK alone, at the same concurrency.
import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const concurrency = Number(process.argv[2]);
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const agent = { keepAlive: true, maxSockets: concurrency };
const client = new ECRClient({ requestHandler: new NodeHttpHandler({ httpAgent: agent }) });
const send = (command) => client.send(command).catch((error) => error);

const work = [];
let nextToken;
do {
  const page = await client.send(new DescribeRepositoriesCommand({ maxResults: 1000, nextToken }));
  const names = page.repositories.map(({ repositoryName }) => repositoryName);
  for (let start = 0; start < names.length; start += 25) {
    const repositoryNames = names.slice(start, start + 25);
    work.push(() => send(new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames })));
  }
  for (const repositoryName of names) {
    work.push(() => send(new GetRepositoryPolicyCommand({ repositoryName })));
    work.push(() => send(new GetLifecyclePolicyCommand({ repositoryName })));
  }
  nextToken = page.nextToken;
} while (nextToken);

const workers = Array.from({ length: concurrency }, async () => {
  for (let task = work.pop(); task; task = work.pop()) await task();
});
await Promise.all(workers);
