/** What commands of the catalogue need to know of the registry or repository they are for. */
export interface CommandPlace {
  /** By the names of placeholders. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Lines of a POSIX shell to run before the first command for this registry. */
  readonly before: readonly string[];
  /** Why the commands do not fit this registry; null: they do. */
  readonly unfit: string | null;
}

/** How an adapter makes the catalogue's commands ready to run. */
export interface Commands {
  /** In: addresses as in findings, which may come from a file; null: the registry itself. */
  readonly place: (registry: string, repository: string | null) => CommandPlace;
  /** Functions of a POSIX shell that the lines of `before` call. */
  readonly definitions: string;
}

/** By provider. Without an entry nothing but the repository is put into a command. */
export type AllCommands = Readonly<Record<string, Commands>>;
