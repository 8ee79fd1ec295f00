import { secretFrom } from '../../../http/credential-source.ts';
import { dockerCredentials } from '../../../http/docker-credentials.ts';
import { HttpError } from '../../../http/http.ts';
import { reveal, type Secret } from '../../../http/secret.ts';
import type { ScanContext } from '../../contract.ts';
import type { GhcrOptions } from '../options.ts';
import { type App, appFrom } from './app.ts';

/** What a token is decides what GitHub gives it (docs, GitHub's token formats). */
export type TokenKind = 'classic' | 'fine-grained' | 'installation' | 'other';

export interface Token {
  readonly secret: Secret;
  readonly kind: TokenKind;
  /** Where it comes from: a variable, or `docker login`. */
  readonly from: string;
}

/** The token for packages, and the one for settings or an app in its place, which may be the same. */
export interface Tokens {
  readonly packages: Token;
  readonly settings: Token | App;
}

type Environment = ScanContext['environment'];

/** `registry`: its host. Rejects with `HttpError` (`credentials`) where there is no token for packages. */
export async function tokensFrom(
  { tokenEnv, settingsTokenEnv = 'REGAUDIT_GITHUB_SETTINGS_TOKEN' }: GhcrOptions,
  registry: string,
  environment: Environment,
): Promise<Tokens> {
  const variables = tokenEnv === undefined ? ['GITHUB_TOKEN', 'GH_TOKEN'] : [tokenEnv];
  const packages =
    (await firstOf(variables, environment)) ?? (await ofDocker(variables, registry, environment));
  const settings = await firstOf([settingsTokenEnv], environment);
  return { packages, settings: settings ?? (await appFrom(environment)) ?? packages };
}

async function firstOf(
  variables: readonly string[],
  environment: Environment,
): Promise<Token | null> {
  for (const from of variables) {
    const secret = await secretFrom(environment, from);
    if (secret !== null) return { secret, kind: kindOf(secret), from };
  }
  return null;
}

async function ofDocker(
  variables: readonly string[],
  registry: string,
  environment: Environment,
): Promise<Token> {
  const kept = await dockerCredentials(registry, environment);
  if (kept?.kind !== 'password') {
    throw new HttpError(
      'credentials',
      `no credentials: set ${variables.join(' or ')} to a personal access token (classic) with read:packages, or run docker login ${registry}`,
    );
  }
  return { secret: kept.password, kind: kindOf(kept.password), from: `docker login ${registry}` };
}

/** The prefixes of GitHub's tokens; those from before 2021 are 40 hexadecimal digits. */
function kindOf(secret: Secret): TokenKind {
  const clear = reveal(secret);
  if (/^(?:ghp_|[0-9a-f]{40}$)/.test(clear)) return 'classic';
  if (clear.startsWith('github_pat_')) return 'fine-grained';
  return clear.startsWith('ghs_') ? 'installation' : 'other';
}
