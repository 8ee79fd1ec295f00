import { secretFrom } from '../../../http/credential-source.ts';
import { HttpError } from '../../../http/http.ts';
import { reveal, type Secret } from '../../../http/secret.ts';
import type { GitlabOptions } from '../options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const jobToken = 'CI_JOB_TOKEN';
/** Of the tokens of jobs (docs, Token overview, Token prefixes). */
const jobTokenPrefix = 'glcbt-';
const wanted = 'an access token with the scopes read_api and read_registry';

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
  if (found !== null) {
    if (tokenEnv !== jobToken && !reveal(found).startsWith(jobTokenPrefix)) return found;
    const from = tokenFile === undefined ? tokenEnv : 'the file of tokenFile';
    throw new HttpError(
      'credentials',
      `${from} has the token of a job, which reads no settings of GitLab and is not sent: ${wanted}`,
    );
  }
  const besides = environment[jobToken] === undefined ? '' : ` (${jobToken} cannot read settings)`;
  throw new HttpError(
    'credentials',
    `no token for ${host}: set ${tokenEnv} to ${wanted}${besides}; "glab auth status --show-token" shows one`,
  );
}
