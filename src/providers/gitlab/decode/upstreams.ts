import {
  booleanAt,
  DecodeError,
  type JsonObject,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Denied } from '../../facts.ts';
import { calls } from '../operations.ts';
import { dataOf } from './graphql.ts';

type Upstream = ValueOf<RegistryFacts['upstreams']>[number];

/** Groups with the settings of their dependency proxies, as GitLab answers. */
export interface ProxyPage {
  readonly groups: readonly JsonObject[];
  /** Null: this is the last page. */
  readonly next: string | null;
}

/** The group that was asked for, on the first page alone, and those below it where they were asked for too. */
export function proxyPage(raw: unknown, asked: string, isFirst: boolean): ProxyPage {
  const data = dataOf(raw);
  if (data['group'] === null) throw new Denied('GitLab answers null for the group', 'guest');
  const group = objectAt(data, 'group');
  const path = stringAt(group, 'fullPath');
  if (path.toLowerCase() !== asked.toLowerCase()) {
    throw new DecodeError(`the answer is about ${path}, and ${asked} was asked for`);
  }
  const own = isFirst ? [group] : [];
  if (!('descendantGroups' in group)) return { groups: own, next: null };
  const connection = objectAt(group, 'descendantGroups');
  const info = objectAt(connection, 'pageInfo');
  return {
    groups: [...own, ...objectsAt(connection, 'nodes')],
    next: booleanAt(info, 'hasNextPage') ? stringAt(info, 'endCursor') : null,
  };
}

/** What the dependency proxy of a group stands before: Docker Hub alone; nothing while it is off. */
export function dependencyProxy(group: JsonObject): readonly Upstream[] {
  const path = stringAt(group, 'fullPath');
  if (group['dependencyProxySetting'] === null) {
    throw new Denied(
      `GitLab answers null for dependencyProxySetting of ${path}`,
      calls.queryDependencyProxy.permission,
    );
  }
  const setting = objectAt(group, 'dependencyProxySetting');
  const identity = setting['identity'] === '' ? null : maybeString(setting, 'identity');
  if (!booleanAt(setting, 'enabled')) return [];
  return [
    {
      prefix: `${path}/dependency_proxy/containers`,
      url: 'https://registry-1.docker.io',
      transport: 'verified-tls',
      credential: identity === null ? 'none' : 'stored',
      takes: { mode: 'everything' },
    },
  ];
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
