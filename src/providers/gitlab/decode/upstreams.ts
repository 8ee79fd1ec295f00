import {
  booleanAt,
  DecodeError,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Denied } from '../../facts.ts';
import { dataOf } from './graphql.ts';

type Upstream = ValueOf<RegistryFacts['upstreams']>[number];

/** Whether the dependency proxy of a group is on. It stands before Docker Hub alone. */
export function dependencyProxy(raw: unknown): boolean {
  const data = dataOf(raw);
  if (data['group'] === null) throw new Denied('GitLab answers null for the group', 'guest');
  const group = objectAt(data, 'group');
  if (group['dependencyProxySetting'] === null) {
    throw new Denied('GitLab answers null for dependencyProxySetting', 'read_api:guest');
  }
  return booleanAt(objectAt(group, 'dependencyProxySetting'), 'enabled');
}

export function dockerHubThrough(group: string): Upstream {
  return {
    prefix: `${group}/dependency_proxy/containers`,
    url: 'https://registry-1.docker.io',
    transport: 'verified-tls',
    credential: 'none',
    takes: { mode: 'everything' },
  };
}

export function virtualRegistry(raw: unknown): { readonly id: number; readonly name: string } {
  const entry = objectOf(raw, 'a virtual registry');
  return { id: numberAt(entry, 'id'), name: stringAt(entry, 'name') };
}

/** An upstream of the virtual registry of that name. */
export function virtualUpstream(raw: unknown, registry: string): Upstream {
  const entry = objectOf(raw, 'an upstream');
  const url = stringAt(entry, 'url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new DecodeError('url is no address');
  }
  const { origin, pathname, protocol } = new URL(url);
  const username = entry['username'] === '' ? null : maybeString(entry, 'username');
  return {
    prefix: `virtual registry ${registry}`,
    url: `${origin}${pathname}`,
    transport: protocol === 'https:' ? 'verified-tls' : 'plain-http',
    credential: username === null ? 'none' : 'stored',
    takes: { mode: 'everything' },
  };
}
