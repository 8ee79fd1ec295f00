import { describe, expect, it } from 'vitest';
import { awsAnswers } from '../../src/demo/aws/answers.ts';
import { everyCall } from '../support/aws/every-call.ts';
import { scenario, scenarios } from '../support/aws/scenario.ts';
import { answerValidators, describedServices } from '../support/aws/shape-schema.ts';
import { signedRequest } from '../support/aws/signed-request.ts';

/** Refusals that an estate means: something is not set up, or not offered. */
const meant =
  /^(RepositoryPolicyNotFound|LifecyclePolicyNotFound|RegistryPolicyNotFound|SigningConfigurationNotFound|ScanNotFound)Exception$/;

describe('every answer is one the vendor describes', () => {
  const described = new Map(
    describedServices.map((service) => [service as string, answerValidators(service)]),
  );

  it.each(scenarios)('of the estate %s, its faults aside', async (name) => {
    const { faults: _, ...estate } = await scenario(name);
    const { answer } = awsAnswers(estate);
    for (const call of everyCall(estate)) {
      const [service = '', operation = ''] = call.operation.split(':');
      const validators = described.get(service);
      if (validators === undefined) continue;
      const { status, body } = answer(signedRequest(call));
      const sent: Record<string, unknown> = JSON.parse(String(body));
      const about = `${call.operation} ${JSON.stringify(call.input)}`;
      if (status !== 200) {
        expect(String(sent['__type']), about).toMatch(meant);
        continue;
      }
      const validate = validators.get(operation);
      expect(validate, about).toBeDefined();
      validate?.(sent);
      expect(validate?.errors ?? [], about).toEqual([]);
    }
  });

  it('notices a word that is not the vendor’s, and a field that is missing', async () => {
    const { answer } = awsAnswers({
      ...(await scenario('all-good')),
      faults: [
        {
          operation: 'ecr:DescribeRepositories',
          kind: 'new-word',
          field: 'repositories[].imageTagMutability',
          value: 'SOMEHOW',
        },
        {
          operation: 'inspector2:BatchGetAccountStatus',
          kind: 'missing-field',
          field: 'accounts[].resourceState',
        },
      ],
    });
    const region = 'eu-west-1';
    const verdict = (service: string, operation: string) => {
      const { body } = answer(signedRequest({ operation: `${service}:${operation}`, region }));
      return described.get(service)?.get(operation)?.(JSON.parse(String(body)));
    };
    expect(verdict('ecr', 'DescribeRepositories')).toBe(false);
    expect(verdict('inspector2', 'BatchGetAccountStatus')).toBe(false);
    expect(verdict('ecr', 'DescribeRegistry')).toBe(true);
  });
});
