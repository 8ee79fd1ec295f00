import type { HttpAnswer } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { mostNewestTags } from '../../../model/tag-digests.ts';
import { matchesAny } from '../../../model/wildcard.ts';
import { isFallbackTag } from '../../../oci/fallback-tags.ts';
import { manifestTypes } from '../../../oci/manifests.ts';
import { checkedDigest, repositoryPath } from '../../../oci/names.ts';
import { ask, join, type Learnt, unknown } from '../../facts.ts';
import { gapOf, joinLists } from '../../parts.ts';
import { operations } from '../operations.ts';
import type { Session } from '../wire/session.ts';

export interface TagDigestInput {
  readonly session: Session;
  readonly repository: string;
  /** Every tag; unknown where reading manifests may count as a pull. */
  readonly tags: Learnt<readonly string[]>;
  readonly production: readonly string[];
  /** Digests of tags whose manifest was read already. */
  readonly read: ReadonlyMap<string, string>;
}

/**
 * The digests of at most `mostNewestTags` tags, by HEAD: those of production, then the last by name, since
 * the distribution API has no dates.
 */
export async function tagDigests({
  session,
  repository,
  tags,
  production,
  read,
}: TagDigestInput): Promise<RepositoryFacts['tagDigests']> {
  if (tags.state !== 'known') return gapOf(tags);
  const own = tags.value.filter((tag) => !isFallbackTag(tag)).toSorted();
  const named = own.filter((tag) => matchesAny(production, tag));
  const others = own.filter((tag) => !matchesAny(production, tag));
  const wanted = [...others, ...named].slice(-mostNewestTags);
  const entries = wanted.map(async (tag) => {
    const digest = read.get(tag);
    if (digest !== undefined) return join([tags], () => [{ tag, digest }]);
    return join([await digestOf(session, repository, tag)], (found) => [{ tag, digest: found }]);
  });
  const rest = own.length - wanted.length;
  const gap = `${rest} more tags were not read, since no response says which are the newest`;
  return joinLists([
    join([tags], () => []),
    ...(await Promise.all(entries)),
    ...(rest === 0 ? [] : [unknown('inconclusive', 'listTags', gap)]),
  ]);
}

function digestOf(session: Session, repository: string, tag: string): Promise<Learnt<string>> {
  return ask(
    'getManifest',
    operations.getManifest,
    httpErrors,
    () =>
      session.client.send({
        operation: 'getManifest',
        method: 'HEAD',
        path: `${repositoryPath(repository)}/manifests/${tag}`,
        headers: { accept: manifestTypes },
        sameOrigin: true,
      }),
    (raw) => {
      const digest = (raw as HttpAnswer).headers['docker-content-digest'];
      if (digest === undefined) throw new Error('Docker-Content-Digest is missing');
      return checkedDigest(digest);
    },
  );
}
