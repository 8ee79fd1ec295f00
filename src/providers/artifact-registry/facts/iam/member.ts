import type { Identity } from '../../../../model/identity.ts';

/** Owner of a principal: the project, organisation or domain in its identifier. */
export type Home =
  | { readonly kind: 'project'; readonly of: string }
  | { readonly kind: 'organization'; readonly of: string }
  | { readonly kind: 'domain'; readonly of: string }
  /** The identifier names no owner: workforce pools, and addresses of an unknown form. */
  | { readonly kind: 'untold'; readonly of: string }
  | { readonly kind: 'repositoryDefaults' };

/** A parsed member of a binding. */
export interface Principal {
  readonly kind: Identity['kind'];
  readonly name: string;
  readonly home: Home;
  /** Remark for people, besides the name; empty: none. */
  readonly about: string;
  /** The e-mail address of a service account that may have keys; null: none. */
  readonly account: string | null;
}

/**
 * Parses a member (IAM, principal identifiers). Null: deleted, without access. Throws for an unknown form,
 * which may stand for anybody.
 */
export function principalOf(member: string): Principal | null {
  if (member.startsWith('deleted:')) return null;
  if (member === 'allUsers') return everybody('anyone', member);
  if (member === 'allAuthenticatedUsers') return everybody('everyone-signed-in', member);
  const [kind = '', name = ''] = split(member);
  switch (kind) {
    case 'user':
      return at('person', name, domainOf(name));
    case 'group':
      return at('group', name, domainOf(name));
    case 'domain':
      return at('organization', name, { kind: 'domain', of: name.toLowerCase() });
    case 'serviceAccount':
      return serviceAccount(name);
    case 'projectOwner':
    case 'projectEditor':
    case 'projectViewer':
      return at('group', `${kind}:${name}`, { kind: 'project', of: name });
    case 'principal':
    case 'principalSet':
      return federated(kind, member);
    default:
      throw new Error(`"${member.slice(0, 80)}" is a kind of member that is not known`);
  }
}

/** Whether a member may stand for the public. True for unknown kinds as well. */
export function mayBePublic(member: string): boolean {
  return !particular.test(member);
}

const particular = /^(?:deleted|user|group|domain|serviceAccount|project[A-Z][a-z]+|principal):/;

function everybody(kind: Identity['kind'], name: string): Principal {
  return { kind, name, home: { kind: 'repositoryDefaults' }, about: '', account: null };
}

function at(kind: Identity['kind'], name: string, home: Home, about = ''): Principal {
  return { kind, name, home, about, account: null };
}

function split(member: string): readonly [string, string] {
  const colon = member.indexOf(':');
  return [member.slice(0, colon), member.slice(colon + 1)];
}

function domainOf(email: string): Home {
  return { kind: 'domain', of: email.slice(email.lastIndexOf('@') + 1).toLowerCase() };
}

/**
 * Google's own projects, whose accounts `service-NUMBER` are service agents (IAM, service agents). Only Google
 * has projects in the domain google.com.
 */
const agents = new RegExp(
  `^service-(\\d+)@(?:${[
    'gcp-sa-[a-z0-9-]+',
    '[a-z0-9-]+\\.google\\.com',
    'cloud-cdn-fill',
    'cloud-filer',
    'cloud-memcache-sa',
    'cloud-redis',
    'cloud-tpu',
    'cloudcomposer-accounts',
    'compute-system',
    'container-analysis',
    'container-engine-robot',
    'containerregistry',
    'dataflow-service-producer-prod',
    'dataproc-accounts',
    'dlp-api',
    'endpoints-portal',
    'firebase-rules',
    'gcf-admin-robot',
    'gcp-gae-service',
    'gs-project-accounts',
    'remotebuildexecution',
    'security-center-api',
    'serverless-robot-prod',
    'service-networking',
    'sourcerepo-service-accounts',
  ].join('|')})\\.iam\\.gserviceaccount\\.com$`,
);

/** Agents that work for a whole organisation. */
const organizationAgents =
  /^service-org-(\d+)@(?:gcp-sa-[a-z0-9-]+|security-center-api)\.iam\.gserviceaccount\.com$/;

/** Service accounts that Google creates in a project by default, and what runs as them. */
const defaults: readonly (readonly [RegExp, Identity['kind'], string])[] = [
  [
    /^(\d+)-compute@developer\.gserviceaccount\.com$/,
    'group',
    'the default service account of Compute Engine, as which any machine may run',
  ],
  [
    /^([a-z0-9-]+)@appspot\.gserviceaccount\.com$/,
    'group',
    'the default service account of App Engine, as which any app or function may run',
  ],
  [/^(\d+)-[a-z0-9]+@developer\.gserviceaccount\.com$/, 'workload', ''],
  [
    /^(\d+)@cloudbuild\.gserviceaccount\.com$/,
    'workload',
    'the default service account of Cloud Build',
  ],
  [/^(\d+)@cloudservices\.gserviceaccount\.com$/, 'service', 'the agent of Google APIs'],
];

function serviceAccount(email: string): Principal {
  const cluster = /^([a-z0-9.:-]+)\.svc\.id\.goog\[[^\]]+\]$/.exec(email);
  if (cluster !== null) return at('workload', email, { kind: 'project', of: cluster[1] ?? '' });
  const agent = agents.exec(email);
  if (agent !== null) return at('service', email, { kind: 'project', of: agent[1] ?? '' });
  const [, organization] = organizationAgents.exec(email) ?? [];
  if (organization !== undefined) {
    return at('service', email, { kind: 'organization', of: organization });
  }
  for (const [form, kind, about] of defaults) {
    const found = form.exec(email);
    if (found === null) continue;
    const home: Home = { kind: 'project', of: found[1] ?? '' };
    return { kind, name: email, home, about, account: kind === 'service' ? null : email };
  }
  const own = /^[^@]+@([a-z0-9-]+)((?:\.[a-z0-9-]+)*)\.iam\.gserviceaccount\.com$/.exec(email);
  // Still a service account; the address does not name the project.
  if (own === null) return at('workload', email, { kind: 'untold', of: email });
  const [, id = '', domain = ''] = own;
  const project = domain === '' ? id : `${domain.slice(1)}:${id}`;
  return { ...at('workload', email, { kind: 'project', of: project }), account: email };
}

const workload =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/(\d+)\/(?:name|locations\/global)\/workloadIdentityPools\/([^/]+)\/(.+)$/;
const workforce =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/([^/]+)\/(.+)$/;
const hierarchy =
  /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/(project|folder|organization)s\/(\d+)\/.+$/;

/** Identities of a pool, one or many; and all of a kind below a project, folder or organisation. */
function federated(form: string, member: string): Principal {
  const one = form === 'principal';
  const pool = workload.exec(member);
  if (pool !== null) {
    const [, project = '', , who = ''] = pool;
    return at(crowdOf(one, who, 'workload'), member, { kind: 'project', of: project });
  }
  const people = workforce.exec(member);
  if (people !== null) {
    const [, name = '', who = ''] = people;
    return at(crowdOf(one, who, 'person'), member, { kind: 'untold', of: name });
  }
  const below = hierarchy.exec(member);
  if (below !== null && !one) {
    const [, level = '', id = ''] = below;
    const home: Home =
      level === 'project' ? { kind: 'project', of: id } : { kind: 'organization', of: id };
    return at('account', member, home);
  }
  throw new Error(`"${member.slice(0, 120)}" is a principal that is not known`);
}

/** All identities of a pool are an open-ended set; an attribute names one source repository, for example. */
function crowdOf(one: boolean, who: string, single: 'workload' | 'person'): Identity['kind'] {
  if (one && who.startsWith('subject/')) return single;
  if (who === '*') return 'account';
  if (who.startsWith('attribute.') && single === 'workload') return 'workload';
  return 'group';
}
