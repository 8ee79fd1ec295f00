import type { JsonObject } from '../../../decode/fields.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { unsupported } from '../../contract.ts';
import { Inconclusive, join, known, type Learnt } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { lineOf, topOf } from '../decode/group.ts';
import {
  dependencyProxy,
  type ProxyPage,
  proxyPage,
  virtualRegistry,
  virtualUpstream,
} from '../decode/upstreams.ts';
import { entries, type GitlabApi } from '../wire/api.ts';
import { dependencyProxyQuery } from '../wire/queries.ts';
import type { Settings } from './settings.ts';

/** The dependency proxies of a group, of those above and below it, and the virtual registries of the outermost. */
export async function upstreams(settings: Settings): Promise<RegistryFacts['upstreams']> {
  const { api, scope } = settings;
  const home = settings.home();
  if (home === null) {
    return unsupported('only groups stand before other registries');
  }
  const proxies = await Promise.all(
    lineOf(home).map((path) => proxiesOf(api, path, path === home && scope.kind === 'group')),
  );
  const registries = eachEntry(
    await api.all('listVirtualRegistries', entries, { params: { group: topOf(home) } }),
    (raw) => [virtualRegistry(raw)],
  );
  const found = 'value' in registries ? registries.value : [];
  const behind = await Promise.all(
    found.map(async ({ id, name }) =>
      eachEntry(
        await api.all('listVirtualUpstreams', entries, { params: { registry: id } }),
        (raw) => [virtualUpstream(raw, name)],
      ),
    ),
  );
  return joinLists([
    ...proxies.map((list) => eachEntry(list, dependencyProxy)),
    eachEntry(registries, () => []),
    ...behind,
  ]);
}

/** Most pages of groups below one, of 100 each. */
const mostPages = 50;

/** A group, with all below it if they are wanted, and what their dependency proxies are set to. */
async function proxiesOf(
  api: GitlabApi,
  path: string,
  below: boolean,
): Promise<Fact<readonly JsonObject[]>> {
  const groups: JsonObject[] = [];
  let after: string | null = null;
  for (let read = 0; read < mostPages; read += 1) {
    const variables: Readonly<Record<string, unknown>> = { path, below, after };
    const page: Learnt<ProxyPage> = await api.one(
      'queryDependencyProxy',
      (raw) => proxyPage(raw, path, read === 0),
      { json: { query: dependencyProxyQuery, variables } },
    );
    if (page.state !== 'known') return page;
    groups.push(...page.value.groups);
    after = page.value.next;
    if (after === null) return join([page], () => groups);
  }
  return known('queryDependencyProxy', '', () => {
    throw new Inconclusive(`there are more than ${mostPages * 100} groups below ${path}`);
  });
}
