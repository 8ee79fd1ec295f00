import { modes, type Static, texts } from './shape.ts';
import { namesOnlySignatures } from './signature-tag.ts';
import { covers, overlap } from './wildcard.ts';

/** Which tags are immutable. Patterns are whole-tag wildcards with `*`. */
export const tagLock = modes(
  {
    none: {},
    all: {},
    'all-except': { patterns: texts },
    only: { patterns: texts },
  },
  'which tags are immutable',
);
export type TagLock = Static<typeof tagLock>;

/**
 * The wildcards of `tags` that match a mutable tag; none: all are immutable. A wildcard counts as immutable
 * only if it certainly is. Signature tags may stay mutable.
 */
export function movableTags(lock: TagLock, tags: readonly string[]): readonly string[] {
  switch (lock.mode) {
    case 'none':
      return tags;
    case 'all':
      return [];
    case 'all-except':
      return lock.patterns.filter(
        (open) => !namesOnlySignatures(open) && tags.some((tag) => overlap(open, tag)),
      );
    case 'only':
      return tags.filter((tag) => !lock.patterns.some((locked) => covers(locked, tag)));
  }
}

/** Whether every immutable tag of `source` is certainly immutable in `copy`. Signature tags may stay mutable. */
export function isAsStrict(copy: TagLock, source: TagLock): boolean {
  switch (source.mode) {
    case 'none':
      return true;
    case 'all':
      return movableTags(copy, ['*']).length === 0;
    case 'all-except':
      return movableTags(copy, ['*']).every((open) =>
        source.patterns.some((exempt) => covers(exempt, open)),
      );
    case 'only':
      return movableTags(copy, source.patterns).length === 0;
  }
}
