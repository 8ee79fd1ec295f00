import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { type AuthClient, GoogleAuth } from 'google-auth-library';
import { unlessAborted } from '../../../http/abort.ts';
import { once } from '../../../http/once.ts';
import { type Secret, secret } from '../../../http/secret.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, type Learnt } from '../../facts.ts';
import { operations } from '../operations.ts';
import { signInErrors } from './errors.ts';

const scope = 'https://www.googleapis.com/auth/cloud-platform.read-only';

/** Application default credentials: file, gcloud's, or the metadata server, in Google's own order. */
export interface SignIn {
  /** Resolves the credentials and fetches a token. Before any client is made: see below. */
  readonly ready: () => Promise<Learnt<true>>;
  /** `Bearer …`; renewed as needed. Rejects with google-auth-library's errors. */
  readonly bearer: () => Promise<Secret>;
  /** Who pays for the calls, where the credentials name somebody else than the project. */
  readonly quotaProject: () => Promise<string | undefined>;
  /** The project that the credentials or the environment name; null: none. */
  readonly ownProject: () => Promise<string | null>;
  readonly client: () => Promise<AuthClient>;
}

/** Milliseconds for one token. */
const longestToken = 60_000;

/**
 * The vendor's client, left to look for credentials by itself, ends the whole process when there are
 * none: its rejection cannot be caught. Hence credentials are resolved here, first.
 */
export function signIn({
  environment,
  caFile,
  signal,
}: Pick<ScanContext, 'environment' | 'caFile' | 'signal'>): SignIn {
  const file = environment['GOOGLE_APPLICATION_CREDENTIALS'];
  const auth = new GoogleAuth({
    scopes: [scope],
    ...(file === undefined || file === '' ? {} : { keyFilename: file }),
    ...(caFile === undefined
      ? {}
      : {
          clientOptions: { transporterOptions: { agent: new Agent({ ca: readFileSync(caFile) }) } },
        }),
  });
  const resolved = once(() => auth.getClient());
  const client = () => unlessAborted(resolved(), signal);
  const token = async () => {
    const found = await client();
    const { token: value } = await unlessAborted(found.getAccessToken(), signal, longestToken);
    if (typeof value !== 'string' || value === '') throw new Error('the sign-in gave no token');
    return value;
  };
  return {
    client,
    ready: once(() =>
      ask('ExchangeToken', operations.ExchangeToken, signInErrors, token, () => true as const),
    ),
    bearer: async () => secret(`Bearer ${await token()}`),
    quotaProject: async () => (await client()).quotaProjectId,
    ownProject: async () => environmentProject(environment) ?? (await client()).projectId ?? null,
  };
}

/** The project that the environment names; undefined: none. */
export function environmentProject(environment: ScanContext['environment']): string | undefined {
  return ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT']
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== '');
}
