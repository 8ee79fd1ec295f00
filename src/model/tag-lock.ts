import { modes, type Static, texts } from './shape.ts';
import { namesOnlySignatures } from './signature-tag.ts';
import { covers, overlap } from './wildcard.ts';

/** Which tags can be moved to another image. Patterns are whole-tag wildcards with `*`. */
export const tagLock = modes(
  {
    none: {},
    all: {},
    'all-except': { patterns: texts },
    only: { patterns: texts },
  },
  'which tags are locked against being moved to another image',
);
export type TagLock = Static<typeof tagLock>;

/**
 * Which of the tags that match `wanted` the lock leaves movable, as wildcards; none: all are locked.
 * A wanted wildcard counts as locked only if it certainly is; signature tags may stay open.
 */
export function movableTags(lock: TagLock, wanted: readonly string[]): readonly string[] {
  switch (lock.mode) {
    case 'none':
      return wanted;
    case 'all':
      return [];
    case 'all-except':
      return lock.patterns.filter(
        (open) => !namesOnlySignatures(open) && wanted.some((tags) => overlap(open, tags)),
      );
    case 'only':
      return wanted.filter((tags) => !lock.patterns.some((locked) => covers(locked, tags)));
  }
}

/** Does `copy` certainly lock every tag that `source` locks? Signature tags may stay open. */
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
