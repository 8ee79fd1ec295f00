/** The user asked for something that cannot be run: argv, configuration, input file. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** One line: what to do instead. */
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
