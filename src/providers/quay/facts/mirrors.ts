import { Inconclusive, join, type Learnt } from '../../facts.ts';
import type { ListedRepository, RepositoryState } from '../decode/repository.ts';
import { type Mirror, repositoryMirror } from '../decode/upstream.ts';
import type { NamespaceSources } from './namespace-sources.ts';

/** What a repository is a mirror of, by its state; null: of nothing. */
export async function mirrorOf(
  sources: NamespaceSources,
  { name }: ListedRepository,
  state: Learnt<RepositoryState>,
): Promise<Learnt<Mirror | null>> {
  if (state.state !== 'known') return state;
  if (state.value === 'ORG_MIRROR') return sources.mirror();
  if (state.value !== 'MIRROR') return join([state], () => null);
  const on = await sources.instance.feature('REPO_MIRROR');
  if (on.state !== 'known') return on;
  if (!on.value) {
    return join([on], () => {
      throw new Inconclusive('mirroring is off, so that what it was a mirror of is not shown');
    });
  }
  return sources.api.one('getRepoMirrorConfig', repositoryMirror, {
    params: { namespace: sources.name, repository: name },
  });
}
