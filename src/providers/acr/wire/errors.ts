import { HttpError } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import type { ErrorReader } from '../../facts.ts';
import { SignInError } from './sign-in-error.ts';

/** An error response of Azure Resource Manager. `code` is the HTTP status, except for the codes in `reasons`. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  readonly code: string;

  /** `reason`: Azure's own code, if it sent one. */
  constructor(status: number, reason: string | undefined, message: string) {
    super(message);
    const telling = reasons.find((one) => one === reason);
    this.code = telling ?? (status >= 500 ? '5xx' : String(status));
  }
}

/** Error codes that are more specific than their HTTP status. */
const reasons = [
  'AadPremiumLicenseRequired',
  'NoRegisteredProviderFound',
  'InvalidAuthenticationTokenTenant',
  'DenyAssignmentAuthorizationFailed',
  'MissingSubscriptionRegistration',
  'SubscriptionNotRegistered',
] as const;

/** A response points to a host outside Azure; following it would leak a token. */
export class ForeignHost extends Error {
  override readonly name = 'ForeignHost';
}

/**
 * Reads what the Azure libraries and the HTTP client throw: the code where there is one (`401`,
 * `unreachable`), else the name of the error's class.
 */
export const acrErrors: ErrorReader = { codeOf, detailOf: httpErrors.detailOf, cureOf };

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  if (error instanceof HttpError && error.status === 403 && walled.test(error.body)) {
    return 'Firewall';
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === '' ? error.name : code;
}

/** How a registry and a key vault refuse by address (aka.ms/acr/firewall; Key Vault, innererror.code). */
const walled = /is not allowed access|ForbiddenByFirewall|ForbiddenByConnection/;

function cureOf(error: unknown): string | null {
  if (error instanceof SignInError) return error.cure;
  if (!(error instanceof ArmError)) return null;
  const [, tenant] = /must match the tenant '[^']*\/([0-9a-f-]{36})\/?'/i.exec(error.message) ?? [];
  if (tenant !== undefined)
    return `sign in with az login --tenant ${tenant}, or set AZURE_TENANT_ID`;
  const [, namespace] = /use namespace '([A-Za-z.]{1,80})'/.exec(error.message) ?? [];
  return namespace === undefined
    ? null
    : `register the resource provider with az provider register --namespace ${namespace}`;
}
