import {
  enumAt,
  groupsOf,
  type JsonObject,
  maybeBoolean,
  maybeEnum,
  maybeObject,
  maybeObjects,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { Inconclusive } from '../../facts.ts';

/** One repository as it is listed, still in the vendor's words. */
export interface Described {
  /** Its id within project and location. */
  readonly name: string;
  /** `projects/P/locations/L/repositories/R` */
  readonly path: string;
  readonly format: string;
  readonly raw: JsonObject;
}

const pathForm = /^projects\/[^/]+\/locations\/[^/]+\/repositories\/([^/]+)$/;

/** `GET v1/REPOSITORY`: the repository of this path. */
export function describedAt(raw: unknown, path: string): Described {
  const found = described(raw);
  if (found.path === path) return found;
  throw new Error(`the repository is ${found.path}, not ${path}`);
}

export function described(raw: unknown): Described {
  const answer = objectOf(raw, 'a repository');
  const path = stringAt(answer, 'name');
  const [name] = groupsOf(pathForm, path);
  if (name === undefined) throw new Error('name is not that of a repository');
  return { name, path, format: stringAt(answer, 'format'), raw: answer };
}

/** Formats that hold no container images (v1 reference, Repository.Format). */
export const otherFormats: readonly string[] = [
  'MAVEN',
  'NPM',
  'APT',
  'YUM',
  'GOOGET',
  'PYTHON',
  'KFP',
  'GO',
  'GENERIC',
  'RUBY',
  'CONDA',
];

const otherModes = ['remoteRepositoryConfig', 'virtualRepositoryConfig'];

export type Mode = 'standard' | 'remote' | 'virtual';

/**
 * Unspecified means standard (v1 reference, disallowUnspecifiedMode), unless the repository has the
 * settings of another mode.
 */
export function modeOf(repository: JsonObject): Mode {
  const words = [
    'MODE_UNSPECIFIED',
    'STANDARD_REPOSITORY',
    'VIRTUAL_REPOSITORY',
    'REMOTE_REPOSITORY',
  ] as const;
  switch (maybeEnum(repository, 'mode', words)) {
    case 'STANDARD_REPOSITORY':
      return 'standard';
    case 'VIRTUAL_REPOSITORY':
      return 'virtual';
    case 'REMOTE_REPOSITORY':
      return 'remote';
    case 'MODE_UNSPECIFIED':
    case null:
      if (otherModes.some((key) => key in repository)) {
        throw new Error('mode is missing');
      }
      return 'standard';
  }
}

/** Absent means that tags can be moved, the default (v1 reference, DockerRepositoryConfig). */
export function tagLock(repository: JsonObject): TagLock {
  const docker = maybeObject(repository, 'dockerConfig');
  const locked = docker === null ? null : maybeBoolean(docker, 'immutableTags');
  return locked === true ? { mode: 'all' } : { mode: 'none' };
}

export type Scanning =
  | { readonly state: 'active' }
  | { readonly state: 'off'; readonly why: string }
  | { readonly state: 'not-supported'; readonly why: string }
  /** The repository does not say; older answers do not. */
  | { readonly state: 'not-told' };

/** The effective state of scanning: the repository's setting combined with the state of the API. */
export function scanning(repository: JsonObject): Scanning {
  const config = maybeObject(repository, 'vulnerabilityScanningConfig');
  if (config === null) return { state: 'not-told' };
  const reason = maybeString(config, 'enablementStateReason');
  const because = (otherwise: string) => (reason === null ? otherwise : firstSentence(reason));
  const words = ['SCANNING_ACTIVE', 'SCANNING_DISABLED', 'SCANNING_UNSUPPORTED'] as const;
  switch (enumAt(config, 'enablementState', words)) {
    case 'SCANNING_ACTIVE':
      return { state: 'active' };
    case 'SCANNING_DISABLED':
      return { state: 'off', why: because('scanning is switched off') };
    case 'SCANNING_UNSUPPORTED':
      return { state: 'not-supported', why: because('this repository cannot be scanned') };
  }
}

function firstSentence(text: string): string {
  const [sentence = ''] = text.split(/\.\s|\.$|\n/);
  return sentence.trim().slice(0, 120);
}

/** The name of the customer's key; null: Google's own (v1 reference, Repository.kmsKeyName). */
export function keyName(repository: JsonObject): string | null {
  const name = repository['kmsKeyName'];
  return name === '' ? null : maybeString(repository, 'kmsKeyName');
}

/** The upstream of a remote repository, and whether it has credentials for it. */
export interface Upstream {
  readonly url: string;
  readonly transport: 'verified-tls' | 'plain-http';
  readonly credential: 'stored' | 'none';
  /** Path prefix that is served; empty: everything. */
  readonly part: string;
}

/** Google's name for Docker Hub (RemoteRepositoryConfig.DockerRepository.PublicRepository). */
const dockerHub = 'https://registry-1.docker.io';

export function upstream(repository: JsonObject): Upstream {
  const config = objectAt(repository, 'remoteRepositoryConfig');
  const url = upstreamUrl(config);
  const stored = maybeObject(config, 'upstreamCredentials');
  if (stored !== null) stringAt(objectAt(stored, 'usernamePasswordCredentials'), 'username');
  if (!URL.canParse(url)) throw new Error('the address of the upstream is none');
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw new Error('the address of the upstream is neither http nor https');
  }
  return {
    url,
    transport: protocol === 'https:' ? 'verified-tls' : 'plain-http',
    credential: stored === null ? 'none' : 'stored',
    part: pathname.replace(/^\/(v2\/?)?|\/$/g, ''),
  };
}

function upstreamUrl(config: JsonObject): string {
  const common = maybeObject(config, 'commonRepository');
  if (common !== null) return addressOf(stringAt(common, 'uri'));
  const docker = objectAt(config, 'dockerRepository');
  const custom = maybeObject(docker, 'customRepository');
  if (custom !== null) return stringAt(custom, 'uri');
  enumAt(docker, 'publicRepository', ['DOCKER_HUB']);
  return dockerHub;
}

/** An upstream in Artifact Registry may be named by its path (v1 reference, CommonRemoteRepository). */
function addressOf(uri: string): string {
  const [project, location, name] = groupsOf(namedUpstream, uri);
  if (project === undefined) return uri;
  return `https://${location}-docker.pkg.dev/${project.replaceAll(':', '/')}/${name}`;
}

const namedUpstream =
  /^(?:(?:https:)?\/\/artifactregistry\.googleapis\.com\/)?projects\/([^/]+)\/locations\/([^/]+)\/repositories\/([^/]+)$/;

/** A repository that a virtual one serves; the greatest priority is asked first. */
export interface Member {
  readonly path: string;
  readonly priority: number;
}

export function members(repository: JsonObject): readonly Member[] {
  // One that serves nothing has no list: proto3 leaves out what is empty.
  return maybeObjects(objectAt(repository, 'virtualRepositoryConfig'), 'upstreamPolicies').map(
    (policy) => ({
      path: stringAt(policy, 'repository'),
      // proto3 leaves out a number that is 0.
      priority: policy['priority'] === undefined ? 0 : numberAt(policy, 'priority'),
    }),
  );
}

/** Places that are several regions (docs, repository locations); every other one is a single region. */
const multiRegions = ['us', 'europe', 'asia'];
const regionForm = /^[a-z]+-[a-z]+[0-9]+$/;

export function isMultiRegion(location: string): boolean {
  if (multiRegions.includes(location)) return true;
  if (regionForm.test(location)) return false;
  throw new Inconclusive(`${location} is a location that is not known to this release`);
}
