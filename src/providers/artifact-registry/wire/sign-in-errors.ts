import { HttpError } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import type { ErrorReader } from '../../facts.ts';

/**
 * Reads what the sign-in throws: google-auth-library's own errors, or those of its HTTP client. `file`:
 * the credentials that were named; undefined: none. `redacted`: takes known secrets out of a text.
 */
export function signInErrors(
  file: string | undefined,
  redacted: (text: string) => string,
): ErrorReader {
  return {
    codeOf: (error) => {
      if (error instanceof HttpError) return error.code;
      const status = statusOf(error);
      if (status === 429) return '429';
      if (status >= 500) return '5xx';
      if (status === 0 && isOfNetwork(socketCodeOf(error))) return 'unreachable';
      return /reasonable timeframe|iat and exp/.test(saidBy(error, redacted))
        ? 'ClockSkew'
        : 'SignIn';
    },
    detailOf: (error) => {
      const status = statusOf(error);
      if (status > 0)
        return `the sign-in was refused with HTTP ${status}${saidBy(error, redacted)}`;
      const code = socketCodeOf(error);
      if (isOfNetwork(code)) return `the sign-in failed: ${code}${hostOf(error)}`;
      const what = redacted(httpErrors.detailOf(error));
      return file === undefined ? what : `the credentials in ${file} do not sign in: ${what}`;
    },
  };
}

function statusOf(error: unknown): number {
  const { status, response } = Object(error) as {
    status?: unknown;
    response?: { status?: unknown };
  };
  const found = typeof status === 'number' ? status : response?.status;
  return typeof found === 'number' ? found : 0;
}

/** What the token service says of a refusal (RFC 6749, 5.2). It may repeat what it was sent. */
function saidBy(error: unknown, redacted: (text: string) => string): string {
  const { response } = Object(error) as { response?: { data?: unknown } };
  const { error: word, error_description: sentence } = Object(response?.data) as {
    error?: unknown;
    error_description?: unknown;
  };
  const said = [word, sentence].filter((part) => typeof part === 'string').join(': ');
  return said === '' ? '' : `: ${redacted(said).replace(longToken, '***').slice(0, 200)}`;
}

/** No word of a sentence is that long, and every token is. */
const longToken = /[\w+/=.~-]{48,}/g;

const socketCode = /^(E[A-Z]{3,20}|UND_ERR_[A-Z_]+|ERR_[A-Z_]+)$/;

function socketCodeOf(error: unknown): string {
  const { code, cause } = Object(error) as { code?: unknown; cause?: { code?: unknown } };
  const found = typeof code === 'string' ? code : cause?.code;
  return typeof found === 'string' && socketCode.test(found) ? found : '';
}

/** Error codes of the file system. */
const ofFiles = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM', 'ELOOP', 'ENAMETOOLONG'];

function isOfNetwork(code: string): boolean {
  return code !== '' && !ofFiles.includes(code);
}

/** The host that was asked; empty: the error does not say. */
function hostOf(error: unknown): string {
  const { config } = Object(error) as { config?: { url?: unknown } };
  const url = String(config?.url);
  return URL.canParse(url) ? ` at ${new URL(url).host}` : '';
}
