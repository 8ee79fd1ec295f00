import { secretFrom } from '../../../http/credential-source.ts';
import { dockerCredentials, type RegistryCredentials } from '../../../http/docker-credentials.ts';
import { HttpError } from '../../../http/http.ts';
import { hostOf } from '../../../model/host.ts';
import type { ScanContext } from '../../contract.ts';
import type { OciOptions } from '../options.ts';

/**
 * What to sign in with at a host; null: nothing, so that the registry is read as a stranger. From the variables
 * that the configuration entry names, from `OCI_USERNAME` and `OCI_PASSWORD` where `OCI_URL` names this very
 * host (one pair must not reach every registry of a scan), else what `docker login` left. Throws `HttpError`
 * (`credentials`) when one of a pair is missing or a file cannot be used.
 */
export async function credentialsFor(
  host: string,
  { usernameEnv, passwordEnv }: OciOptions,
  environment: ScanContext['environment'],
): Promise<RegistryCredentials | null> {
  const named = usernameEnv !== undefined || passwordEnv !== undefined;
  const own = environment['OCI_URL'];
  const isOwn = own !== undefined && hostOf(own) === hostOf(host);
  if (named || isOwn) {
    const names = [
      usernameEnv === undefined ? 'OCI_USERNAME' : usernameEnv,
      passwordEnv === undefined ? 'OCI_PASSWORD' : passwordEnv,
    ] as const;
    const username = await secretFrom(environment, names[0]);
    const password = await secretFrom(environment, names[1]);
    if (username !== null && password !== null) return { kind: 'password', username, password };
    if (named || username !== null || password !== null) {
      const missing = username === null ? names[0] : names[1];
      throw new HttpError('credentials', `${missing} is not set, which has to sign in to ${host}`);
    }
  }
  return dockerCredentials(host, environment);
}
