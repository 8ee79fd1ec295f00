import type { MovedTag, TagChanges } from '../model/difference-schema.ts';
import type { DeclaredExpectations } from '../model/expectations.ts';
import type { Severity } from '../model/finding.ts';
import { holdsProduction, tagsOfProduction } from '../model/production.ts';
import {
  type RecordedTags,
  type RepositoryKey,
  type TagRecord,
  tagOf,
} from '../model/tag-digests.ts';
import { movableTags } from '../model/tag-lock.ts';
import { matchesAny } from '../model/wildcard.ts';

export interface TagRules {
  /** Of a tag that should not have moved. */
  readonly severity: Severity;
  readonly expected: DeclaredExpectations;
  readonly suppressionOf: (repository: RepositoryKey) => MovedTag['suppression'];
}

/**
 * Compares the digests of tags that both snapshots name; nothing is said of a tag that one of them lacks. A
 * tag that was immutable, or is declared as production's, has the severity of the rules; any other move is
 * low, as is that of a cache.
 */
export function compareTags(before: TagRecord, after: TagRecord, rules: TagRules): TagChanges {
  const moved: MovedTag[] = [];
  let compared = 0;
  let notCompared = 0;
  for (const repository of after.repositories()) {
    if (!before.has(repository)) continue;
    const was = before.tagsOf(repository);
    const is = after.tagsOf(repository);
    if (was === null || is === null) {
      notCompared += 1;
      continue;
    }
    const digests = new Map(was.tags.map(({ tag, digest }) => [tag, digest]));
    for (const { tag, digest } of is.tags) {
      const earlier = digests.get(tag);
      if (earlier === undefined) continue;
      compared += 1;
      if (earlier === digest) continue;
      const kind = kindOf(tag, was, is, { ...rules, repository });
      moved.push({
        kind,
        severity: kind === 'immutable' || kind === 'production' ? rules.severity : 'low',
        registry: repository.registry,
        repository: repository.name,
        tag,
        was: earlier,
        is: digest,
        suppression: rules.suppressionOf(repository),
      });
    }
  }
  return { compared, notCompared, moved: moved.sort(inOrder) };
}

function kindOf(
  entry: string,
  was: RecordedTags,
  is: RecordedTags,
  { expected, repository }: Pick<TagRules, 'expected'> & { readonly repository: RepositoryKey },
): MovedTag['kind'] {
  const tag = tagOf(entry);
  if (is.isCache) return 'cache';
  if (was.lock !== null && movableTags(was.lock, [tag]).length === 0) return 'immutable';
  const { productionRepositories, productionTags } = expected;
  const isDeclared = productionRepositories.length > 0 || productionTags.length > 0;
  const place = { ...expected, repository: repository.name, now: '' };
  if (isDeclared && holdsProduction(place) && matchesAny(tagsOfProduction(place), tag))
    return 'production';
  return 'mutable';
}

const kinds: readonly MovedTag['kind'][] = ['immutable', 'production', 'mutable', 'cache'];

function inOrder(a: MovedTag, b: MovedTag): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    order(a.registry, b.registry) ||
    order(a.repository, b.repository) ||
    order(a.tag, b.tag)
  );
}

/** By code unit, so that the order is the same everywhere. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
