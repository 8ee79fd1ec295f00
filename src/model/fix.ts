/**
 * How to put a failed check right at one registry product. An adapter has one for every check that can
 * fail there; reports and custom checks may have less.
 */
export interface Fix {
  /** Lines for a POSIX shell; what differs from case to case is a `<placeholder>`. */
  readonly command?: string;
  /** The resource and its attributes. */
  readonly terraform?: string;
  /** Where it is set in the vendor's own pages. */
  readonly console?: string;
  /** What is left to do where the product cannot do it, or cannot do it alone. */
  readonly instead?: string;
  /** What the change may break, delete, replace or cost. */
  readonly risk: string;
  /** How to take the change back, or that nothing can. */
  readonly undo: string;
  /** Pages of the vendor. */
  readonly references: readonly string[];
}

/** By the id of a check. */
export type Fixes = Readonly<Record<string, Fix>>;
