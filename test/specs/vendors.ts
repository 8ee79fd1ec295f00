import { operations as acr } from '../../src/providers/acr/operations.ts';
import { operations as google } from '../../src/providers/artifact-registry/operations.ts';
import { operations as ecr } from '../../src/providers/ecr/operations.ts';
import { calls as github, pathsForUsers } from '../../src/providers/ghcr/operations.ts';
import { calls as gitlab } from '../../src/providers/gitlab/operations.ts';
import { operations as harbor } from '../../src/providers/harbor/operations.ts';
import { calls as nexus } from '../../src/providers/nexus/operations.ts';
import { calls as quay } from '../../src/providers/quay/operations.ts';
import { reduceBotocore } from './reduce/botocore.ts';
import { reduceDiscovery } from './reduce/discovery.ts';
import { reduceGraphql } from './reduce/graphql.ts';
import type { Reduce } from './reduce/json.ts';
import { reduceOpenapi } from './reduce/openapi.ts';
import { githubPermissions, harborPermissions, namesLike } from './reduce/permissions.ts';

/** A vendor's description: where it is read, where it is kept, and which of its operations are. */
export interface Document {
  readonly source: string;
  readonly file: string;
  readonly reduce: Reduce;
  readonly operations: readonly string[];
}

/** Every name of something that the registry's own service lets be granted, one a line. */
export interface Permissions {
  readonly sources: readonly string[];
  readonly namesIn: (text: string) => readonly string[];
}

/** What is kept of a vendor, in the folder of this name, here and at the source. */
export interface Vendor {
  readonly folder: string;
  readonly documents: readonly Document[];
  readonly permissions: Permissions | null;
}

/** The commands of an AWS service that the adapter calls, and those that only the demo answers. */
function aws(service: string, more: readonly string[] = []): Document {
  const own = Object.values(ecr).filter((operation) => operation.service === service);
  return {
    source: `${service}-readonly.service-2.json`,
    file: `${service}.json`,
    reduce: reduceBotocore,
    operations: [...own.map(({ command }) => command), ...more],
  };
}

/** Google names its pages `…/rest/v1/projects.x/list` as its methods `service.projects.x.list`. */
function googleService(service: string): Document {
  // The distribution API is not Google's own.
  const own = Object.values(google).filter(
    (operation) => operation.service === service && operation !== google.GetManifest,
  );
  return {
    source: `${service}.v1.json`,
    file: `${service}.json`,
    reduce: reduceDiscovery,
    operations: own.map(
      ({ doc }) => `${service}.${doc.slice(doc.lastIndexOf('/v1/') + 4).replace('/', '.')}`,
    ),
  };
}

/** The calls of GitHub's REST API; GraphQL is described elsewhere. */
function githubOperations(): readonly string[] {
  const paths = [...Object.values(github).map(({ path }) => path), ...Object.values(pathsForUsers)];
  const described = new Set<string>(paths.filter((path) => path !== '/graphql'));
  return [...described].map((path) => `${path.endsWith('bulk-list') ? 'POST' : 'GET'} ${path}`);
}

/** A path of the adapter as GitLab describes it, where every path says `{id}`. */
export function gitlabOperation(path: string): string {
  return `GET ${path.replace(/\{(?:group|project)\}/, '{id}')}`;
}

/** What the published part of GitLab's description leaves out. */
const undescribedByGitlab: readonly string[] = [
  'GET /api/v4/personal_access_tokens/self',
  'GET /api/v4/application/settings',
  'GET /api/v4/users',
  'GET /api/v4/geo_sites',
  'GET /api/v4/geo_sites/status',
  'GET /api/v4/groups',
  'GET /api/v4/groups/{id}/members',
  'GET /api/v4/groups/{id}/members/all',
  'GET /api/v4/groups/{id}/hooks',
  'GET /api/v4/groups/{id}/audit_events',
  'GET /api/v4/virtual_registries/container/registries/{registry}/upstreams',
  'GET /api/v4/projects/{id}/members/all',
  'GET /api/v4/projects/{id}/hooks',
  'GET /api/graphql',
];

/**
 * One entry for each vendor. What is to be kept of a further one is added here; the forms are OpenAPI 2
 * and 3 as JSON or YAML, AWS's, Google's, and schemas of GraphQL.
 */
export const vendors: readonly Vendor[] = [
  {
    folder: 'aws-ecr',
    documents: [
      aws('ecr', ['DescribeImageSigningStatus']),
      aws('ecr-public'),
      aws('inspector2', ['ListCoverage', 'ListFindingAggregations']),
      aws('signer'),
    ],
    permissions: {
      sources: ['ecr-actions.json', 'ecr-commands.txt'],
      namesIn: namesLike(/"name": "([A-Z]\w+)"|\b(\w+)Command\b/g, 'ecr:'),
    },
  },
  {
    folder: 'azure-containerregistry',
    documents: [
      {
        source: 'containerregistry.2025-11-01.readonly-derived.json',
        file: 'containerregistry.json',
        reduce: reduceOpenapi,
        // It is made of the SDK, which writes first letters small.
        operations: Object.entries(acr)
          .filter(([, { doc }]) => doc.includes('/rest/api/container-registry/'))
          .map(([name]) => name.replace(/(?<=^|_)[A-Z]/g, (letter) => letter.toLowerCase())),
      },
    ],
    permissions: {
      sources: ['operations.txt', 'built-in-roles.json'],
      namesIn: namesLike(
        /\bMicrosoft\.ContainerRegistry\/[\w./]+\/(?:read|write|delete|action)\b(?!\/)/g,
      ),
    },
  },
  {
    folder: 'dockerhub',
    documents: [
      {
        source: 'hub-readonly.openapi.yaml',
        file: 'hub.json',
        reduce: reduceOpenapi,
        operations: [
          'POST /v2/auth/token',
          'GET /v2/namespaces/{namespace}/repositories',
          'GET /v2/namespaces/{namespace}/repositories/{repository}',
          'GET /v2/namespaces/{namespace}/repositories/{repository}/tags',
          'GET /v2/orgs/{org_name}/members',
          'GET /v2/orgs/{org_name}/invites',
          'GET /v2/orgs/{name}/access-tokens',
          'GET /v2/orgs/{org_name}/access-tokens/{access_token_id}',
          'GET /v2/access-tokens',
          'GET /v2/auditlogs/{account}',
        ],
      },
      {
        source: 'scout-graphql-schema.graphql',
        file: 'scout.graphql',
        reduce: reduceGraphql,
        operations: ['reposFeatures', 'imageSummariesByDigest'],
      },
    ],
    permissions: {
      sources: ['token-scopes.md', 'hub-readonly.openapi.yaml'],
      namesIn: namesLike(/\bscope-[a-z_-]+[a-z]|"(repo:\w+)"/g),
    },
  },
  {
    folder: 'gcp-artifactregistry',
    documents: [
      googleService('artifactregistry'),
      googleService('binaryauthorization'),
      googleService('containeranalysis'),
    ],
    permissions: {
      sources: ['owner.json', 'map.json', 'vpcsc-config.txt'],
      namesIn: namesLike(/"(artifactregistry\.(?!projects\b)[a-z]+\.\w+)"/g),
    },
  },
  {
    folder: 'github',
    documents: [
      {
        source: 'ghec-registry-readonly.openapi.json',
        file: 'ghec.json',
        reduce: reduceOpenapi,
        operations: githubOperations(),
      },
    ],
    permissions: {
      sources: ['ghec-registry-readonly.openapi.json'],
      namesIn: githubPermissions,
    },
  },
  {
    folder: 'gitlab',
    documents: [
      {
        source: 'registry-subset.openapi.yaml',
        file: 'gitlab.json',
        reduce: reduceOpenapi,
        operations: Object.values(gitlab)
          .map(({ path }) => gitlabOperation(path))
          .filter((operation) => !undescribedByGitlab.includes(operation)),
      },
    ],
    permissions: null,
  },
  {
    folder: 'harbor',
    documents: [
      {
        source: 'swagger.yaml',
        file: 'harbor.json',
        reduce: reduceOpenapi,
        operations: Object.entries(harbor)
          .filter(([, { path }]) => path !== null)
          .map(([name]) => name),
      },
    ],
    permissions: { sources: ['const.go'], namesIn: harborPermissions },
  },
  {
    folder: 'nexus',
    documents: [
      {
        source: 'openapi.yaml',
        file: 'nexus.json',
        reduce: reduceOpenapi,
        operations: [
          ...Object.values(nexus)
            .filter(({ path }) => path.startsWith('/v1/'))
            .map(({ path }) => `GET ${path}`),
          // What an entry of the list of repositories is.
          ...['hosted', 'proxy', 'group'].map(
            (type) => `GET /v1/repositories/docker/${type}/{repositoryName}`,
          ),
        ],
      },
    ],
    permissions: null,
  },
  {
    folder: 'quay',
    documents: [
      {
        source: 'quay-api-v1-from-source.json',
        file: 'quay.json',
        reduce: reduceOpenapi,
        // What everybody is told is beside the API, and one call of it has no name.
        operations: Object.keys(quay)
          .filter((name) => name !== 'getConfig' && name !== 'listPublicRepos')
          .map((name) =>
            name === 'getRegistryConfiguration' ? 'GET /api/v1/superuser/config' : name,
          ),
      },
    ],
    permissions: {
      sources: ['quay-api-v1-from-source.json'],
      namesIn: namesLike(/"((?:repo|org|user|super):[a-z]+)"/g),
    },
  },
];
