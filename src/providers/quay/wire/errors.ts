import { HttpError } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';

/**
 * Tells Quay's own "not found" from a route that is not there: a feature that is off answers 404 with a page
 * of the UI, and so does every path that Quay does not know.
 */
export const quayErrors = { ...httpErrors, codeOf };

function codeOf(error: unknown): string {
  const code = httpErrors.codeOf(error);
  if (code !== '404' || !(error instanceof HttpError)) return code;
  return errorTypeOf(error) === 'not_found' ? 'not_found' : code;
}

/** Quay's word for a refusal (endpoints/exception.py, ApiErrorType); null: it is not in its words. */
export function errorTypeOf({ body }: HttpError): string | null {
  const found = /^\s*\{.*"error_type"\s*:\s*"([a-z_]{1,60})"/s.exec(body);
  return found?.[1] ?? null;
}
