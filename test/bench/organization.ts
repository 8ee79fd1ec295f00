import { type AwsAnswers, awsAnswers } from '../../src/demo/aws/answers.ts';
import type { Estate } from '../../src/demo/aws/estate.ts';

/** Regions that an account has without being asked for (AWS account management guide). */
const regions = 17;

/** What an account is asked. */
const services = [
  'sts',
  'organizations',
  'ec2',
  'ecr',
  'iam',
  'cloudtrail',
  'kms',
  'signer',
  'inspector2',
];

/**
 * An organisation: each account has one region in use, and others without a repository. `latency`: milliseconds before
 * each answer.
 */
export function organization(estate: Estate, accounts: number, latency: number): AwsAnswers {
  const [[name, used] = ['', {}]] = Object.entries(estate.regions);
  const empty = Array.from({ length: regions - 1 }, (_, index) => [`eu-north-${index + 2}`, {}]);
  const operation = services.map((service) => `${service}:*`);
  return awsAnswers({
    ...estate,
    ...(latency === 0 ? {} : { faults: [{ kind: 'slow', operation, ms: latency }] }),
    regions: { ...Object.fromEntries(empty), [name]: used },
    organization: {
      id: 'o-a1b2c3d4e5',
      managementAccount: estate.account,
      accounts: Array.from({ length: accounts }, (_, index) => ({
        id: String(300_000_000_000 + index),
        state: 'ACTIVE',
        paths: [],
      })),
    },
  });
}
