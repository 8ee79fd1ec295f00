import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, lstat, open, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../model/usage-error.ts';
import { fsErrorMessage } from './fs-error-message.ts';
import { refuseInput } from './inputs.ts';
import { batches } from './output.ts';

/** A file that is written atomically. */
export interface OutputFile {
  /** Its real path. */
  readonly target: string;
  /** Writes the content and moves the file into place. */
  readonly write: (pieces: Iterable<string> | AsyncIterable<string>) => Promise<void>;
  /** Discards an unwritten file and leaves nothing behind. */
  readonly discard: () => void;
}

/**
 * Prepares a temporary file (mode 0600 by default) beside the destination, so that an unwritable destination
 * fails before the scan. Throws `UsageError` for an input file, a directory, a device, and a symbolic link to
 * another folder.
 */
export async function outputFile(
  { cwd, atEnd }: { readonly cwd: string; readonly atEnd: Set<() => void> },
  path: string,
  reads: readonly string[],
  mode = 0o600,
): Promise<OutputFile> {
  await refuseInput(path, reads, cwd);
  const target = await possible(path, () => destination(path, cwd));
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await possible(path, () => open(draft, 'wx', 0o600));
  let settled = false;
  const discard = () => {
    atEnd.delete(discard);
    if (settled) return;
    settled = true;
    rmSync(draft, { force: true });
    handle.close().catch(() => undefined);
  };
  atEnd.add(discard);
  return {
    target,
    discard,
    async write(pieces) {
      try {
        for await (const batch of batches(pieces)) {
          await possible(path, () => handle.writeFile(batch));
        }
        if (mode !== 0o600) await possible(path, () => handle.chmod(mode));
        await possible(path, () => finished(handle));
        await possible(path, () => rename(draft, target));
        settled = true;
      } finally {
        discard();
      }
    },
  };
}

async function finished(handle: FileHandle): Promise<void> {
  await handle.sync();
  await handle.close();
}

/** The real path: the file itself, or the target of a link within the same folder. */
async function destination(path: string, cwd: string): Promise<string> {
  const full = resolve(cwd, path);
  if (path.endsWith('/') || basename(full) === '') throw refused(path, 'it names a directory');
  const found = await lstat(full).catch(missing);
  const folder = await realpath(dirname(full));
  const here = join(folder, basename(full));
  if (found === undefined) return here;
  const target = found.isSymbolicLink() ? await realpath(full).catch(missing) : here;
  if (target === undefined || dirname(target) !== folder) {
    if (found.isSymbolicLink()) throw refused(path, 'it is a symbolic link to another folder');
  }
  const kind = await stat(full);
  if (kind.isDirectory()) throw refused(path, 'it is a directory');
  if (!kind.isFile()) {
    throw refused(
      path,
      'it is not a regular file',
      'without a file name, output goes to standard output',
    );
  }
  return target ?? here;
}

function missing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

function refused(path: string, why: string, hint?: string): UsageError {
  return new UsageError(`${path} cannot be written: ${why}`, hint);
}

function reason(error: Error): string {
  return 'code' in error && error.code === 'ENOENT'
    ? 'its folder does not exist'
    : fsErrorMessage(error);
}

async function possible<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw refused(path, reason(error));
    throw error;
  }
}
