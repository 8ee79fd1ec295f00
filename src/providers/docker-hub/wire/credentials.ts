import { secretFrom } from '../../../http/credential-source.ts';
import { dockerCredentials } from '../../../http/docker-credentials.ts';
import { HttpError } from '../../../http/http.ts';
import { reveal, type Secret, secret } from '../../../http/secret.ts';
import type { ScanContext } from '../../contract.ts';
import type { DockerHubOptions } from '../options.ts';

export interface HubCredentials {
  /** A user name; for an organization access token the name of its organization. */
  readonly identifier: string;
  readonly secret: Secret;
  readonly kind: TokenKind;
}

/**
 * What a secret is decides what Docker Hub hides from it. A workload token is the short-lived one of an
 * OIDC connection, whose user name is that of the organization, or of a kind that is not known here.
 */
export type TokenKind = 'organization-token' | 'personal-token' | 'password' | 'workload-token';

/**
 * Credentials from the environment, else from what `docker login` left. Throws `HttpError`
 * (`credentials`) when there are none or they cannot be used.
 */
export async function credentialsFrom(
  { usernameEnv = 'DOCKER_USERNAME', passwordEnv = 'DOCKER_PASSWORD' }: DockerHubOptions,
  { environment }: Pick<ScanContext, 'environment'>,
): Promise<HubCredentials> {
  const identifier = environment[usernameEnv];
  const given = await secretFrom(environment, passwordEnv);
  if (identifier !== undefined && identifier !== '' && given !== null) {
    return { identifier, secret: given, kind: kindOf(given) };
  }
  if (given !== null) throw missing(`${passwordEnv} is set and ${usernameEnv} is not`);
  const stored = await dockerCredentials('docker.io', environment);
  if (stored === null) {
    throw missing(`${usernameEnv} and ${passwordEnv} are not set, and docker login left none`);
  }
  if (stored.kind === 'identity-token') {
    throw missing('docker login left a session and no access token; set them in the environment');
  }
  const { username, password } = stored;
  return { identifier: reveal(username), secret: password, kind: kindOf(password) };
}

function missing(why: string): HttpError {
  return new HttpError('credentials', `no credentials: ${why}`);
}

/** Access tokens say what they are; older personal ones are bare UUIDs (API reference, accessToken). */
function kindOf(opaque: Secret): TokenKind {
  const clear = reveal(opaque);
  if (clear.startsWith('dckr_oat_')) return 'organization-token';
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
  if (clear.startsWith('dckr_pat_') || uuid.test(clear)) return 'personal-token';
  const jwt = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
  return clear.startsWith('dckr_') || jwt.test(clear) ? 'workload-token' : 'password';
}

/** Whether the secret is of a person, and not of a machine that acts for an organization. */
export function isOfPerson(kind: TokenKind): boolean {
  return kind === 'personal-token' || kind === 'password';
}

/** For the registry, which takes the same credentials. */
export function forRegistry({ identifier, secret: password }: HubCredentials) {
  return { kind: 'password' as const, username: secret(identifier), password };
}
