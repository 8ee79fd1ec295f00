import { type BasicCredentials, basicCredentials } from '../../basic-credentials.ts';
import type { NexusOptions } from '../options.ts';

/**
 * The user to sign in as: `NEXUS_USERNAME` and `NEXUS_PASSWORD`, or what the options name instead, or what `docker
 * login` left. Throws `HttpError` (`credentials`): the server would take none for those of the anonymous user.
 */
export async function credentialsFor(
  host: string,
  { usernameEnv = 'NEXUS_USERNAME', passwordEnv = 'NEXUS_PASSWORD', passwordFile }: NexusOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<BasicCredentials> {
  const product = 'the REST API of Nexus Repository';
  return basicCredentials(host, { usernameEnv, passwordEnv, passwordFile, product }, environment);
}
