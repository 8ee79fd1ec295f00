import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive, join } from '../../facts.ts';
import { type Described, members, modeOf, upstream } from '../decode/repository.ts';
import type { RepositoryPolicies } from './repository-policies.ts';

type Entry = ValueOf<RegistryFacts['upstreams']>[number];

/**
 * Remote repositories of the location, and virtual ones that ask a remote one no later than one of
 * their own: there the upstream can answer for every name, which is how a stranger's image gets in
 * under the name of an own one.
 */
export async function upstreams(policies: RepositoryPolicies): Promise<RegistryFacts['upstreams']> {
  return join([await policies.repositories()], (all) => {
    const claiming = all
      .filter(({ raw }) => modeOf(raw) === 'virtual')
      .flatMap((repository) => claimed(repository, all));
    return all
      .filter(({ raw }) => modeOf(raw) === 'remote')
      .map((repository) => entryOf(repository, claiming.includes(repository.path)));
  });
}

function entryOf({ name, raw }: Described, claimsAll: boolean): Entry {
  const { url, transport, credential, part } = upstream(raw);
  return {
    prefix: claimsAll ? '*' : `${name}/`,
    url,
    transport,
    credential,
    takes: part === '' ? { mode: 'everything' } : { mode: 'part', prefix: part },
  };
}

/** Remote repositories that a virtual one asks no later than a repository of one's own. */
function claimed({ name, raw }: Described, all: readonly Described[]): string[] {
  const served = members(raw).map((member) => {
    const found = all.find(({ path }) => path === member.path);
    if (found === undefined) {
      throw new Inconclusive(`${name} serves ${member.path}, which is not in this location`);
    }
    return { ...member, mode: modeOf(found.raw) };
  });
  const own = served.filter(({ mode }) => mode === 'standard').map(({ priority }) => priority);
  const lowest = own.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...own);
  return served
    .filter(({ mode, priority }) => mode === 'remote' && priority >= lowest)
    .map(({ path }) => path);
}
