import { modes, type Static, texts } from './shape.ts';

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
