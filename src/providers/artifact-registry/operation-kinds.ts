import { refusedByHttp } from '../../http/http-errors.ts';
import type { Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';
import type { Shape } from './decode/shape.ts';

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
  readonly shape: Shape;
  /** Permissions of other services that the call takes besides its own. */
  readonly also?: readonly string[];
}

/** One that is called over REST; resource names in its path are of several segments. */
export interface RestOperation extends GoogleOperation, HttpOperation {
  /** A page may leave out what did not answer, and says so. */
  readonly partial?: true;
}

type Means = Operation['means'];

const signIn = {
  why: 'denied',
  cure: 'sign in with `gcloud auth application-default login`, or name valid credentials with GOOGLE_APPLICATION_CREDENTIALS',
} as const;

/**
 * What refusals mean everywhere at Google (Cloud APIs design guide, errors). An API that is switched off
 * answers 403 with a reason of its own; `errors.ts` tells whose project it is switched off in.
 */
const refused: Means = {
  ...refusedByHttp,
  '401': signIn,
  '404': 'denied-or-absent',
  SignIn: signIn,
  ClockSkew: { why: 'denied', cure: 'set the clock of this machine' },
  Organization: {
    why: 'denied',
    cure: 'have the policy that the message names admit the auditor: no role helps against it',
  },
  Perimeter: {
    why: 'denied',
    cure: 'admit the auditor by an ingress rule of the perimeter of VPC Service Controls',
  },
  QuotaProject: {
    why: 'denied',
    cure: 'grant serviceusage.services.use on the quota project, or name another one with GOOGLE_CLOUD_QUOTA_PROJECT',
  },
  ServiceDisabled: { why: 'denied', cure: 'enable the API in the audited project' },
  ServiceDisabledElsewhere: {
    why: 'denied',
    cure: 'enable the API in the project of the credentials, or name another one with GOOGLE_CLOUD_QUOTA_PROJECT',
  },
};

/** Where the API is switched off in the project itself, there is nothing of it to be found. */
export const unused: Means = { ServiceDisabled: 'absent' };
const docs = 'https://docs.cloud.google.com';

export interface Call {
  readonly service: Service;
  readonly permission: string;
  /** Below docs.cloud.google.com. */
  readonly page: string;
  readonly shape: Shape;
  readonly means?: Means;
}

export function operation({ service, permission, page, shape, means }: Call): GoogleOperation {
  return { service, permission, doc: `${docs}/${page}`, shape, means: { ...refused, ...means } };
}

/** A call of Artifact Registry itself. */
export function registry(permission: string, page: string, shape: Shape, means?: Means) {
  return operation({
    service: 'artifactregistry',
    permission: `artifactregistry.${permission}`,
    page: `artifact-registry/docs/reference/rest/v1/projects.${page}`,
    shape,
    ...(means === undefined ? {} : { means }),
  });
}

export function rest(path: string, call: Call): RestOperation {
  return { path, ...operation(call) };
}

/** A call of Cloud Resource Manager. `always`: what its answer never lacks. */
export function resources(
  path: string,
  permission: string,
  page: string,
  always: readonly [string, ...string[]],
): RestOperation {
  return rest(path, {
    service: 'cloudresourcemanager',
    permission: `resourcemanager.${permission}`,
    page: `resource-manager/reference/rest/${page}`,
    shape: { always },
  });
}

/** A listing of Access Context Manager. */
export function perimeter(path: string, entries: string, permission: string, page: string) {
  return rest(path, {
    service: 'accesscontextmanager',
    permission: `accesscontextmanager.${permission}`,
    page: `access-context-manager/docs/reference/rest/v1/accessPolicies${page}`,
    shape: paged(entries),
  });
}

/**
 * A listing in pages: Google's JSON leaves out an empty list, and the last page's token, so that `{}` is
 * its answer where there is nothing (ProtoJSON, presence and default values).
 */
export function paged(entries: string, ...besides: readonly string[]): Shape {
  return { always: [], entries, besides: ['nextPageToken', ...besides] };
}

/** A listing in pages that is never empty. */
export function everyPage(entries: string): Shape {
  return { ...paged(entries), always: [entries] };
}
