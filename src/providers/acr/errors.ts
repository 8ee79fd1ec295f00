import type { ErrorReader } from '../provider.ts';

/** Azure Resource Manager refused. Its own codes are in the message; what they mean the status says. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  readonly code: string;

  constructor(status: number, message: string) {
    super(message);
    this.code = String(status);
  }
}

/** An answer would have led a request, with its token, to a host that is not Azure's. */
export class ForeignHost extends Error {
  override readonly name = 'ForeignHost';
}

/**
 * Reads what the Azure libraries and the HTTP client throw: a code of the vendor's or of the client
 * where there is one, else the name of the error's class.
 */
export const acrErrors: ErrorReader = { codeOf, detailOf };

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === '' ? error.name : code;
}

const longestDetail = 300;

/** What was said, on one line. */
function detailOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.replace(/\s+/g, ' ').trim().slice(0, longestDetail);
}
