import { AwsError } from './aws-error.ts';
import type { AwsRequest, Protocol } from './request.ts';

type Asked = Pick<AwsRequest, 'service' | 'operation' | 'protocol' | 'region'>;
type Code = readonly [code: string, status: number];

/*
 * Common errors in the format of each service: ECR API reference, CommonErrors; Amazon EC2 user
 * guide, errors-overview; IAM and Inspector API references, CommonErrors.
 */

const denials: Readonly<Record<Protocol, Code>> = {
  json: ['AccessDeniedException', 400],
  'rest-json': ['AccessDeniedException', 403],
  query: ['AccessDenied', 403],
  ec2: ['UnauthorizedOperation', 403],
};

export function denied({ service, operation, protocol }: Asked, caller: string): AwsError {
  const [code, status] = denials[protocol];
  const action = `${service}:${operation}`;
  return new AwsError(
    code,
    `User: ${caller} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    status,
  );
}

const throttles: Readonly<Record<Protocol, Code>> = {
  json: ['ThrottlingException', 400],
  'rest-json': ['ThrottlingException', 429],
  query: ['Throttling', 400],
  ec2: ['RequestLimitExceeded', 503],
};

export function throttled({ service, protocol }: Asked): AwsError {
  const [code, status] = throttles[protocol];
  return new AwsError(
    service === 'signer' ? 'TooManyRequestsException' : code,
    'Rate exceeded',
    status,
  );
}

const ignorance: Readonly<Record<Protocol, Code>> = {
  json: ['UnknownOperationException', 400],
  'rest-json': ['UnknownOperationException', 404],
  query: ['InvalidAction', 400],
  ec2: ['InvalidAction', 400],
};

export function unknownOperation({ operation, protocol }: Asked): AwsError {
  const [code, status] = ignorance[protocol];
  return new AwsError(code, `The operation ${operation} is not known here`, status);
}

/** The error in a region that the account has not enabled. */
export function regionNotEnabled({ region }: Asked): AwsError {
  return new AwsError(
    'UnrecognizedClientException',
    `The security token included in the request is invalid in ${region}`,
  );
}
