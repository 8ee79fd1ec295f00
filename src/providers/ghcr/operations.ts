import type { paths } from '@octokit/openapi-types';
import { refusedByHttp } from '../../http/http-errors.ts';
import type { Cause, Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';

const rest = 'https://docs.github.com/en/rest';
const cloud = 'https://docs.github.com/en/enterprise-cloud@latest/rest';
const registry =
  'https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry';

const authorize: Cause = {
  why: 'denied',
  cure: 'the organization enforces single sign-on: authorize the token for it under Settings > Developer settings > Personal access tokens > Configure SSO',
};

/**
 * A 404 names nothing that exists, or something that the token may not see: GitHub does not tell them
 * apart. `sso` and `rate-limited` are 403 with a header that says so, see `githubErrors`.
 */
const means = {
  ...refusedByHttp,
  '404': 'denied-or-absent',
  sso: authorize,
  'rate-limited': 'throttled',
} as const;

/**
 * Which credential makes a call: packages and organization settings take different ones. What settings need is
 * named as a permission of a GitHub App or fine-grained token, which can be read-only; `scopesFor` has the scopes
 * of a personal access token (classic) that stand for them.
 */
export type By = 'packages' | 'settings';

export interface GhcrOperation extends HttpOperation {
  readonly by: By;
  /** Of a list that is not an array itself: the field that it is in. */
  readonly entries?: string;
}

type Read<M extends 'get' | 'post'> = {
  [P in keyof paths]: paths[P] extends { readonly [K in M]: unknown } ? P : never;
}[keyof paths];

/** A call that `github.com` describes. `page`: its page below the REST reference. */
function read<const P extends Read<'get'>>(by: By, path: P, permission: string, page: string) {
  return { path, by, permission, doc: `${rest}/${page}`, means } as const;
}

/** A call that only GitHub Enterprise has. */
function ofEnterprise<const P extends string>(path: P, permission: string, page: string) {
  return { path, by: 'settings', permission, doc: `${cloud}/${page}`, means } as const;
}

const packages = 'packages/packages';
const readPackages = 'read:packages';

/** The refusal of a personal access token with limits of its own, or of an app. */
const classicOnly: Cause = {
  why: 'denied',
  cure: 'use a personal access token (classic) with read:packages, authorized for single sign-on where the organization asks for it, or GITHUB_TOKEN with packages: read: GitHub gives packages to no other kind of token',
};
const ofPackages = { ...means, '403': classicOnly } as const;

/** Of a user `/users/{username}` stands for `/orgs/{org}`. */
export const pathsForUsers = {
  packages: '/users/{username}/packages',
  versions: '/users/{username}/packages/{package_type}/{package_name}/versions',
  attestations: '/users/{username}/attestations/bulk-list',
} as const satisfies Readonly<Record<string, keyof paths>>;

/** The calls of GitHub's REST API, by their paths. */
export const calls = {
  getOwner: read('packages', '/users/{username}', '', 'users/users'),
  getCaller: read('packages', '/user', '', 'users/users'),
  listOrganizations: read('packages', '/user/orgs', 'read:org', 'orgs/orgs'),
  listPackages: {
    ...read('packages', '/orgs/{org}/packages', readPackages, packages),
    means: ofPackages,
  },
  listLegacyPackages: {
    ...read('packages', '/orgs/{org}/packages', readPackages, packages),
    means: ofPackages,
  },
  listVersions: {
    ...read(
      'packages',
      '/orgs/{org}/packages/{package_type}/{package_name}/versions',
      readPackages,
      packages,
    ),
    means: ofPackages,
  },
  getOrganization: read('settings', '/orgs/{org}', 'organization_administration:read', 'orgs/orgs'),
  listOwners: read('settings', '/orgs/{org}/members', 'members:read', 'orgs/members'),
  listInsecureMembers: read('settings', '/orgs/{org}/members', 'members:read', 'orgs/members'),
  listOutsideCollaborators: read(
    'settings',
    '/orgs/{org}/outside_collaborators',
    'members:read',
    'orgs/outside-collaborators',
  ),
  listInstallations: {
    ...read(
      'settings',
      '/orgs/{org}/installations',
      'organization_administration:read',
      'orgs/orgs',
    ),
    entries: 'installations',
  },
  getActionsPolicy: read(
    'settings',
    '/orgs/{org}/actions/permissions',
    'organization_administration:read',
    'actions/permissions',
  ),
  getWorkflowPermissions: read(
    'settings',
    '/repos/{owner}/{repo}/actions/permissions/workflow',
    'administration:read',
    'actions/permissions',
  ),
  listCollaborators: read(
    'settings',
    '/repos/{owner}/{repo}/collaborators',
    'metadata:read',
    'collaborators/collaborators',
  ),
  listOrganizationHooks: read(
    'settings',
    '/orgs/{org}/hooks',
    'organization_hooks:read',
    'orgs/webhooks',
  ),
  listRepositoryHooks: read(
    'settings',
    '/repos/{owner}/{repo}/hooks',
    'repository_hooks:read',
    'repos/webhooks',
  ),
  querySingleSignOn: {
    path: '/graphql',
    by: 'settings',
    permission: 'members:read',
    doc: 'https://docs.github.com/en/graphql/reference/organizations',
    means,
  },
  queryEnterprise: {
    path: '/graphql',
    by: 'packages',
    permission: 'read:enterprise',
    doc: 'https://docs.github.com/en/graphql/reference/enterprise-admin',
    means,
  },
  listAuthorizedCredentials: ofEnterprise(
    '/orgs/{org}/credential-authorizations',
    'organization_administration:read',
    'orgs/orgs',
  ),
  listAuditLog: ofEnterprise(
    '/orgs/{org}/audit-log',
    'organization_administration:read',
    'orgs/orgs',
  ),
  listAuditStreams: ofEnterprise(
    '/enterprises/{enterprise}/audit-log/streams',
    'read:audit_log',
    'enterprise-admin/audit-log',
  ),
  listAttestations: {
    path: '/orgs/{org}/attestations/bulk-list' satisfies Read<'post'>,
    by: 'settings',
    permission: 'attestations:read',
    doc: `${rest}/orgs/attestations`,
    means,
  },
  listRepositoryAttestations: read(
    'settings',
    '/repos/{owner}/{repo}/attestations/{subject_digest}',
    'attestations:read',
    'repos/attestations',
  ),
} as const satisfies Readonly<Record<string, GhcrOperation>>;

export type GhcrCall = keyof typeof calls;

function ofRegistry(permission: string): Operation {
  return { permission, doc: registry, means };
}

function ofApp(page: string): Operation {
  return { permission: '', doc: `${rest}/${page}`, means };
}

/**
 * Every call the adapter can make, all of them reads; GraphQL, lists of attestations and the sign-in of an app
 * are a POST.
 */
export const operations = {
  ...calls,
  /** With the settings of a GitHub App: where it is installed, and a token of an hour that can only read. */
  getInstallation: ofApp('apps/apps'),
  issueInstallationToken: ofApp('apps/apps'),
  /** The token service asked as a stranger: 401 is its answer for what is not public. */
  issueAnonymousToken: ofRegistry(''),
  issueRegistryToken: ofRegistry(readPackages),
  getManifest: ofRegistry(readPackages),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;

/** By permission: the scope of a personal access token (classic) that reads the same (docs, each call's page). */
export const scopesFor: Readonly<Record<string, string>> = {
  'organization_administration:read': 'admin:org',
  'members:read': 'read:org',
  'organization_hooks:read': 'admin:org_hook',
  'administration:read': 'repo',
  'metadata:read': 'repo',
  'repository_hooks:read': 'read:repo_hook',
  'attestations:read': 'repo',
};
