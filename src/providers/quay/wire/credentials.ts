import { secretFrom } from '../../../http/credential-source.ts';
import { HttpError } from '../../../http/http.ts';
import type { Secret } from '../../../http/secret.ts';
import type { QuayOptions } from '../options.ts';

/**
 * The OAuth access token, from the environment or a file. Throws `HttpError` (`credentials`) that says what
 * is missing. Passwords, robot accounts and what `docker login` left open no call of the API.
 */
export async function tokenFor(
  host: string,
  { tokenEnv = 'QUAY_TOKEN' }: QuayOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Secret> {
  const token = await secretFrom(environment, tokenEnv);
  if (token !== null) return token;
  throw new HttpError(
    'credentials',
    `no credentials for ${host}: set ${tokenEnv} to an OAuth access token, made at https://${host}/organization/<organization>?tab=applications (Generate Token); robot accounts and docker login open images alone`,
  );
}
