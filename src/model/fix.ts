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

/**
 * The fix where no declared signer signed an image, at any registry. It has no command: signing what is there
 * would vouch for an image of unknown origin. In: the fix for unsigned images there.
 */
export function buildAgain({ risk, undo, references }: Fix): Fix {
  return {
    instead:
      'If the signer is yours, declare it in expect.signers. Otherwise build the image again from its source, let the declared signer sign it by digest, and find out who pushed what is there',
    risk,
    undo,
    references,
  };
}
