import { accessGranted } from '../../../src/aws-policy/access.ts';
import { PolicyError } from '../../../src/aws-policy/error.ts';
import { parsePolicy } from '../../../src/aws-policy/parse.ts';
import type { Kind } from '../kind.ts';
import { changedJson, mutated } from '../mutate.ts';

const account = '123456789012';
const samples = [
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'a',
        Effect: 'Allow',
        Principal: { AWS: ['*', `arn:aws:iam::${account}:root`] },
        Action: ['ecr:BatchGetImage', 'ecr:Put*'],
        Resource: '*',
        Condition: {
          StringLike: { 'aws:PrincipalOrgID': ['o-1*'] },
          Bool: { 'aws:SecureTransport': 'true' },
        },
      },
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: '*' },
        NotAction: 'ecr:Get*',
        Resource: 'arn:aws:ecr:*',
      },
    ],
  },
].map((one) => JSON.stringify(one));

/** Policies of AWS: parsed and evaluated; what is not understood is refused, and never thrown about. */
export async function start(): Promise<Kind> {
  return {
    attempt: async (random) => {
      const sample = random.of(samples);
      const text =
        random.below(2) === 0 ? mutated(sample, random) : (changedJson(sample, random) ?? '');
      try {
        const policy = parsePolicy(text);
        accessGranted(
          {
            policies: [policy],
            home: { account, organization: undefined },
            resource: `arn:aws:ecr:eu-west-1:${account}:repository/a`,
            now: '2026-11-02T09:00:00Z',
          },
          ['ecr:BatchGetImage', 'ecr:PutImage'],
        );
        return ['accepted'];
      } catch (error) {
        if (error instanceof PolicyError) return ['refused'];
        throw error;
      }
    },
  };
}
