import { HttpError } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import type { ErrorReader } from '../../facts.ts';

/** Reads errors of the server, whose refusals have no body. */
export const nexusErrors: ErrorReader = {
  codeOf: httpErrors.codeOf,
  detailOf: (error) => {
    if (!(error instanceof HttpError) || error.status === 0 || error.body !== '') {
      return httpErrors.detailOf(error);
    }
    return error.status === 404
      ? 'HTTP 404 without a body: there is no such route, or none for this caller'
      : `HTTP ${error.status} without a body`;
  },
};
