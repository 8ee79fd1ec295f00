import { reveal } from '../../../http/secret.ts';
import { type BasicCredentials, basicCredentials } from '../../basic-credentials.ts';
import type { HarborOptions } from '../options.ts';

export type Credentials = BasicCredentials;

/** The variables that credentials are taken from. */
export function variablesOf({
  usernameEnv = 'HARBOR_USERNAME',
  passwordEnv = 'HARBOR_PASSWORD',
}: HarborOptions) {
  return { usernameEnv, passwordEnv };
}

/**
 * The user or robot to sign in as: `HARBOR_USERNAME` and `HARBOR_PASSWORD`, or what the options name instead, or
 * what `docker login` left. Throws `HttpError` (`credentials`) that says what is missing.
 */
export async function credentialsFor(
  host: string,
  options: HarborOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Credentials> {
  const { passwordFile } = options;
  const sources = { ...variablesOf(options), passwordFile, product: 'Harbor' };
  return basicCredentials(host, sources, environment);
}

/** Names of users and robots are no secrets; who signed in decides what can be seen. */
export function nameOf({ username }: Credentials): string {
  return reveal(username);
}
