import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive, join, known, type Learnt } from '../../facts.ts';
import { eachEntry, joinLists, type LearntList } from '../../parts.ts';
import { triggers } from '../decode/notifications.ts';
import { type ListedRepository, stateOf } from '../decode/repository.ts';
import type { Upstream } from '../decode/upstream.ts';
import { mirrorOf } from './mirrors.ts';
import type { NamespaceSources } from './namespace-sources.ts';

/** Most repositories that are looked at for a fact of the whole namespace; beyond, it is known in part. */
const mostLooks = 10_000;

/**
 * What some repositories of a namespace add up to, page by page, so that no list of them is kept. `look`:
 * null for one that has nothing to add.
 */
async function gathered<T>(
  sources: NamespaceSources,
  look: (one: ListedRepository) => Promise<LearntList<T>> | null,
): Promise<LearntList<T>> {
  const found: LearntList<T>[] = [];
  let looks = 0;
  for await (const page of sources.pages()) {
    if (page.state !== 'known') return joinLists([...found, page]);
    for (const one of page.value) {
      const asked = one.holdsImages ? look(one) : null;
      if (asked === null) continue;
      looks += 1;
      const list = looks > mostLooks ? tooMany() : await asked;
      if (!('value' in list) || list.value.length > 0 || list.state !== 'known') found.push(list);
      if (looks > mostLooks) return joinLists(found);
    }
  }
  return joinLists([join([await sources.seesAll()], (): T[] => []), ...found]);
}

function tooMany(): Learnt<never> {
  return known('listRepos', '', () => {
    throw new Inconclusive(`there are more than ${mostLooks} repositories to look at`);
  });
}

type Listed = ValueOf<RegistryFacts['upstreams']>[number];

/** The registries that a namespace is a cache or a mirror of, as a whole or with some repositories. */
export async function upstreams(sources: NamespaceSources): Promise<RegistryFacts['upstreams']> {
  const whole = [await sources.proxyCache(), await sources.mirror()].map((one) =>
    join([one as Learnt<Upstream | null>], (upstream) =>
      upstream === null ? [] : [listed(upstream, sources.name)],
    ),
  );
  const mirrors = await sources.instance.feature('REPO_MIRROR');
  if (mirrors.state !== 'known' || !mirrors.value) {
    return joinLists([...whole, join([mirrors], (): Listed[] => [])]);
  }
  const some = await gathered<Listed>(sources, (one) => {
    const state = known('listRepos', '', () => stateOf(one));
    // One whose state is not understood may be a mirror.
    if (state.state === 'known' && state.value !== 'MIRROR') return null;
    return mirrorOf(sources, one, state).then(
      (mirror) =>
        eachEntry(
          join([mirror], (found) => (found === null ? [] : [found])),
          (found) => [listed(found, `${sources.name}/${one.name}`)],
        ) as LearntList<Listed>,
    );
  });
  return joinLists([...whole, some]);
}

function listed({ url, part, transport, credential }: Upstream, prefix: string): Listed {
  const takes: Listed['takes'] =
    part === null ? { mode: 'everything' } : { mode: 'part', prefix: part };
  return { prefix, url, transport, credential, takes };
}

/** Builds that triggers start; each trigger keeps a key or token for its source. */
export async function buildTasks(sources: NamespaceSources): Promise<RegistryFacts['buildTasks']> {
  const on = await sources.instance.feature('BUILD_SUPPORT');
  if (on.state !== 'known') return on;
  if (!on.value) return join([on], () => []);
  const { api, name: namespace } = sources;
  return gathered(sources, async (one) => {
    const params = { namespace, repository: one.name };
    const found = await api.one('listBuildTriggers', triggers, { params });
    return join([found], (services) =>
      services.map((service) => ({
        name: `${namespace}/${one.name} (${service})`,
        pushes: true,
        credentials: [{ what: `the credential for ${service}`, kept: 'stored' as const }],
      })),
    );
  });
}
