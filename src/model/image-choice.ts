/** Which images stand for a repository, and what of them may be read. */
export interface ImageChoice {
  /** So many of the newest. */
  readonly newest: number;
  /** Those with matching tags; empty: any. */
  readonly tags: readonly string[];
  /** Whether what hangs on one may be read where that counts as a pull. */
  readonly mayPull: boolean;
  /** Tags or digests, written out, that are read instead of any choice (`regaudit verify`). */
  readonly references?: readonly string[];
  /** Repositories of the same registry that hold signatures of others. */
  readonly signaturesIn?: readonly string[];
}
