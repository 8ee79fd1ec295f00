import { secretFrom } from '../http/credential-source.ts';
import { dockerCredentials } from '../http/docker-credentials.ts';
import { HttpError } from '../http/http.ts';
import type { Secret } from '../http/secret.ts';

export interface BasicCredentials {
  readonly username: Secret;
  readonly password: Secret;
}

/** Where a user and a password may come from: environment variables by name, and a file. */
export interface BasicCredentialSources {
  readonly usernameEnv: string;
  readonly passwordEnv: string;
  readonly passwordFile: string | undefined;
  /** What takes no token that `docker login` left, for the error: `Harbor`. */
  readonly product: string;
}

/**
 * The user to sign in as: from the environment (each variable also as `…_FILE`) or the password from a file, else
 * what `docker login` left for this host. Throws `HttpError` (`credentials`) that says what is missing.
 */
export async function basicCredentials(
  host: string,
  { usernameEnv, passwordEnv, passwordFile, product }: BasicCredentialSources,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<BasicCredentials> {
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
    `docker login left a token for ${host}, and ${product} takes none`,
  );
}
