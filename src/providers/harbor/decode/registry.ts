import {
  arrayAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeBoolean,
  maybeObject,
  maybeObjects,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';

type Transport = 'verified-tls' | 'unverified-tls' | 'plain-http';

/** Another registry that images come from or go to. Its credential is not kept, only that there is one. */
export interface Endpoint {
  readonly id: number;
  readonly url: string;
  readonly transport: Transport;
  readonly credential: 'stored' | 'none';
}

/** An entry of listRegistries. `insecure` is left out when false. */
export function endpoint(raw: unknown): Endpoint {
  const entry = objectOf(raw, 'a registry');
  const url = addressAt(entry);
  const credential = maybeObject(entry, 'credential');
  const key =
    credential === null || credential['access_key'] === ''
      ? null
      : maybeString(credential, 'access_key');
  return {
    id: numberAt(entry, 'id'),
    url,
    transport: transportOf(url, maybeBoolean(entry, 'insecure') === true),
    credential: key === null ? 'none' : 'stored',
  };
}

/** Its scheme, host and path: a user or a query may hold secrets. */
function addressAt(entry: JsonObject): string {
  const url = stringAt(entry, 'url');
  if (!URL.canParse(url)) throw new DecodeError('url is no URL');
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** How an address is reached, by its scheme and whether its certificate is looked at. */
export function transportOf(url: string, unverified: boolean): Transport {
  if (/^http:\/\//i.test(url)) return 'plain-http';
  if (/^https:\/\//i.test(url)) return unverified ? 'unverified-tls' : 'verified-tls';
  throw new DecodeError('an address has neither http nor https');
}

/** What a replication policy copies from here by itself. */
export interface Copying {
  readonly name: string;
  /** Where to, by address. */
  readonly to: string;
  /** Which repositories, as a glob over `project/repository`; null: all. */
  readonly repositories: string | null;
  /** Whether tags, labels or kinds of artifact narrow it down further. */
  readonly narrowed: boolean;
}

/**
 * An entry of listReplicationPolicies; null: it does not copy from here by itself. `enabled` is left out
 * when false. Without a trigger it runs by hand. The side that is this Harbor has the registry id 0.
 */
export function copying(raw: unknown): Copying | null {
  const policy = objectOf(raw, 'a policy');
  const name = stringAt(policy, 'name');
  const stated = maybeObject(policy, 'trigger');
  const trigger =
    stated === null ? 'manual' : enumAt(stated, 'type', ['manual', 'scheduled', 'event_based']);
  const source = maybeObject(policy, 'src_registry');
  const isPush = source === null || numberAt(source, 'id') === 0;
  if (maybeBoolean(policy, 'enabled') !== true || trigger === 'manual' || !isPush) return null;
  const filters = maybeObjects(policy, 'filters').map(filter);
  const [repositories = null, ...more] = filters.flatMap(({ pattern }) =>
    pattern === null ? [] : [pattern],
  );
  return {
    name,
    to: addressAt(objectAt(policy, 'dest_registry')),
    repositories,
    narrowed: more.length > 0 || filters.some(({ narrows }) => narrows),
  };
}

function filter(raw: JsonObject): { pattern: string | null; narrows: boolean } {
  const type = enumAt(raw, 'type', ['name', 'tag', 'label', 'resource']);
  switch (type) {
    case 'name':
      return { pattern: raw['value'] === '' ? null : stringAt(raw, 'value'), narrows: false };
    case 'tag': {
      const everything = raw['value'] === '' || raw['value'] === '**' || raw['value'] === '*';
      return {
        pattern: null,
        narrows: !everything || maybeString(raw, 'decoration') === 'excludes',
      };
    }
    case 'label':
      return { pattern: null, narrows: arrayAt(raw, 'value').length > 0 };
    case 'resource':
      return {
        pattern: null,
        narrows: enumAt(raw, 'value', ['image', 'artifact', 'chart']) === 'chart',
      };
  }
}

/** Where the webhooks of a project go, by host; disabled ones send nothing. */
export interface Hook {
  readonly host: string;
  readonly transport: Transport;
}

/** An entry of ListWebhookPoliciesOfProject of that project. Paths, queries and the header with the secret are left behind. */
export function hooks(raw: unknown, project: number): readonly Hook[] {
  const policy = objectOf(raw, 'a webhook');
  if (numberAt(policy, 'project_id') !== project) {
    throw new DecodeError(`a webhook is of another project than ${project}`);
  }
  if (policy['enabled'] === false) return [];
  if (policy['enabled'] !== true) throw new DecodeError('enabled is neither true nor false');
  return objectsAt(policy, 'targets').map((target) => {
    const address = withScheme(stringAt(target, 'address'));
    if (!URL.canParse(address)) throw new DecodeError('the address of a webhook is no URL');
    return {
      host: new URL(address).host,
      transport: transportOf(address, maybeBoolean(target, 'skip_cert_verify') === true),
    };
  });
}

/** Harbor calls an address without a scheme over http (src/common/utils/utils.go, ParseEndpoint). */
function withScheme(address: string): string {
  const trimmed = address.trim();
  return trimmed.includes('://') ? trimmed : `http://${trimmed}`;
}
