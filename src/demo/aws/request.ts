import type { WireRequest } from '../wire-server.ts';

/** The protocol of an AWS service (Smithy specification, AWS protocols). */
export type Protocol = 'json' | 'rest-json' | 'query' | 'ec2';
export type Input = Readonly<Record<string, unknown>>;

/** One call of an AWS operation. */
export interface AwsRequest {
  readonly service: string;
  readonly region: string;
  /** The access key of who asks. */
  readonly accessKey: string;
  readonly operation: string;
  readonly protocol: Protocol;
  readonly input: Input;
  /** The address under which the server is known to the caller. */
  readonly host: string;
}

const protocols: Readonly<Record<string, Protocol>> = {
  ecr: 'json',
  'ecr-public': 'json',
  cloudtrail: 'json',
  kms: 'json',
  organizations: 'json',
  inspector2: 'rest-json',
  signer: 'rest-json',
  iam: 'query',
  sts: 'query',
  ec2: 'ec2',
};

const scope = /Credential=([^/]*)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

/**
 * Parses a call: service and region from the scope of the signature, the rest by the protocol of the
 * service. Null: not signed, or an unsupported service.
 */
export function awsRequest(request: WireRequest): AwsRequest | null {
  const [, accessKey = '', region, service] =
    scope.exec(request.headers['authorization'] ?? '') ?? [];
  if (region === undefined || service === undefined) return null;
  const protocol = protocols[service];
  if (protocol === undefined) return null;
  const called = readers[protocol](request);
  const host = `http://${request.headers['host']}`;
  return called === null ? null : { service, region, accessKey, protocol, host, ...called };
}

type Called = Pick<AwsRequest, 'operation' | 'input'>;

const readers: Readonly<Record<Protocol, (request: WireRequest) => Called | null>> = {
  json: ({ headers, body }) => {
    const operation = headers['x-amz-target']?.split('.')[1];
    return operation === undefined ? null : { operation, input: parsed(body) };
  },
  'rest-json': restCall,
  query: formCall,
  ec2: formCall,
};

const restPaths: Readonly<Record<string, string>> = {
  '/status/batch/get': 'BatchGetAccountStatus',
  '/configuration/get': 'GetConfiguration',
  '/coverage/list': 'ListCoverage',
  '/findings/aggregation/list': 'ListFindingAggregations',
};
const profilePath = /^\/signing-profiles\/([^/]+)$/;

function restCall({ path, query, body }: WireRequest): Called {
  if (path === '/revocations') {
    const certificateHashes = query.getAll('certificateHashes');
    const input = { ...Object.fromEntries(query), certificateHashes };
    return { operation: 'GetRevocationStatus', input };
  }
  const operation = restPaths[path];
  if (operation !== undefined) return { operation, input: parsed(body) };
  const [, profileName] = profilePath.exec(path) ?? [];
  return profileName === undefined
    ? { operation: path, input: {} }
    : { operation: 'GetSigningProfile', input: { ...Object.fromEntries(query), profileName } };
}

function formCall({ body }: WireRequest): Called | null {
  const { Action, ...input } = Object.fromEntries(new URLSearchParams(body));
  return Action === undefined ? null : { operation: Action, input };
}

function parsed(body: string): Input {
  const input: unknown = body === '' ? {} : JSON.parse(body);
  if (typeof input !== 'object' || input === null) throw new Error('the request is no JSON object');
  return Object.fromEntries(Object.entries(input));
}
