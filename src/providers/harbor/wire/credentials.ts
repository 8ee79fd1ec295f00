import { secretFrom } from '../../../http/credential-source.ts';
import { dockerCredentials } from '../../../http/docker-credentials.ts';
import { HttpError } from '../../../http/http.ts';
import { reveal, type Secret } from '../../../http/secret.ts';
import type { HarborOptions } from '../options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Credentials {
  readonly username: Secret;
  readonly password: Secret;
}

/** The variables that credentials are taken from. */
export function variablesOf({
  usernameEnv = 'HARBOR_USERNAME',
  passwordEnv = 'HARBOR_PASSWORD',
}: HarborOptions) {
  return { usernameEnv, passwordEnv };
}

/**
 * The user or robot to sign in as: from the environment (`HARBOR_USERNAME` and `HARBOR_PASSWORD`, or the
 * variables that the options name, each also as `…_FILE`) or the password from a file, else what `docker
 * login` left for this host. Throws `HttpError` (`credentials`) that says what is missing.
 */
export async function credentialsFor(
  host: string,
  options: HarborOptions,
  environment: Environment,
): Promise<Credentials> {
  const { usernameEnv, passwordEnv } = variablesOf(options);
  const { passwordFile } = options;
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
  if (kept === null) {
    throw new HttpError(
      'credentials',
      `no credentials: ${usernameEnv} and ${passwordEnv} are not set, and docker login left none for ${host}`,
    );
  }
  if (kept.kind === 'password') return { username: kept.username, password: kept.password };
  throw new HttpError(
    'credentials',
    `docker login left a token for ${host}, and Harbor takes none`,
  );
}

/** Names of users and robots are no secrets; who signed in decides what can be seen. */
export function nameOf({ username }: Credentials): string {
  return reveal(username);
}
