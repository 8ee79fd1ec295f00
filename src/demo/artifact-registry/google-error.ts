import { Refused, type RestReply } from '../rest.ts';

/** An error in Google's format (google.rpc.Status as JSON). */
export function googleError(
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
): RestReply {
  return {
    status: code,
    json: { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } },
  };
}

export function notFound(what: string): Refused {
  return new Refused(googleError(404, 'NOT_FOUND', `${what} was not found.`));
}

/** The error of an API that is disabled in a project. */
export function serviceDisabled(service: string, number: string): Refused {
  const host = `${service}.googleapis.com`;
  return new Refused(
    googleError(403, 'PERMISSION_DENIED', `${host} has not been used in project ${number}.`, [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'SERVICE_DISABLED',
        domain: 'googleapis.com',
        metadata: { service: host, consumer: `projects/${number}` },
      },
    ]),
  );
}

export const refusals = {
  denied: (operation: string): RestReply =>
    operation === 'ExchangeToken'
      ? { status: 403, json: { error: 'access_denied', error_description: 'not allowed' } }
      : googleError(403, 'PERMISSION_DENIED', `Permission denied on ${operation}.`, [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'IAM_PERMISSION_DENIED',
            domain: 'iam.googleapis.com',
          },
        ]),
  throttled: (): RestReply =>
    googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded for quota metric Requests.'),
  'not-implemented': (operation: string): RestReply =>
    googleError(501, 'UNIMPLEMENTED', `${operation} is not implemented.`),
};
