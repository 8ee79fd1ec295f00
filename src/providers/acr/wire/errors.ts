import { httpErrors } from '../../../http/http-errors.ts';
import type { ErrorReader } from '../../facts.ts';

/** Azure Resource Manager refused. Its own codes are in the message; what they mean the status says. */
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

/** Codes of Azure that say more than their status. */
const reasons = ['AadPremiumLicenseRequired', 'NoRegisteredProviderFound'] as const;

/** An answer would have led a token to a host that is not Azure's. */
export class ForeignHost extends Error {
  override readonly name = 'ForeignHost';
}

/**
 * Reads what the Azure libraries and the HTTP client throw: the code where there is one (`401`,
 * `unreachable`), else the name of the error's class.
 */
export const acrErrors: ErrorReader = { codeOf, detailOf: httpErrors.detailOf };

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === '' ? error.name : code;
}
