import type { Unknown, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { type Described, members, modeOf, upstream } from '../decode/repository.ts';
import { decoded, listed, valueOr } from './parts.ts';
import type { RepositoryPolicies } from './repository-policies.ts';

type Entry = ValueOf<RegistryFacts['upstreams']>[number];

/**
 * Remote repositories of the location. A virtual repository that gives a remote one at least the priority
 * of a standard one lets the upstream answer for every name (dependency confusion): such an upstream
 * claims `*`. Members in another project or location are read there.
 */
export async function upstreams(policies: RepositoryPolicies): Promise<RegistryFacts['upstreams']> {
  const missing: Unknown[] = [];
  const all = valueOr(await policies.repositories(), missing) ?? [];
  const moded = all.flatMap((repository) => {
    const mode = decoded('ListRepositories', repository.raw, () => modeOf(repository.raw), missing);
    return mode === null ? [] : [{ repository, mode }];
  });
  const claiming = new Set<string>();
  for (const { repository, mode } of moded) {
    if (mode !== 'virtual') continue;
    for (const path of await claimed(repository, policies, all, missing)) claiming.add(path);
  }
  const entries = moded.flatMap(({ repository, mode }) => {
    if (mode !== 'remote') return [];
    const claims = claiming.has(repository.path);
    const entry = decoded(
      'ListRepositories',
      repository.raw,
      () => entryOf(repository, claims),
      missing,
    );
    return entry === null ? [] : [entry];
  });
  return listed(['ListRepositories'], entries, missing);
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

/** Remote repositories with at least the priority of a standard one in a virtual repository. */
async function claimed(
  { raw }: Described,
  { project }: RepositoryPolicies,
  all: readonly Described[],
  missing: Unknown[],
): Promise<readonly string[]> {
  const served = decoded('ListRepositories', raw, () => members(raw), missing) ?? [];
  const moded = await Promise.all(
    served.map(async (member) => {
      const here = all.find(({ path }) => path === member.path);
      const found = here ?? valueOr(await project.repositoryAt(member.path), missing);
      const mode =
        found === null
          ? null
          : decoded('GetRepository', found.raw, () => modeOf(found.raw), missing);
      return { ...member, mode };
    }),
  );
  const own = moded.filter(({ mode }) => mode === 'standard').map(({ priority }) => priority);
  const lowest = own.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...own);
  return moded
    .filter(({ mode, priority }) => mode === 'remote' && priority >= lowest)
    .map(({ path }) => path);
}
