import type { Operation } from '../contract.ts';

const signIn = {
  why: 'denied',
  cure: 'renew the credentials, with aws sso login or in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
} as const;

const clock = {
  why: 'denied',
  cure: 'set the clock of this machine: AWS refuses what is signed more than five minutes off',
} as const;

const region = {
  why: 'denied',
  cure: 'enable the region for the account (aws account enable-region), or leave it out of regions',
} as const;

/**
 * What error codes mean everywhere at AWS. Denials are not modelled by the services: they arrive under the
 * general codes (ECR API Reference, CommonErrors; EC2 User Guide, errors-overview). Those whose message says
 * that no grant helps get a code of their own, see `awsErrors`.
 */
export const refused: Operation['means'] = {
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  UnauthorizedOperation: 'denied',
  OrganizationPolicy: {
    why: 'denied',
    cure: 'have the service or resource control policy of the organization exempt the auditor, or leave the region out of regions where the policy closes it',
  },
  ExplicitDeny: {
    why: 'denied',
    cure: 'remove the explicit deny for the auditor from the policy that the message names',
  },
  PolicyLimit: {
    why: 'denied',
    cure: 'allow the action in the permissions boundary, session policy or endpoint policy that the message names as well',
  },
  ClockSkew: clock,
  RequestTimeTooSkewed: clock,
  RequestExpired: clock,
  OptInRequired: region,
  // Wrong keys and a region that is not enabled are refused with the same words.
  UnrecognizedClientException: {
    why: 'denied',
    cure: 'check the credentials; a region that has to be enabled first is enabled with aws account enable-region',
  },
  InvalidClientTokenId: signIn,
  AuthFailure: signIn,
  ExpiredToken: signIn,
  ExpiredTokenException: signIn,
  InvalidSignatureException: signIn,
  SignatureDoesNotMatch: signIn,
  IncompleteSignature: signIn,
  MissingAuthenticationToken: signIn,
  MissingAuthenticationTokenException: signIn,
  TokenProviderError: signIn,
  ProcessProviderError: signIn,
  CredentialsProviderError: signIn,
  // The file of a web identity or of another credential is not there.
  ENOENT: signIn,
  HttpDenied: 'denied',
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  ThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  HttpThrottled: 'throttled',
  UndecodableAnswer: 'undecodable',
  DecodeError: 'undecodable',
  PagingError: 'undecodable',
  BodyTooLarge: 'undecodable',
};
