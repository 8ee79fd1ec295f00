import { HttpError } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import { isRateLimited } from '../../../http/retry.ts';
import type { ErrorReader } from '../../facts.ts';

/**
 * GitHub answers 403 for a lacking permission, for a token without authorization for single sign-on
 * (`x-github-sso`) and for an exhausted rate limit alike (docs, Rate limits for the REST API).
 */
export const githubErrors: ErrorReader = {
  ...httpErrors,
  codeOf: (error) => {
    if (!(error instanceof HttpError) || error.code !== '403') return httpErrors.codeOf(error);
    if (isRateLimited(error.headers)) return 'rate-limited';
    return error.headers['x-github-sso'] === undefined ? '403' : 'sso';
  },
};
