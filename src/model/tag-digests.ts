import { list, record, Type } from './shape.ts';
import type { TagLock } from './tag-lock.ts';

/** How many of the newest tags of a repository are recorded, besides those of production. */
export const mostNewestTags = 100;

/** Maximum number of recorded tags of a repository. */
export const mostRecordedTags = 5000;

export const tagDigests = list(
  record({
    tag: Type.String({
      description: 'after the name of its image where a repository holds several: `app:1.2`',
    }),
    digest: Type.String(),
  }),
  `the newest ${mostNewestTags} tags and all production tags, and the digest that each names`,
);

/** The tag of an entry, without the name of its image. */
export function tagOf(entry: string): string {
  return entry.slice(entry.lastIndexOf(':') + 1);
}

export interface RepositoryKey {
  readonly registry: string;
  readonly name: string;
}

/** The tags of a repository as a snapshot holds them. */
export interface RecordedTags {
  readonly tags: readonly { readonly tag: string; readonly digest: string }[];
  /** Null: unknown. */
  readonly lock: TagLock | null;
  /** Whether it caches an upstream registry, whose tags it follows. */
  readonly isCache: boolean;
}

/** The tags of all repositories of a snapshot. */
export interface TagRecord {
  readonly repositories: () => Iterable<RepositoryKey>;
  readonly has: (repository: RepositoryKey) => boolean;
  /** Null: they were not read. */
  readonly tagsOf: (repository: RepositoryKey) => RecordedTags | null;
}
