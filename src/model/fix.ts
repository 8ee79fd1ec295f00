/**
 * The fix of a failed check for one registry product. An adapter has one for every check that can fail;
 * reports and custom checks may have fewer keys.
 */
export interface Fix {
  /** Lines of POSIX shell, with `<placeholder>` for values that differ. */
  readonly command?: string;
  /** The resource and its attributes. */
  readonly terraform?: string;
  /** The path in the vendor's console. */
  readonly console?: string;
  /** Manual steps, if the product cannot do it (alone). */
  readonly instead?: string;
  /** What the change can break, delete, replace or cost. */
  readonly risk: string;
  /** How to revert the change, or that it cannot be reverted. */
  readonly undo: string;
  /** Pages of the vendor. */
  readonly references: readonly string[];
}

/** By the id of a check. */
export type Fixes = Readonly<Record<string, Fix>>;
