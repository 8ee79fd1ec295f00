import { secretFrom } from '../../../http/credential-source.ts';
import { dockerCredentials } from '../../../http/docker-credentials.ts';
import { HttpError } from '../../../http/http.ts';
import type { Secret } from '../../../http/secret.ts';
import type { NexusOptions } from '../options.ts';

export interface Credentials {
  readonly username: Secret;
  readonly password: Secret;
}

/**
 * The user to sign in as: from the environment (`NEXUS_USERNAME` and `NEXUS_PASSWORD`, or the variables that
 * the options name, each also as `…_FILE`) or the password from a file, else what `docker login` left for this
 * host. Throws `HttpError` (`credentials`) that says what is missing: the server takes no credentials for those
 * of the anonymous user.
 */
export async function credentialsFor(
  host: string,
  options: NexusOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Credentials> {
  const { usernameEnv = 'NEXUS_USERNAME', passwordEnv = 'NEXUS_PASSWORD', passwordFile } = options;
  const username = await secretFrom(environment, usernameEnv);
  const password =
    passwordFile === undefined
      ? await secretFrom(environment, passwordEnv)
      : await secretFrom({ password_FILE: passwordFile }, 'password');
  if (username !== null && password !== null) return { username, password };
  if (username !== null || password !== null) {
    const missing = username === null ? usernameEnv : passwordEnv;
    throw new HttpError('credentials', `${missing} is not set, only its counterpart is`);
  }
  const kept = await dockerCredentials(host, environment);
  if (kept?.kind === 'password') return kept;
  const found =
    kept === null
      ? 'no credentials'
      : `docker login left a token for ${host}, and the REST API takes none`;
  throw new HttpError(
    'credentials',
    `${found}: set ${usernameEnv} and ${passwordEnv}, or docker login ${host}`,
  );
}
