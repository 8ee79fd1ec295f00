import { globalAgent } from 'node:http';
import { type AuthClient, Compute, GoogleAuth } from 'google-auth-library';
import { unlessAborted } from '../../../http/abort.ts';
import { once } from '../../../http/once.ts';
import { redaction } from '../../../http/redaction.ts';
import { type Secret, secret } from '../../../http/secret.ts';
import { tunnelAgent } from '../../../http/tunnel-agent.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, type Learnt } from '../../facts.ts';
import { operations } from '../operations.ts';
import { signInErrors } from './sign-in-errors.ts';

const scope = 'https://www.googleapis.com/auth/cloud-platform.read-only';

/** Application default credentials: file, gcloud's, or the metadata server, in Google's own order. */
export interface SignIn {
  /** Resolves the credentials and fetches a token. Before any client is made: see below. */
  readonly ready: () => Promise<Learnt<true>>;
  /** `Bearer …`; renewed as needed. Rejects with google-auth-library's errors. */
  readonly bearer: () => Promise<Secret>;
  /** Who pays for the calls, where the environment or the credentials name somebody else than the project. */
  readonly quotaProject: () => Promise<string | undefined>;
  /** The project that the environment, the credentials or the metadata server name; null: none. */
  readonly ownProject: () => Promise<string | null>;
  readonly client: () => Promise<AuthClient>;
  /** Takes out of a text what a server repeats of the tokens and the credentials. */
  readonly redacted: (text: string) => string;
}

/** Milliseconds for one token. */
const longestToken = 60_000;

/**
 * The vendor's client, left to look for credentials by itself, ends the whole process when there are
 * none: its rejection cannot be caught. Hence credentials are resolved here, first.
 */
export function signIn(
  context: Pick<ScanContext, 'environment' | 'caFile' | 'clientCertificate' | 'signal'>,
): SignIn {
  const { environment, signal } = context;
  const secrets = redaction();
  const connections = tunnelAgent({ tls: context });
  signal.addEventListener('abort', () => connections.destroy(), { once: true });
  const file = valueIn(environment, 'GOOGLE_APPLICATION_CREDENTIALS');
  // What is asked of the metadata server in plain HTTP goes past any proxy.
  const connectionsFor = ({ protocol }: URL) => (protocol === 'https:' ? connections : globalAgent);
  const auth = new GoogleAuth({
    scopes: [scope],
    ...(file === undefined ? {} : { keyFilename: file }),
    clientOptions: { transporterOptions: { agent: connectionsFor } },
  });
  const payer = valueIn(environment, 'GOOGLE_CLOUD_QUOTA_PROJECT');
  const resolved = once(async () => {
    const found = await auth.getClient();
    for (const value of secretsOf(found)) secrets.remember(secret(value));
    refuseOtherUniverse(
      valueIn(environment, 'GOOGLE_CLOUD_UNIVERSE_DOMAIN') ?? found.universeDomain,
    );
    // The library obeys the variable only where it looks for the credentials itself.
    if (payer !== undefined) found.quotaProjectId = payer;
    return found;
  });
  const errors = signInErrors(file, secrets.redacted);
  const client = () => unlessAborted(resolved(), signal);
  const token = async () => {
    const found = await client();
    const { token: value } = await unlessAborted(found.getAccessToken(), signal, longestToken);
    if (typeof value !== 'string' || value === '') throw new Error('the sign-in gave no token');
    secrets.remember(secret(`Bearer ${value}`));
    return value;
  };
  return {
    client,
    redacted: secrets.redacted,
    ready: once(() =>
      ask('ExchangeToken', operations.ExchangeToken, errors, token, () => true as const),
    ),
    bearer: async () => secret(`Bearer ${await token()}`),
    quotaProject: async () => (await client()).quotaProjectId,
    ownProject: async () => {
      const named = environmentProject(environment);
      if (named !== undefined) return named;
      const project = async () => projectOf(auth, await client());
      const found = await ask('ExchangeToken', operations.ExchangeToken, errors, project, String);
      return found.state === 'known' && found.value !== '' ? found.value : null;
    },
  };
}

/** What the library sends to the token service, by its own names. */
function secretsOf(client: AuthClient): readonly string[] {
  const own = [client.credentials.refresh_token, Reflect.get(client, '_clientSecret')];
  return own.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));
}

/** The project of the credentials; empty: none. On Google Cloud the metadata server returns one. */
async function projectOf(auth: GoogleAuth, client: AuthClient): Promise<string> {
  if (client instanceof Compute) return auth.getProjectId();
  const { projectId } = client;
  return typeof projectId === 'string' ? projectId : '';
}

/**
 * Another universe is the cloud of another operator, on other hosts: its token must not be sent to Google.
 * Throws before a token is requested.
 */
function refuseOtherUniverse(universe: string): void {
  if (universe === 'googleapis.com') return;
  throw new Error(
    `the credentials are of the universe ${universe}, and only that of googleapis.com is audited`,
  );
}

function valueIn(environment: ScanContext['environment'], name: string): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

/** The project that the environment names, as the libraries and gcloud read it; undefined: none. */
export function environmentProject(environment: ScanContext['environment']): string | undefined {
  return ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT']
    .map((name) => valueIn(environment, name))
    .find((value) => value !== undefined);
}
