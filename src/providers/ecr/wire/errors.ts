import type { ErrorReader } from '../../facts.ts';

/**
 * Reads what the AWS SDK throws. Modelled and general errors carry their code as `name`; a body that
 * is not the protocol's arrives as a SyntaxError with the HTTP status beside it.
 */
export const awsErrors: ErrorReader = { codeOf, detailOf, cureOf };

function codeOf(error: unknown): string {
  const { name, message, status, code } = parts(error);
  // "This feature is disabled" is how ECR says that a region does not have the feature at all.
  if (name === 'ValidationException' && message.includes('feature is disabled'))
    return 'FeatureDisabled';
  const beyondGrants = beyondGrantsOf(message);
  if (beyondGrants !== null) return beyondGrants;
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
  return bothEnds([http, code, said].filter((part) => part !== '').join(': '));
}

/** Who was refused stands at the beginning, and at the end the policy that refuses. */
function bothEnds(text: string): string {
  if (text.length <= longestDetail) return text;
  const half = longestDetail / 2 - 2;
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}

/**
 * What no grant puts right, by the words of a refusal (IAM User Guide, troubleshoot access denied error
 * messages; Signature Version 4, troubleshooting).
 */
function beyondGrantsOf(message: string): string | null {
  const [, denies, allows] =
    /(?:explicit deny in an? ([\w -]{1,60})|because no ([\w -]{1,60}) allows)/.exec(message) ?? [];
  const policy = denies ?? allows ?? '';
  if (/(?:service|resource) control policy/.test(policy)) return 'OrganizationPolicy';
  if (denies !== undefined) return 'ExplicitDeny';
  if (/boundary|session|endpoint/.test(policy)) return 'PolicyLimit';
  return /^Signature (?:expired|not yet current)/.test(message) ? 'ClockSkew' : null;
}

/** What the chain of credentials put beside its error, see `credentialsFor`. */
function cureOf(error: unknown): string | null {
  const { cure } = Object(error) as { cure?: unknown };
  return typeof cure === 'string' ? cure : null;
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
