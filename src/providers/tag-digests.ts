import type { Fact } from '../model/fact.ts';
import type { RepositoryFacts } from '../model/repository.ts';
import { mostNewestTags, mostRecordedTags } from '../model/tag-digests.ts';
import { matchesAny } from '../model/wildcard.ts';
import { isFallbackTag } from '../oci/fallback-tags.ts';
import { unknown } from './facts.ts';
import { gapOf, partial } from './parts.ts';

/** One tag as a registry lists it. */
export interface TagRow {
  /** The image's name where a repository holds several. */
  readonly image?: string;
  readonly tag: string;
  /** Null: the registry does not report it. */
  readonly digest: string | null;
}

/** Tags, newest first. `whole`: whether all tags of the repository are among them. */
export interface TagRows {
  readonly rows: readonly TagRow[];
  readonly whole: boolean;
}

/**
 * The fact `tagDigests`: the newest tags and those that match `production`, without the fallback tags of
 * attachments, which move with each attachment. Known in part where older tags were not read.
 */
export function tagDigestsOf(
  listed: Fact<TagRows>,
  production: readonly string[],
): RepositoryFacts['tagDigests'] {
  if (listed.state !== 'known') return gapOf(listed);
  const { rows, whole } = listed.value;
  const own = onceEach(rows.filter(({ tag }) => !isFallbackTag(tag)));
  const wanted = own.filter((row, at) => at < mostNewestTags || matchesAny(production, row.tag));
  const recorded = wanted.slice(0, mostRecordedTags);
  const entries = recorded.flatMap(({ digest, ...row }) =>
    digest === null ? [] : [{ tag: formatTag(row), digest }],
  );
  const without = recorded.length - entries.length;
  const isShort = !whole && (own.length < mostNewestTags || production.length > 0);
  const gaps = [
    ...(isShort ? [`only ${own.length} tags were read`] : []),
    ...(wanted.length > recorded.length ? [`there are ${wanted.length} such tags`] : []),
    ...(without > 0 ? [`the digest of ${without} tags is not reported`] : []),
  ];
  const { operation } = listed.from;
  return partial(
    entries,
    listed.from,
    gaps.map((gap) => unknown('inconclusive', operation, gap)),
  );
}

/** A list that shifts between two pages names a tag twice; the newest row holds. */
function onceEach(rows: readonly TagRow[]): readonly TagRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => seen.size < seen.add(formatTag(row)).size);
}

function formatTag({ image, tag }: Pick<TagRow, 'image' | 'tag'>): string {
  return image === undefined ? tag : `${image}:${tag}`;
}
