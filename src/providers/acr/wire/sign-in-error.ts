import { failureOf } from '../../../http/failure.ts';
import { HttpError } from '../../../http/http.ts';
import { redaction } from '../../../http/redaction.ts';
import { secret } from '../../../http/secret.ts';

/** Sign-in to Microsoft Entra ID failed. Granting a permission does not help. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly code = 'sign-in';
  /** The command that signs in to the tenant; null: no tenant is configured. */
  readonly cure: string | null;

  constructor(message: string, tenant: string | undefined) {
    super(message);
    this.cure =
      tenant === undefined
        ? null
        : `sign in with az login --tenant ${tenant}, or check AZURE_CLIENT_ID and its secret, certificate or federated token`;
  }
}

export interface SignInPlace {
  /** Where Entra is, as far as it is configured. */
  readonly authority: string | undefined;
  readonly tenant: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const lost = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/;

/** In: the error of the credential chain. Out: one line that names the cause. */
export function signInError(error: unknown, place: SignInPlace): Error {
  if (error instanceof HttpError) return error;
  const message = withoutSecrets(
    error instanceof Error ? error.message : String(error),
    place.environment,
  );
  const [code] = lost.exec(message) ?? [];
  if (code !== undefined) {
    const host = place.authority ?? 'https://login.microsoftonline.com';
    return new HttpError('unreachable', `sign-in at ${host}: ${failureOf(error).says || code}`);
  }
  const tenant = place.tenant ?? place.environment['AZURE_TENANT_ID'];
  const said = [
    `the sign-in${tenant === undefined ? '' : ` to tenant ${tenant}`} failed: ${saidIn(message)}`,
    ...missingVariables(place.environment),
  ];
  return new SignInError(said.join('; '), tenant);
}

const secretVariables = [
  'AZURE_CLIENT_SECRET',
  'AZURE_PASSWORD',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
] as const;

/** Entra repeats at most what the chain sent: a secret of the environment, or a token. */
function withoutSecrets(text: string, environment: SignInPlace['environment']): string {
  const { remember, redacted } = redaction();
  for (const name of secretVariables) {
    const value = environment[name];
    if (value !== undefined && value !== '') remember(secret(value));
  }
  return redacted(text).replace(/\beyJ[\w.-]{20,}/g, '***');
}

/** The AADSTS message, without the SDK's preamble and the trace IDs. */
function saidIn(message: string): string {
  const [entra] = /AADSTS\d+:.*/s.exec(message) ?? [message];
  return entra
    .replace(/\s*Trace ID:.*$/s, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 220);
}

/** EnvironmentCredential requires the tenant and client IDs beside a secret or certificate. */
function missingVariables(environment: SignInPlace['environment']): readonly string[] {
  const isSet = (name: string) => (environment[name] ?? '') !== '';
  const secrets = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'];
  if (!secrets.some(isSet)) return [];
  const missing = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'].filter((name) => !isSet(name));
  return missing.map((name) => `${name} is not set`);
}
