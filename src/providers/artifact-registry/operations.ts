import { refusedByHttp } from '../../http/http-errors.ts';
import type { Why } from '../../model/fact.ts';
import type { Operation } from '../contract.ts';

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

type Means = Readonly<Record<string, Why | 'absent'>>;

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
const resources = (permission: string, page: string) =>
  operation(
    'cloudresourcemanager',
    `resourcemanager.${permission}`,
    `resource-manager/reference/rest/${page}`,
  );
const perimeter = (permission: string, page: string) =>
  operation(
    'accesscontextmanager',
    `accesscontextmanager.${permission}`,
    `access-context-manager/docs/reference/rest/v1/accessPolicies${page}`,
  );

/** Every call the adapter can make, all of them reads. The client refuses anything else. */
export const operations = {
  ExchangeToken: operation('sts', '', 'iam/docs/reference/sts/rest/v1/TopLevel/token'),
  GetProject: resources('projects.get', 'v3/projects/get'),
  GetAncestry: resources('projects.get', 'v1/projects/getAncestry'),
  GetOrganization: resources('organizations.get', 'v3/organizations/get'),
  GetProjectIamPolicy: resources('projects.getIamPolicy', 'v3/projects/getIamPolicy'),
  GetFolderIamPolicy: resources('folders.getIamPolicy', 'v3/folders/getIamPolicy'),
  GetOrganizationIamPolicy: resources(
    'organizations.getIamPolicy',
    'v3/organizations/getIamPolicy',
  ),
  SearchAllResources: operation(
    'cloudasset',
    'cloudasset.assets.searchAllResources',
    'asset-inventory/docs/reference/rest/v1/TopLevel/searchAllResources',
  ),
  ListLocations: registry('locations.list', 'locations/list', unused),
  ListRepositories: registry('repositories.list', 'locations.repositories/list', unused),
  GetRepositoryIamPolicy: registry(
    'repositories.getIamPolicy',
    'locations.repositories/getIamPolicy',
  ),
  ListDockerImages: registry('dockerimages.list', 'locations.repositories.dockerImages/list'),
  ListAttachments: registry('attachments.list', 'locations.repositories.attachments/list'),
  GetVpcscConfig: registry('vpcscconfigs.get', 'locations/getVpcscConfig'),
  GetRole: operation('iam', 'iam.roles.get', 'iam/docs/reference/rest/v1/roles/get'),
  ListServiceAccountKeys: operation(
    'iam',
    'iam.serviceAccountKeys.list',
    'iam/docs/reference/rest/v1/projects.serviceAccounts.keys/list',
  ),
  QueryActivities: operation(
    'policyanalyzer',
    'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query',
    'policy-intelligence/docs/reference/policyanalyzer/rest/v1/projects.locations.activityTypes.activities/query',
  ),
  BatchGetServices: operation(
    'serviceusage',
    'serviceusage.services.get',
    'service-usage/docs/reference/rest/v1/services/batchGet',
  ),
  GetBinaryAuthorizationPolicy: operation(
    'binaryauthorization',
    'binaryauthorization.policy.get',
    'binary-authorization/docs/reference/rest/v1/projects/getPolicy',
    unused,
  ),
  ListAttestors: operation(
    'binaryauthorization',
    'binaryauthorization.attestors.list',
    'binary-authorization/docs/reference/rest/v1/projects.attestors/list',
    unused,
  ),
  ListClusters: operation(
    'container',
    'container.clusters.list',
    'kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters/list',
    unused,
  ),
  ListRunServices: operation(
    'run',
    'run.services.list',
    'run/docs/reference/rest/v1/projects.locations.services/list',
    unused,
  ),
  ListOccurrences: operation(
    'containeranalysis',
    'containeranalysis.occurrences.list',
    'artifact-analysis/docs/reference/rest/v1/projects.occurrences/list',
    unused,
  ),
  GetVulnerabilitySummary: operation(
    'containeranalysis',
    'containeranalysis.occurrences.list',
    'artifact-analysis/docs/reference/rest/v1/projects.occurrences/getVulnerabilitySummary',
  ),
  ListSinks: operation(
    'logging',
    'logging.sinks.list',
    'logging/docs/reference/v2/rest/v2/projects.sinks/list',
  ),
  ListLogBuckets: operation(
    'logging',
    'logging.buckets.list',
    'logging/docs/reference/v2/rest/v2/projects.locations.buckets/list',
  ),
  ListAccessPolicies: perimeter('policies.list', '/list'),
  ListServicePerimeters: perimeter('servicePerimeters.list', '.servicePerimeters/list'),
  ListAccessLevels: perimeter('accessLevels.list', '.accessLevels/list'),
  GetCryptoKey: operation(
    'cloudkms',
    'cloudkms.cryptoKeys.get',
    'kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys/get',
  ),
  GetEffectivePolicy: operation(
    'orgpolicy',
    'orgpolicy.policy.get',
    'resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies/getEffectivePolicy',
  ),
  ListBuckets: operation(
    'storage',
    'storage.buckets.list',
    'storage/docs/json_api/v1/buckets/list',
  ),
  GetBucketIamPolicy: operation(
    'storage',
    'storage.buckets.getIamPolicy',
    'storage/docs/json_api/v1/buckets/getIamPolicy',
  ),
} as const satisfies Readonly<Record<string, GoogleOperation>>;

export type OperationName = keyof typeof operations;
