import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import { UsageError } from '../model/usage-error.ts';

/** The folder of temporary files, and the callbacks that delete them at exit. */
export interface Scratch {
  readonly tmpdir: string;
  readonly atEnd: Set<() => void>;
}

const pageSize = 256 * 1024;

/** Texts in a private temporary file, numbered from 0. */
export interface ScratchFile {
  readonly append: (text: string) => number;
  readonly read: (number: number) => string;
  /** Deletes the file. */
  readonly remove: () => void;
}

/** Throws `UsageError` where the folder cannot be written to. */
export function scratchFile({ tmpdir, atEnd }: Scratch): ScratchFile {
  const folder = possible(tmpdir, () => mkdtempSync(join(tmpdir, 'regaudit-')));
  const handle = possible(tmpdir, () => openSync(join(folder, 'findings'), 'wx+', 0o600));
  /** End offset of each text; it starts where the previous one ends. */
  const ends: number[] = [];
  let page: string[] = [];
  let buffer = Buffer.alloc(4096);
  let written = 0;
  let end = 0;
  const flush = () => {
    const bytes = Buffer.from(page.join(''));
    for (let done = 0; done < bytes.length; ) {
      done += possible(tmpdir, () =>
        writeSync(handle, bytes, done, bytes.length - done, written + done),
      );
    }
    written += bytes.length;
    page = [];
  };
  const remove = () => {
    atEnd.delete(remove);
    closeSync(handle);
    rmSync(folder, { recursive: true, force: true });
  };
  atEnd.add(remove);
  return {
    append(text) {
      page.push(text);
      end += Buffer.byteLength(text);
      if (end - written >= pageSize) flush();
      return ends.push(end) - 1;
    },
    read(number) {
      if (page.length > 0) flush();
      const start = ends[number - 1] ?? 0;
      const length = (ends[number] ?? start) - start;
      if (length > buffer.length) buffer = Buffer.alloc(2 * length);
      readSync(handle, buffer, 0, length, start);
      return buffer.toString('utf8', 0, length);
    },
    remove,
  };
}

function possible<T>(folder: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new UsageError(
      `findings cannot be kept in ${folder}: ${fsErrorMessage(error)}`,
      'name another folder in TMPDIR',
    );
  }
}
