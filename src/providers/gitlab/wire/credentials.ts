import { secretFrom } from '../../../http/credential-source.ts';
import { HttpError } from '../../../http/http.ts';
import type { Secret } from '../../../http/secret.ts';
import type { GitlabOptions } from '../options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The access token of a person, project or group: from a file, the variable that the options name, or
 * `GITLAB_TOKEN`, each variable also as `…_FILE`. Throws `HttpError` (`credentials`) that says what is
 * missing. A job token is not taken: it reads nothing but the registry of its own project.
 */
export async function tokenFor(
  host: string,
  { tokenEnv = 'GITLAB_TOKEN', tokenFile }: GitlabOptions,
  environment: Environment,
): Promise<Secret> {
  const found =
    tokenFile === undefined
      ? await secretFrom(environment, tokenEnv)
      : await secretFrom({ token_FILE: tokenFile }, 'token');
  if (found !== null) return found;
  const besides =
    environment['CI_JOB_TOKEN'] === undefined ? '' : ' (CI_JOB_TOKEN cannot read settings)';
  throw new HttpError(
    'credentials',
    `no token for ${host}: set ${tokenEnv} to an access token with the scopes read_api and read_registry${besides}; "glab auth status --show-token" shows one`,
  );
}
