import type { ErrorReader } from '../../facts.ts';

/**
 * Reads what the AWS SDK throws. Modelled and general errors carry their code as `name`; a body that
 * is not the protocol's arrives as a SyntaxError with the HTTP status beside it.
 */
export const awsErrors: ErrorReader = { codeOf, detailOf };

function codeOf(error: unknown): string {
  const { name, message, status, code } = parts(error);
  // "This feature is disabled" is how ECR says that a region does not have the feature at all.
  if (name === 'ValidationException' && message.includes('feature is disabled'))
    return 'FeatureDisabled';
  if (name !== 'Error' && name !== 'SyntaxError' && name !== 'TypeError') return name;
  if (code !== '') return code;
  if (status === 401 || status === 403) return 'HttpDenied';
  if (status === 429) return 'HttpThrottled';
  if (status >= 500) return 'ServerError';
  if (status >= 200) return 'UndecodableAnswer';
  return name;
}

const longestDetail = 300;

/** What the SDK says of these is for programmers. */
const plain: Readonly<Record<string, string>> = {
  SyntaxError: 'the answer is not what the API promises',
  TimeoutError: 'no answer in time',
};

function detailOf(error: unknown): string {
  const { name, message, status, code } = parts(error);
  const http = status >= 500 ? `HTTP ${status}` : '';
  const said = plain[name] ?? message;
  return [http, code, cause(name, message), said]
    .filter((part) => part !== '')
    .join(': ')
    .slice(0, longestDetail);
}

/** What a grant cannot put right, in front of the vendor's own words. */
function cause(name: string, message: string): string {
  if (/explicit deny in a (?:service|resource) control policy/.test(message))
    return 'a policy of the organization denies it, whatever is granted here';
  if (name === 'RequestTimeTooSkewed' || /^Signature (?:expired|not yet current)/.test(message))
    return 'the clock of this machine differs from that of AWS';
  if (name === 'UnrecognizedClientException' || name === 'InvalidClientTokenId')
    return 'the credentials are not valid here: they are wrong, or the region is not enabled for the account';
  if (name === 'OptInRequired') return 'the region or service is not enabled for the account';
  return '';
}

function parts(error: unknown): { name: string; message: string; status: number; code: string } {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), status: 0, code: '' };
  const more = error as { $metadata?: { httpStatusCode?: unknown }; code?: unknown };
  const status = more.$metadata?.httpStatusCode;
  const said =
    error instanceof AggregateError ? error.errors.map(String).join('; ') : error.message;
  return {
    name: error.name,
    // The SDK appends a debugging hint to deserialisation errors, after a line break.
    message: said.split('\n')[0] ?? '',
    status: typeof status === 'number' ? status : 0,
    code: typeof more.code === 'string' ? more.code : '',
  };
}
