import { refusedByHttp } from '../../http/http-errors.ts';
import type { Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';

/** The Google services that are called, by the first label of their host. */
export type Service =
  | 'artifactregistry'
  | 'cloudresourcemanager'
  | 'cloudasset'
  | 'iam'
  | 'serviceusage'
  | 'binaryauthorization'
  | 'containeranalysis'
  | 'container'
  | 'run'
  | 'logging'
  | 'accesscontextmanager'
  | 'cloudkms'
  | 'orgpolicy'
  | 'policyanalyzer'
  | 'storage'
  | 'sts';

/** An operation of a Google service, besides what every operation declares. */
export interface GoogleOperation extends Operation {
  readonly service: Service;
}

/** One that is called over REST; resource names in its path are of several segments. */
export interface RestOperation extends GoogleOperation, HttpOperation {
  /** Of a listing: where the entries of a page stand. */
  readonly entries?: string;
  /** A page may leave out what did not answer, and says so. */
  readonly partial?: true;
}

type Means = Operation['means'];

/**
 * What refusals mean everywhere at Google (Cloud APIs design guide, errors). An API that is switched off
 * answers 403 with a reason of its own; `errors.ts` tells whose project it is switched off in.
 */
const refused: Means = {
  ...refusedByHttp,
  '404': 'denied-or-absent',
  SignIn: 'denied',
  Perimeter: 'denied',
  ServiceDisabled: 'denied',
  ServiceDisabledElsewhere: 'denied',
};

/** Where the API is switched off in the project itself, there is nothing of it to be found. */
const unused: Means = { ServiceDisabled: 'absent' };
const docs = 'https://docs.cloud.google.com';

function operation(
  service: Service,
  permission: string,
  page: string,
  means: Means = {},
): GoogleOperation {
  return { service, permission, doc: `${docs}/${page}`, means: { ...refused, ...means } };
}

const registry = (permission: string, page: string, means: Means = {}) =>
  operation(
    'artifactregistry',
    `artifactregistry.${permission}`,
    `artifact-registry/docs/reference/rest/v1/projects.${page}`,
    means,
  );
type Called = Parameters<typeof operation>;
const rest = (path: string, ...called: Called) => ({ path, ...operation(...called) });
const listing = (path: string, entries: string, ...called: Called) => ({
  ...rest(path, ...called),
  entries,
});
const resources = (path: string, permission: string, page: string) =>
  rest(
    path,
    'cloudresourcemanager',
    `resourcemanager.${permission}`,
    `resource-manager/reference/rest/${page}`,
  );
const perimeter = (path: string, entries: string, permission: string, page: string) =>
  listing(
    path,
    entries,
    'accesscontextmanager',
    `accesscontextmanager.${permission}`,
    `access-context-manager/docs/reference/rest/v1/accessPolicies${page}`,
  );

/** What is called over REST. */
export const calls = {
  GetProject: resources('/v3/projects/{project}', 'projects.get', 'v3/projects/get'),
  GetAncestry: resources(
    '/v1/projects/{project}:getAncestry',
    'projects.get',
    'v1/projects/getAncestry',
  ),
  GetOrganization: resources(
    '/v3/organizations/{organization}',
    'organizations.get',
    'v3/organizations/get',
  ),
  GetProjectIamPolicy: resources(
    '/v3/projects/{project}:getIamPolicy',
    'projects.getIamPolicy',
    'v3/projects/getIamPolicy',
  ),
  GetFolderIamPolicy: resources(
    '/v3/folders/{folder}:getIamPolicy',
    'folders.getIamPolicy',
    'v3/folders/getIamPolicy',
  ),
  GetOrganizationIamPolicy: resources(
    '/v3/organizations/{organization}:getIamPolicy',
    'organizations.getIamPolicy',
    'v3/organizations/getIamPolicy',
  ),
  SearchAllResources: listing(
    '/v1/{scope+}:searchAllResources',
    'results',
    'cloudasset',
    'cloudasset.assets.searchAllResources',
    'asset-inventory/docs/reference/rest/v1/TopLevel/searchAllResources',
  ),
  ListLocations: {
    path: '/v1/projects/{project}/locations',
    entries: 'locations',
    ...registry('locations.list', 'locations/list', unused),
  },
  ListRepositories: {
    path: '/v1/projects/{project}/locations/{location}/repositories',
    entries: 'repositories',
    ...registry('repositories.list', 'locations.repositories/list', unused),
  },
  GetRole: rest('/v1/{role+}', 'iam', 'iam.roles.get', 'iam/docs/reference/rest/v1/roles/get'),
  ListServiceAccountKeys: rest(
    '/v1/projects/-/serviceAccounts/{email}/keys',
    'iam',
    'iam.serviceAccountKeys.list',
    'iam/docs/reference/rest/v1/projects.serviceAccounts.keys/list',
  ),
  QueryActivities: listing(
    '/v1/projects/{project}/locations/global/activityTypes/serviceAccountKeyLastAuthentication/activities:query',
    'activities',
    'policyanalyzer',
    'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query',
    'policy-intelligence/docs/reference/policyanalyzer/rest/v1/projects.locations.activityTypes.activities/query',
  ),
  BatchGetServices: rest(
    '/v1/projects/{project}/services:batchGet',
    'serviceusage',
    'serviceusage.services.get',
    'service-usage/docs/reference/rest/v1/services/batchGet',
  ),
  GetBinaryAuthorizationPolicy: rest(
    '/v1/projects/{project}/policy',
    'binaryauthorization',
    'binaryauthorization.policy.get',
    'binary-authorization/docs/reference/rest/v1/projects/getPolicy',
    unused,
  ),
  ListAttestors: listing(
    '/v1/projects/{project}/attestors',
    'attestors',
    'binaryauthorization',
    'binaryauthorization.attestors.list',
    'binary-authorization/docs/reference/rest/v1/projects.attestors/list',
    unused,
  ),
  ListClusters: rest(
    '/v1/projects/{project}/locations/-/clusters',
    'container',
    'container.clusters.list',
    'kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters/list',
    unused,
  ),
  ListRunServices: rest(
    '/v1/projects/{project}/locations/-/services',
    'run',
    'run.services.list',
    'run/docs/reference/rest/v1/projects.locations.services/list',
    unused,
  ),
  ListOccurrences: {
    ...listing(
      '/v1/projects/{project}/occurrences',
      'occurrences',
      'containeranalysis',
      'containeranalysis.occurrences.list',
      'artifact-analysis/docs/reference/rest/v1/projects.occurrences/list',
      unused,
    ),
    partial: true,
  },
  GetVulnerabilitySummary: rest(
    '/v1/projects/{project}/occurrences:vulnerabilitySummary',
    'containeranalysis',
    'containeranalysis.occurrences.list',
    'artifact-analysis/docs/reference/rest/v1/projects.occurrences/getVulnerabilitySummary',
  ),
  ListSinks: listing(
    '/v2/{level+}/sinks',
    'sinks',
    'logging',
    'logging.sinks.list',
    'logging/docs/reference/v2/rest/v2/projects.sinks/list',
  ),
  ListLogBuckets: listing(
    '/v2/projects/{project}/locations/-/buckets',
    'buckets',
    'logging',
    'logging.buckets.list',
    'logging/docs/reference/v2/rest/v2/projects.locations.buckets/list',
  ),
  ListAccessPolicies: perimeter('/v1/accessPolicies', 'accessPolicies', 'policies.list', '/list'),
  ListServicePerimeters: perimeter(
    '/v1/{policy+}/servicePerimeters',
    'servicePerimeters',
    'servicePerimeters.list',
    '.servicePerimeters/list',
  ),
  ListAccessLevels: perimeter(
    '/v1/{policy+}/accessLevels',
    'accessLevels',
    'accessLevels.list',
    '.accessLevels/list',
  ),
  GetCryptoKey: rest(
    '/v1/{key+}',
    'cloudkms',
    'cloudkms.cryptoKeys.get',
    'kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys/get',
  ),
  GetEffectivePolicy: rest(
    '/v2/projects/{project}/policies/{constraint}:getEffectivePolicy',
    'orgpolicy',
    'orgpolicy.policy.get',
    'resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies/getEffectivePolicy',
  ),
  ListBuckets: listing(
    '/storage/v1/b',
    'items',
    'storage',
    'storage.buckets.list',
    'storage/docs/json_api/v1/buckets/list',
  ),
  GetBucketIamPolicy: rest(
    '/storage/v1/b/{bucket}/iam',
    'storage',
    'storage.buckets.getIamPolicy',
    'storage/docs/json_api/v1/buckets/getIamPolicy',
  ),
} as const satisfies Readonly<Record<string, RestOperation>>;

export type RestCall = keyof typeof calls;

/** What is called through the vendor's client. */
export const officialCalls = {
  GetRepositoryIamPolicy: registry(
    'repositories.getIamPolicy',
    'locations.repositories/getIamPolicy',
  ),
  ListDockerImages: registry('dockerimages.list', 'locations.repositories.dockerImages/list'),
  ListAttachments: registry('attachments.list', 'locations.repositories.attachments/list'),
  GetVpcscConfig: registry('vpcscconfigs.get', 'locations/getVpcscConfig'),
} as const satisfies Readonly<Record<string, GoogleOperation>>;

export type OfficialCall = keyof typeof officialCalls;

/** Every call the adapter can make, all of them reads. The client refuses anything else. */
export const operations = {
  ExchangeToken: operation('sts', '', 'iam/docs/reference/sts/rest/v1/TopLevel/token'),
  ...calls,
  ...officialCalls,
} as const satisfies Readonly<Record<string, GoogleOperation>>;

export type OperationName = keyof typeof operations;
