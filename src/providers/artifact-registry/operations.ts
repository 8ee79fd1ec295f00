import {
  type Call,
  everyPage,
  type GoogleOperation,
  operation,
  paged,
  perimeter,
  type RestOperation,
  registry,
  resources,
  rest,
  unused,
} from './operation-kinds.ts';

const policy = ['etag'] as const;

/** A call of Identity and Access Management. */
const iam = (path: string, permission: string, page: string, shape: Call['shape']) =>
  rest(path, {
    service: 'iam',
    permission: `iam.${permission}`,
    page: `iam/docs/reference/rest/v1/${page}`,
    shape,
  });

/** A call of Cloud Run: lists of all regions, with those that did not answer. */
const run = (path: string, permission: string, page: string) =>
  rest(path, {
    service: 'run',
    permission: `run.${permission}`,
    page: `run/docs/reference/rest/v1/${page}`,
    shape: {
      always: ['apiVersion', 'kind'],
      entries: 'items',
      besides: ['metadata', 'unreachable'],
    },
    means: unused,
  });

/** What is called over REST. */
export const calls = {
  GetProject: resources('/v3/projects/{project}', 'projects.get', 'v3/projects/get', [
    'name',
    'projectId',
    'state',
  ]),
  GetAncestry: resources(
    '/v1/projects/{project}:getAncestry',
    'projects.get',
    'v1/projects/getAncestry',
    ['ancestor'],
  ),
  GetOrganization: resources(
    '/v3/organizations/{organization}',
    'organizations.get',
    'v3/organizations/get',
    ['name', 'displayName'],
  ),
  GetProjectIamPolicy: resources(
    '/v3/projects/{project}:getIamPolicy',
    'projects.getIamPolicy',
    'v3/projects/getIamPolicy',
    policy,
  ),
  GetFolderIamPolicy: resources(
    '/v3/folders/{folder}:getIamPolicy',
    'folders.getIamPolicy',
    'v3/folders/getIamPolicy',
    policy,
  ),
  GetOrganizationIamPolicy: resources(
    '/v3/organizations/{organization}:getIamPolicy',
    'organizations.getIamPolicy',
    'v3/organizations/getIamPolicy',
    policy,
  ),
  SearchAllResources: rest('/v1/{scope+}:searchAllResources', {
    service: 'cloudasset',
    permission: 'cloudasset.assets.searchAllResources',
    page: 'asset-inventory/docs/reference/rest/v1/TopLevel/searchAllResources',
    shape: paged('results'),
  }),
  ListLocations: {
    path: '/v1/projects/{project}/locations',
    // There are always some.
    ...registry('locations.list', 'locations/list', everyPage('locations'), unused),
  },
  ListRepositories: {
    path: '/v1/projects/{project}/locations/{location}/repositories',
    ...registry('repositories.list', 'locations.repositories/list', paged('repositories'), unused),
  },
  GetRepository: {
    path: '/v1/{repository+}',
    ...registry('repositories.get', 'locations.repositories/get', { always: ['name', 'format'] }),
  },
  GetRole: iam('/v1/{role+}', 'roles.get', 'roles/get', { always: ['name'] }),
  ListServiceAccountKeys: iam(
    '/v1/projects/-/serviceAccounts/{email}/keys',
    'serviceAccountKeys.list',
    'projects.serviceAccounts.keys/list',
    { always: [], entries: 'keys' },
  ),
  GetServiceAccountIamPolicy: iam(
    '/v1/projects/-/serviceAccounts/{email}:getIamPolicy',
    'serviceAccounts.getIamPolicy',
    'projects.serviceAccounts/getIamPolicy',
    { always: policy },
  ),
  QueryActivities: rest(
    '/v1/projects/{project}/locations/global/activityTypes/serviceAccountKeyLastAuthentication/activities:query',
    {
      service: 'policyanalyzer',
      permission: 'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query',
      page: 'policy-intelligence/docs/reference/policyanalyzer/rest/v1/projects.locations.activityTypes.activities/query',
      shape: paged('activities'),
    },
  ),
  BatchGetServices: rest('/v1/projects/{project}/services:batchGet', {
    service: 'serviceusage',
    permission: 'serviceusage.services.get',
    page: 'service-usage/docs/reference/rest/v1/services/batchGet',
    shape: { always: ['services'] },
  }),
  GetBinaryAuthorizationPolicy: rest('/v1/projects/{project}/policy', {
    service: 'binaryauthorization',
    permission: 'binaryauthorization.policy.get',
    page: 'binary-authorization/docs/reference/rest/v1/projects/getPolicy',
    shape: { always: ['name', 'defaultAdmissionRule'] },
    means: unused,
  }),
  ListAttestors: rest('/v1/projects/{project}/attestors', {
    service: 'binaryauthorization',
    permission: 'binaryauthorization.attestors.list',
    page: 'binary-authorization/docs/reference/rest/v1/projects.attestors/list',
    shape: paged('attestors'),
    means: unused,
  }),
  ListClusters: rest('/v1/projects/{project}/locations/-/clusters', {
    service: 'container',
    permission: 'container.clusters.list',
    page: 'kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters/list',
    shape: { always: [], entries: 'clusters', besides: ['missingZones'] },
    means: unused,
  }),
  ListRunServices: run(
    '/v1/projects/{project}/locations/-/services',
    'services.list',
    'projects.locations.services/list',
  ),
  ListRunJobs: run(
    '/apis/run.googleapis.com/v1/namespaces/{project}/jobs',
    'jobs.list',
    'namespaces.jobs/list',
  ),
  ListRunWorkerPools: run(
    '/apis/run.googleapis.com/v1/namespaces/{project}/workerpools',
    'workerpools.list',
    'namespaces.workerpools/list',
  ),
  ListOccurrences: {
    ...rest('/v1/projects/{project}/occurrences', {
      service: 'containeranalysis',
      permission: 'containeranalysis.occurrences.list',
      page: 'artifact-analysis/docs/reference/rest/v1/projects.occurrences/list',
      shape: paged('occurrences', 'unreachable'),
      means: unused,
    }),
    partial: true,
  },
  GetVulnerabilitySummary: rest('/v1/projects/{project}/occurrences:vulnerabilitySummary', {
    service: 'containeranalysis',
    permission: 'containeranalysis.occurrences.list',
    page: 'artifact-analysis/docs/reference/rest/v1/projects.occurrences/getVulnerabilitySummary',
    shape: { always: [], entries: 'counts', besides: ['unreachable'] },
  }),
  ListSinks: rest('/v2/{level+}/sinks', {
    service: 'logging',
    permission: 'logging.sinks.list',
    page: 'logging/docs/reference/v2/rest/v2/projects.sinks/list',
    shape: paged('sinks'),
  }),
  ListLogBuckets: rest('/v2/projects/{project}/locations/-/buckets', {
    service: 'logging',
    permission: 'logging.buckets.list',
    page: 'logging/docs/reference/v2/rest/v2/projects.locations.buckets/list',
    shape: paged('buckets'),
  }),
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
  GetCryptoKey: rest('/v1/{key+}', {
    service: 'cloudkms',
    permission: 'cloudkms.cryptoKeys.get',
    page: 'kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys/get',
    shape: { always: ['name', 'purpose'] },
  }),
  GetEffectivePolicy: rest('/v2/projects/{project}/policies/{constraint}:getEffectivePolicy', {
    service: 'orgpolicy',
    permission: 'orgpolicy.policy.get',
    page: 'resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies/getEffectivePolicy',
    shape: { always: ['name'] },
  }),
  ListBuckets: rest('/storage/v1/b', {
    service: 'storage',
    permission: 'storage.buckets.list',
    page: 'storage/docs/json_api/v1/buckets/list',
    shape: { always: ['kind'], entries: 'items', besides: ['nextPageToken'] },
  }),
  GetBucketIamPolicy: rest('/storage/v1/b/{bucket}/iam', {
    service: 'storage',
    permission: 'storage.buckets.getIamPolicy',
    page: 'storage/docs/json_api/v1/buckets/getIamPolicy',
    shape: { always: ['kind', 'resourceId', 'etag'] },
  }),
} as const satisfies Readonly<Record<string, RestOperation>>;

export type RestCall = keyof typeof calls;

/** What is called through the vendor's client. */
export const officialCalls = {
  GetRepositoryIamPolicy: registry(
    'repositories.getIamPolicy',
    'locations.repositories/getIamPolicy',
    { always: policy },
  ),
  ListDockerImages: registry(
    'dockerimages.list',
    'locations.repositories.dockerImages/list',
    paged('dockerImages'),
  ),
  ListAttachments: registry(
    'attachments.list',
    'locations.repositories.attachments/list',
    paged('attachments'),
  ),
  GetVpcscConfig: {
    ...registry(
      'vpcscconfigs.get',
      'locations/getVpcscConfig',
      { always: ['name'] },
      {
        '403': {
          why: 'denied',
          cure: 'grant artifactregistry.vpcscconfigs.get and accesscontextmanager.policies.get',
        },
      },
    ),
    // The reference of `gcloud artifacts vpcsc-config describe` names both.
    also: ['accesscontextmanager.policies.get'],
  },
} as const satisfies Readonly<Record<string, GoogleOperation>>;

export type OfficialCall = keyof typeof officialCalls;

/** Every call the adapter can make, all of them reads. The client refuses anything else. */
export const operations = {
  ExchangeToken: operation({
    service: 'sts',
    permission: '',
    page: 'iam/docs/reference/sts/rest/v1/TopLevel/token',
    shape: { always: ['access_token'] },
  }),
  GetManifest: {
    ...operation({
      service: 'artifactregistry',
      permission: 'artifactregistry.repositories.downloadArtifacts',
      page: 'artifact-registry/docs/docker/authentication',
      shape: { always: [] },
    }),
    withPulls: true,
  },
  ...calls,
  ...officialCalls,
} as const satisfies Readonly<Record<string, GoogleOperation>>;

export type OperationName = keyof typeof operations;
