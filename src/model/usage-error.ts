/** An error of the user in arguments, configuration or an input file. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** One line: what to do instead. */
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
