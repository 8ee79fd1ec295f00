import type { RepositoryFacts } from '../../../model/repository.ts';
import { mostNewestTags } from '../../../model/tag-digests.ts';
import { matchesAny } from '../../../model/wildcard.ts';
import { join, type Learnt, unknown } from '../../facts.ts';
import { gapOf, joinLists } from '../../parts.ts';

/**
 * The digests of at most `mostNewestTags` tags: those of production, then the last by name, since the
 * distribution API has no dates. `tags`: all tags of images. `digestOf`: reads the manifest of one, once.
 */
export async function tagDigests(
  tags: Learnt<readonly string[]>,
  production: readonly string[],
  digestOf: (tag: string) => Promise<Learnt<{ readonly digest: string }>>,
): Promise<RepositoryFacts['tagDigests']> {
  if (tags.state !== 'known') return gapOf(tags);
  const own = tags.value.toSorted();
  const named = own.filter((tag) => matchesAny(production, tag));
  const others = own.filter((tag) => !matchesAny(production, tag));
  const wanted = [...others, ...named].slice(-mostNewestTags);
  const entries = wanted.map(async (tag) =>
    join([await digestOf(tag)], ({ digest }) => [{ tag, digest }]),
  );
  const rest = own.length - wanted.length;
  const gap = `${rest} more tags were not read, since no response says which are the newest`;
  return joinLists([
    join([tags], () => []),
    ...(await Promise.all(entries)),
    ...(rest === 0 ? [] : [unknown('inconclusive', 'listTags', gap)]),
  ]);
}
