import { refusedByHttp } from '../../http/http-errors.ts';
import type { HttpOperation } from '../http-api.ts';

const spec = 'https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md';
const tokens = 'https://distribution.github.io/distribution/spec/auth/token/';

/** A token service on a host that nobody named gets no request. */
const elsewhere = {
  why: 'unreachable',
  cure: 'name the address of the token service as realm: in the configuration',
} as const;
/** Some registries answer 404 for what the caller may not see. */
const means = { ...refusedByHttp, redirect: elsewhere, '404': 'denied-or-absent' } as const;

function operation(path: string, permission: string, doc: string): HttpOperation {
  return { path, permission, doc, means };
}

/** The calls with the credentials of the caller, where there are any. */
export const calls = {
  signIn: operation('/v2/', '', `${spec}#determining-support`),
  listRepositories: operation(
    '/v2/_catalog',
    'registry:catalog:*',
    'https://distribution.github.io/distribution/spec/api/#listing-repositories',
  ),
  listTags: operation(
    '/v2/{repository+}/tags/list',
    'repository:NAME:pull',
    `${spec}#listing-tags`,
  ),
  getManifest: operation(
    '/v2/{repository+}/manifests/{reference}',
    'repository:NAME:pull',
    `${spec}#pulling-manifests`,
  ),
  listReferrers: operation(
    '/v2/{repository+}/referrers/{digest}',
    'repository:NAME:pull',
    `${spec}#listing-referrers`,
  ),
  getBlob: operation(
    '/v2/{repository+}/blobs/{digest}',
    'repository:NAME:pull',
    `${spec}#pulling-blobs`,
  ),
  uploadMethods: operation('/v2/{repository+}/blobs/uploads/', '', `${spec}#pushing-blobs`),
} as const satisfies Readonly<Record<string, HttpOperation>>;

/** The calls that are made without credentials, whatever the caller has. */
export const anonymousCalls = {
  ping: operation('/v2/', '', `${spec}#determining-support`),
  discoverExtensions: operation(
    '/v2/_oci/ext/discover',
    '',
    'https://github.com/opencontainers/distribution-spec/blob/v1.1.1/extensions/_oci.md',
  ),
  anonymousCatalog: operation('/v2/_catalog', '', calls.listRepositories.doc),
  anonymousPull: operation(calls.getManifest.path, '', calls.getManifest.doc),
  anonymousToken: operation('/token', '', tokens),
  anonymousUploadMethods: operation(calls.uploadMethods.path, '', calls.uploadMethods.doc),
} as const satisfies Readonly<Record<string, HttpOperation>>;

/** Every call that the adapter can make: GET, HEAD and OPTIONS alone. */
export const operations = {
  ...calls,
  ...anonymousCalls,
  getToken: operation('/token', '', tokens),
  probeTls: operation('', '', 'https://www.rfc-editor.org/rfc/rfc8996'),
} as const satisfies Readonly<Record<string, HttpOperation>>;

export type OciCall = keyof typeof calls;
export type OperationName = keyof typeof operations;
