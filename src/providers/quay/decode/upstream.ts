import {
  booleanAt,
  DecodeError,
  enumAt,
  maybeString,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

export interface Upstream {
  readonly url: string;
  /** What it opens of it; null: everything. */
  readonly part: string | null;
  readonly transport: 'verified-tls' | 'unverified-tls' | 'plain-http';
  readonly credential: 'stored' | 'none';
}

/** The registry that a namespace is a cache of; null: none, which Quay says with empty texts. */
export function proxyCache(raw: unknown): Upstream | null {
  const answer = objectOf(raw, 'the proxy cache');
  const upstream = answer['upstream_registry'];
  if (upstream === '' && answer['expiration_s'] === '' && answer['insecure'] === '') return null;
  const insecure = booleanAt(answer, 'insecure');
  const [host, ...path] = stringAt(answer, 'upstream_registry').split('/');
  return {
    url: `https://${host}`,
    part: path.length === 0 ? null : path.join('/'),
    transport: insecure ? 'unverified-tls' : 'verified-tls',
    // The answer leaves out user and password, whether there are some or not.
    credential: 'none',
  };
}

export interface Mirror extends Upstream {
  readonly enabled: boolean;
  /** The robot account that pushes what was copied. */
  readonly robot: string;
}

/** What a repository is a mirror of. Settings of a proxy may hold a password and are never looked at. */
export function repositoryMirror(raw: unknown): Mirror {
  const answer = objectOf(raw, 'the mirror');
  const { host, path } = placeOf(stringAt(answer, 'external_reference'));
  return {
    enabled: booleanAt(answer, 'is_enabled'),
    robot: stringAt(answer, 'robot_username'),
    url: host,
    part: path,
    transport: transportOf(host, objectAt(answer, 'external_registry_config')['verify_tls']),
    credential: maybeString(answer, 'external_registry_username') === null ? 'none' : 'stored',
  };
}

/** What an organization is a mirror of. */
export function organizationMirror(raw: unknown): Mirror {
  const answer = objectOf(raw, 'the mirror');
  enumAt(answer, 'external_registry_type', ['harbor', 'quay']);
  const { host } = placeOf(stringAt(answer, 'external_registry_url'));
  return {
    enabled: booleanAt(answer, 'is_enabled'),
    robot: stringAt(answer, 'robot_username'),
    url: host,
    part: stringAt(answer, 'external_namespace'),
    transport: transportOf(host, objectAt(answer, 'external_registry_config')['verify_tls']),
    credential: maybeString(answer, 'external_registry_username') === null ? 'none' : 'stored',
  };
}

/** An address with or without a scheme, without what may be a secret in it. */
function placeOf(address: string): { readonly host: string; readonly path: string | null } {
  const url = address.includes('://') ? address : `https://${address}`;
  if (!URL.canParse(url)) throw new DecodeError('the address of the upstream cannot be read');
  const { protocol, host, pathname } = new URL(url);
  const path = pathname.replace(/^\/+/, '');
  return { host: `${protocol}//${host}`, path: path === '' ? null : path };
}

function transportOf(url: string, verifies: unknown): Upstream['transport'] {
  if (url.startsWith('http://')) return 'plain-http';
  if (!url.startsWith('https://')) throw new DecodeError('the upstream is not reached over http');
  if (typeof verifies !== 'boolean') throw new DecodeError('verify_tls is not true or false');
  return verifies ? 'verified-tls' : 'unverified-tls';
}
