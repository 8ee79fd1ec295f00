import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { EcrOptions } from './options.ts';

/**
 * The SDK's default chain, or the profile and role a configuration entry names. Undefined: leave it to
 * the SDK. Nothing is resolved here; that happens at the first call.
 */
export function credentialsFor(
  { profile, role, externalId }: EcrOptions,
  region: string,
): object | undefined {
  const own = profile === undefined ? undefined : fromNodeProviderChain({ profile });
  if (role === undefined) return own;
  return fromTemporaryCredentials({
    ...(own === undefined ? {} : { masterCredentials: own }),
    clientConfig: { region },
    params: {
      RoleArn: role,
      RoleSessionName: 'regaudit',
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    },
  });
}
