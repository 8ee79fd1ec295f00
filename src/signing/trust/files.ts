/** The files that a declaration of signers names; paths start from the folder of the file that names them. */
export interface TrustFiles {
  /** The text of a file. Rejects with an `Error` that says why it cannot be read. */
  readonly text: (path: string) => Promise<string>;
  /** Its content as YAML or JSON, with the line of a key. */
  readonly document: (path: string) => Promise<TrustDocument>;
  /** The paths of the files in a folder, sorted; null: there is no such folder. */
  readonly list: (folder: string) => Promise<readonly string[] | null>;
  /** A path that starts from the folder of another file. */
  readonly beside: (file: string, path: string) => string;
}

/** What every entry of a list is read with. */
export interface Surroundings {
  readonly files: TrustFiles;
  /** `expect.trustedRoot`. */
  readonly trustedRoot: string | undefined;
  readonly now: Date;
  /** Builders sign provenance, signers images. */
  readonly list: 'signers' | 'builders';
}

export interface TrustDocument {
  readonly value: unknown;
  readonly line: (path: readonly string[]) => number;
}

/** A mistake in a declaration. `key`: below the entry, such as `root`. */
export class TrustError extends Error {
  override readonly name = 'TrustError';
  readonly key: string;
  constructor(key: string, message: string) {
    super(message);
    this.key = key;
  }
}

export function listed(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** Reads something for a key of the entry, whose mistakes become those of the key. */
export async function under<T>(key: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TrustError) throw error;
    throw new TrustError(key, error instanceof Error ? error.message : String(error));
  }
}
