/** The values that a command of the catalogue needs for a registry or repository. */
export interface CommandPlace {
  /** Values by placeholder name. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Environment variables that hold a value, by placeholder name: the name of who runs the commands, a token. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Lines of POSIX shell to run before the first command for this registry. */
  readonly before: readonly string[];
  /** Why the commands cannot be used for this registry; null: they can. */
  readonly unfit: string | null;
  /** What to do in a registry where the console of the fix is another one. */
  readonly instead?: string;
}

/** An adapter's part in filling the commands of the catalogue. */
export interface Commands {
  /** In: names as in findings, which may come from an untrusted file; null: the registry itself. */
  readonly place: (registry: string, repository: string | null) => CommandPlace;
  /** POSIX shell functions that the lines of `before` call. */
  readonly definitions: string;
}

/** By provider. Without an entry only the repository is filled in. */
export type AllCommands = Readonly<Record<string, Commands>>;
