import type { RegistryFacts } from '../../../model/registry.ts';
import { unsupported } from '../../contract.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { topOf } from '../decode/group.ts';
import {
  dependencyProxy,
  dockerHubThrough,
  virtualRegistry,
  virtualUpstream,
} from '../decode/upstreams.ts';
import { dependencyProxyQuery } from '../wire/queries.ts';
import { entries, type Settings } from './settings.ts';

/** The dependency proxy of a group, and the virtual registries of the outermost group. */
export async function upstreams(settings: Settings): Promise<RegistryFacts['upstreams']> {
  const { api } = settings;
  const home = settings.home();
  if (home === null) {
    return unsupported('only groups stand before other registries');
  }
  const proxy = await api.one('queryDependencyProxy', dependencyProxy, {
    json: { query: dependencyProxyQuery, variables: { path: home } },
  });
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
    join([proxy], (on) => (on ? [dockerHubThrough(home)] : [])),
    eachEntry(registries, () => []),
    ...behind,
  ]);
}
