import { objectOf, stringAt } from '../../decode/fields.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { ScanContext } from '../contract.ts';
import { type EcrOptions, regionPattern } from './options.ts';

/** Whom the credentials belong to. */
export interface Caller {
  readonly account: string;
  readonly partition: string;
  readonly arn: string;
}

const regionForm = new RegExp(regionPattern);

/** The region of the first call: address, options, environment, or the profile's. */
export async function firstRegion(
  address: string,
  options: EcrOptions,
  { environment }: ScanContext,
): Promise<string> {
  if (address === 'public') return 'us-east-1';
  const listed = Array.isArray(options.regions) ? options.regions[0] : undefined;
  const region =
    [
      address,
      options.region,
      listed,
      environment['AWS_REGION'],
      environment['AWS_DEFAULT_REGION'],
    ].find((candidate) => candidate !== undefined && candidate !== '') ??
    (await profileRegion(options.profile));
  if (region === undefined) {
    if (options.regions === 'all') return 'us-east-1';
    throw new UsageError(
      'no AWS region is given',
      'name one: ecr://ACCOUNT/REGION, region: in the configuration, or AWS_REGION',
    );
  }
  if (!regionForm.test(region)) {
    throw new UsageError(`"${region}" is not an AWS region`, 'a region looks like eu-west-1');
  }
  return region;
}

async function profileRegion(profile: string | undefined): Promise<string | undefined> {
  const { loadSharedConfigFiles, getProfileName } = await import('@smithy/core/config');
  const files = await loadSharedConfigFiles();
  const name = getProfileName(profile === undefined ? {} : { profile });
  return files.configFile[name]?.['region'];
}

/** GetCallerIdentity. */
export function callerOf(raw: unknown): Caller {
  const answer = objectOf(raw, 'the answer');
  const arn = stringAt(answer, 'Arn');
  const partition = arn.split(':')[1];
  if (partition === undefined || partition === '') throw new Error('Arn has no partition');
  return { account: stringAt(answer, 'Account'), partition, arn };
}
