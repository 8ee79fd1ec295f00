import { failureOf } from '../../../http/failure.ts';
import { HttpError } from '../../../http/http.ts';

/** Nobody could be signed in to Microsoft Entra ID. Granting a permission does not help. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly code = 'sign-in';
}

export interface SignInPlace {
  /** Where Entra is, as far as it is configured. */
  readonly authority: string | undefined;
  readonly tenant: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const lost = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/;

/** In: what the credential chain of Azure threw. Out: one line that says what to put right. */
export function signInError(error: unknown, place: SignInPlace): Error {
  if (error instanceof HttpError) return error;
  const message = error instanceof Error ? error.message : String(error);
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
  return new SignInError(said.join('; '));
}

/** Entra's own sentence, which stands behind the preamble of the library and before ids for its support. */
function saidIn(message: string): string {
  const [entra] = /AADSTS\d+:.*/s.exec(message) ?? [message];
  return entra
    .replace(/\s*Trace ID:.*$/s, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 220);
}

/** A service principal of the environment takes its tenant, its id and one secret of some kind. */
function missingVariables(environment: SignInPlace['environment']): readonly string[] {
  const isSet = (name: string) => (environment[name] ?? '') !== '';
  const secrets = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'];
  if (!secrets.some(isSet)) return [];
  const missing = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'].filter((name) => !isSet(name));
  return missing.map((name) => `${name} is not set`);
}
