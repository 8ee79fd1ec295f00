import { afterEach, describe, expect, it } from 'vitest';
import { awsAnswers } from '../../src/demo/aws/answers.ts';
import { type ServedEstate, serveEstate } from '../../src/demo/aws/serve-estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { everyCall } from '../support/aws/every-call.ts';
import { scenario, scenarios } from '../support/aws/scenario.ts';
import { type SdkCall, sdkAt } from '../support/aws/sdk.ts';
import { signedRequest } from '../support/aws/signed-request.ts';

let served: ServedEstate | undefined;
afterEach(() => served?.close());

async function withFaults(...faults: readonly Fault[]): Promise<SdkCall> {
  served = await serveEstate({ ...(await scenario('demo')), faults });
  return sdkAt(served.endpoint);
}

describe('a fault is refused in the words of its service', () => {
  it.each([
    ['denied', 'ecr:DescribeRegistry', 'AccessDeniedException'],
    ['denied', 'inspector2:GetConfiguration', 'AccessDeniedException'],
    ['denied', 'iam:GetCredentialReport', 'AccessDenied'],
    ['denied', 'ec2:DescribeRegions', 'UnauthorizedOperation'],
    ['throttled', 'ecr:DescribeRegistry', 'ThrottlingException'],
    ['throttled', 'inspector2:GetConfiguration', 'ThrottlingException'],
    ['throttled', 'signer:GetSigningProfile', 'TooManyRequestsException'],
    ['throttled', 'sts:GetCallerIdentity', 'Throttling'],
    ['throttled', 'ec2:DescribeRegions', 'RequestLimitExceeded'],
    ['not-implemented', 'ecr:DescribeRegistry', 'UnknownOperationException'],
    ['not-implemented', 'inspector2:GetConfiguration', 'UnknownOperationException'],
    ['not-implemented', 'iam:GetCredentialReport', 'InvalidAction'],
    ['not-implemented', 'ec2:DescribeRegions', 'InvalidAction'],
  ] as const)('%s: %s as %s', async (kind, operation, name) => {
    const call = await withFaults({ operation, kind });
    const input = operation === 'signer:GetSigningProfile' ? { profileName: 'shop_images' } : {};
    await expect(call(operation, input)).rejects.toMatchObject({ name });
  });
});

describe('an answer is spoilt on the way', () => {
  it.each([
    ['unreachable', { code: 'ECONNRESET' }],
    ['cut-off', { code: 'ECONNRESET' }],
    ['server-error-html', { name: 'SyntaxError', $metadata: { httpStatusCode: 500 } }],
    ['malformed-body', { name: 'SyntaxError', $metadata: { httpStatusCode: 200 } }],
  ] as const)('%s', async (kind, error) => {
    const call = await withFaults({ operation: 'ecr:DescribeRepositories', kind });
    await expect(call('ecr:DescribeRepositories')).rejects.toMatchObject(error);
  });

  it('empty-body: the SDK makes an answer without fields of it', async () => {
    const call = await withFaults({ operation: 'ecr:DescribeRepositories', kind: 'empty-body' });
    expect(await call('ecr:DescribeRepositories')).not.toHaveProperty('repositories');
  });

  it.each(['empty-object', 'error-object', 'damaged-keys', 'no-content'] as const)(
    '%s: a 2xx that is not the answer',
    async (kind) => {
      const operations = ['ecr:DescribeRepositories', 'iam:GetAccountAuthorizationDetails'];
      const call = await withFaults({ operation: operations, kind });
      expect(await call('ecr:DescribeRepositories')).not.toHaveProperty('repositories');
      const details = await call('iam:GetAccountAuthorizationDetails').catch((error) => ({
        error,
      }));
      expect(details).not.toHaveProperty('UserDetailList');
    },
  );

  it('other-subject: the answer names something else than was asked for', async () => {
    const operation = 'ecr:GetLifecyclePolicy';
    const call = await withFaults({ operation, kind: 'other-subject' });
    const answer = await call(operation, { repositoryName: 'shop/api' });
    expect(answer).toMatchObject({ repositoryName: 'shop/api0' });
    expect(answer).toHaveProperty('lifecyclePolicyText');
  });

  it('slow: it comes after that time', async () => {
    const call = await withFaults({ operation: 'ecr:DescribeRegistry', kind: 'slow', ms: 300 });
    const start = performance.now();
    await call('ecr:DescribeRegistry');
    expect(performance.now() - start).toBeGreaterThan(290);
  });

  it('throttled-once: only the first call of each operation in a region is refused', async () => {
    const call = await withFaults({ operation: 'ecr:*', kind: 'throttled-once' });
    for (const [operation, region] of [
      ['ecr:DescribeRegistry', 'eu-west-1'],
      ['ecr:DescribeRegistry', 'us-east-1'],
      ['ecr:DescribeRepositories', 'eu-west-1'],
    ] as const) {
      await expect(call(operation, {}, region)).rejects.toMatchObject({
        name: 'ThrottlingException',
      });
      await expect(call(operation, {}, region)).resolves.toBeDefined();
    }
  });
});

describe('a fault concerns only the calls it names', () => {
  it('by region', async () => {
    const operation = 'ecr:DescribeRegistry';
    const call = await withFaults({ operation, region: 'us-east-1', kind: 'denied' });
    await expect(call(operation, {}, 'us-east-1')).rejects.toThrow('is not authorized to perform');
    await expect(call(operation, {}, 'eu-west-1')).resolves.toBeDefined();
  });

  it('by a field of the request, or an entry of a list in it', async () => {
    const batch = 'ecr:BatchGetRepositoryScanningConfiguration';
    const call = await withFaults(
      {
        operation: 'ecr:GetLifecyclePolicy',
        match: { repositoryName: 'shop/api' },
        kind: 'denied',
      },
      { operation: batch, match: { repositoryNames: 'shop/api' }, kind: 'denied' },
    );
    const code = { name: 'AccessDeniedException' };
    const policy = (repositoryName: string) => call('ecr:GetLifecyclePolicy', { repositoryName });
    const scan = (...repositoryNames: string[]) => call(batch, { repositoryNames });
    await expect(policy('shop/api')).rejects.toMatchObject(code);
    await expect(policy('shop/search')).resolves.toBeDefined();
    await expect(scan('shop/web', 'shop/api')).rejects.toMatchObject(code);
    await expect(scan('shop/web')).resolves.toBeDefined();
  });
});

describe('an answer is altered', () => {
  it('in a field of every entry of a list', async () => {
    const operation = 'ecr:DescribeRepositories';
    const call = await withFaults(
      { operation, kind: 'new-word', field: 'repositories[].imageTagMutability', value: 'NEW' },
      { operation, kind: 'missing-field', field: 'repositories[].encryptionConfiguration' },
      { operation, kind: 'new-word', field: 'nextToken', value: 'from-0' },
    );
    const { repositories, nextToken } = await call(operation);
    expect(nextToken).toBe('from-0');
    const list = [repositories].flat();
    expect(list).toHaveLength(11);
    for (const entry of list) {
      expect(entry).toMatchObject({ imageTagMutability: 'NEW' });
      expect(entry).not.toHaveProperty('encryptionConfiguration');
      expect(entry).toHaveProperty('imageScanningConfiguration');
    }
  });

  it('in XML too', async () => {
    const call = await withFaults({
      operation: 'ec2:DescribeVpcEndpoints',
      kind: 'new-word',
      field: 'vpcEndpointSet[].state',
      value: 'dozing & <dreaming>',
    });
    expect(await call('ec2:DescribeVpcEndpoints')).toMatchObject({
      VpcEndpoints: [{ State: 'dozing & <dreaming>' }, {}, {}],
    });
  });
});

it.each(scenarios)('no fault of the estate %s is there in vain', async (name) => {
  const estate = await scenario(name);
  const { answer, unmetFaults } = awsAnswers(estate);
  for (const call of everyCall(estate)) answer(signedRequest(call));
  expect(unmetFaults()).toEqual([]);
});

it('a fault that changes nothing counts as not met', async () => {
  const fault: Fault = {
    operation: 'ecr:DescribeRegistry',
    kind: 'missing-field',
    field: 'no.such',
  };
  const { answer, unmetFaults } = awsAnswers({ ...(await scenario('demo')), faults: [fault] });
  answer(signedRequest({ operation: 'ecr:DescribeRegistry', region: 'eu-west-1' }));
  expect(unmetFaults()).toEqual([fault]);
});
