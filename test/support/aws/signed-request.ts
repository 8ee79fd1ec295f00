import type { WireRequest } from '../../../src/demo/wire-server.ts';

const targets: Readonly<Record<string, string>> = {
  ecr: 'AmazonEC2ContainerRegistry_V20150921',
  'ecr-public': 'SpencerFrontendService',
  cloudtrail: 'CloudTrail_20131101',
  kms: 'TrentService',
  organizations: 'AWSOrganizationsV20161128',
};
const paths: Readonly<Record<string, string>> = {
  BatchGetAccountStatus: '/status/batch/get',
  GetConfiguration: '/configuration/get',
  ListCoverage: '/coverage/list',
  ListFindingAggregations: '/findings/aggregation/list',
};

const formEncoded = ['ec2', 'iam', 'sts'];

/** A call of an operation, as `service:Operation`. */
export interface Call {
  readonly operation: string;
  readonly region: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

/** The request an SDK would send for a call; of the form-encoded ones, those without lists. */
export function signedRequest({ operation, region, input = {} }: Call): WireRequest {
  const [service = '', name = ''] = operation.split(':');
  const authorization = `AWS4-HMAC-SHA256 Credential=demo/20261102/${region}/${service}/aws4_request`;
  const common = { query: new URLSearchParams(), headers: { authorization } };
  if (service === 'signer') {
    const path = `/signing-profiles/${String(input['profileName'])}`;
    return { ...common, method: 'GET', path, body: '' };
  }
  if (formEncoded.includes(service)) {
    const form = new URLSearchParams({ Action: name });
    for (const [key, value] of Object.entries(input)) form.set(key, String(value));
    return { ...common, method: 'POST', path: '/', body: form.toString() };
  }
  const body = JSON.stringify(input);
  const path = paths[name];
  if (path !== undefined) return { ...common, method: 'POST', path, body };
  const headers = { authorization, 'x-amz-target': `${targets[service]}.${name}` };
  return { ...common, headers, method: 'POST', path: '/', body };
}
