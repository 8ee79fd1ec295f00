import { readdir } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { BuilderEntry } from '../model/signer-entry.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Signer } from '../signing/signer.ts';
import type { TrustFiles } from '../signing/trust/files.ts';
import { type Problem, readDocument, type SourceDocument } from './document.ts';
import { readText } from './read-text.ts';

/** The signers and builders that a configuration declares, ready to verify with. */
export interface Trust {
  readonly signers: readonly Signer[];
  readonly builders: readonly Signer[];
}

/** A list of entries, and the file that it stands in. */
export interface DeclaredList {
  readonly list: 'signers' | 'builders';
  readonly entries: readonly BuilderEntry[];
  readonly file: string;
  readonly document: SourceDocument;
}

export interface TrustOptions {
  /** `expect.trustedRoot`, from the working folder. */
  readonly trustedRoot: string | undefined;
  readonly now: Date;
  readonly cwd: string;
  /** Called before a file is read; rejects if it must not be. */
  readonly beforeRead: (path: string, at: string) => Promise<void>;
}

/**
 * Reads what the entries name. Throws a `UsageError` with every mistake in them, by file, line and key.
 */
export async function trustIn(
  lists: readonly DeclaredList[],
  options: TrustOptions,
): Promise<Trust> {
  const problems: string[] = [];
  const trust: Record<DeclaredList['list'], Signer[]> = { signers: [], builders: [] };
  if (lists.some(({ entries }) => entries.length > 0)) {
    const { signersOf } = await import('../signing/trust/entry.ts');
    const { TrustError } = await import('../signing/trust/files.ts');
    for (const { list, entries, file, document } of lists) {
      for (const [index, entry] of entries.entries()) {
        const at = (key: string) => placeOf(document, list, index, key);
        const where = (key: string) => `expect.${list}[${index}].${key}`;
        const report = (key: string, message: string) => {
          const { line, column } = at(key);
          problems.push(`${file}:${line}:${column}: ${where(key)}: ${message}`);
        };
        const first = entries.findIndex(({ name }) => name === entry.name);
        if (first < index) report('name', `"${entry.name}" is the name of entry ${first} as well`);
        try {
          const files = filesFrom(file, `${file}:${at('name').line}: ${where('name')}`, options);
          const { now } = options;
          const { trustedRoot: root, cwd } = options;
          // It may stand in another file than the entry.
          const trustedRoot = root === undefined ? undefined : resolve(cwd, root);
          trust[list].push(...(await signersOf(entry, { files, trustedRoot, now, list })));
        } catch (error) {
          if (!(error instanceof TrustError)) throw error;
          report(error.key, error.message);
        }
      }
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return trust;
}

function placeOf(
  document: SourceDocument,
  list: string,
  index: number,
  key: string,
): Omit<Problem, 'message'> {
  return document.place(['expect', list, `${index}`, key], 'value');
}

/** The files of the folder of a configuration. */
function filesFrom(file: string, at: string, { cwd, beforeRead }: TrustOptions): TrustFiles {
  const placed = (path: string) => (isAbsolute(path) ? path : join(dirname(file), path));
  const text = async (path: string) => {
    await beforeRead(placed(path), at);
    return readText(placed(path), cwd);
  };
  return {
    text,
    async document(path) {
      const document = readDocument(await text(path));
      const [problem] = document.problems;
      if (problem !== undefined) throw new Error(`${path}:${problem.line}: ${problem.message}`);
      return { value: document.value, line: (steps) => document.place(steps, 'value').line };
    },
    async list(folder) {
      await beforeRead(placed(folder), at);
      const names = await readdir(resolve(cwd, placed(folder))).catch(() => null);
      if (names === null) return null;
      return names
        .filter((name) => /\.(?:pem|crt|cer)$/i.test(name))
        .sort()
        .map((name) => join(folder, name));
    },
    beside: (other, path) => (isAbsolute(path) ? path : join(dirname(other), path)),
  };
}
