import { resolve } from 'node:path';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import { bytesIn } from '../files/pieces.ts';
import { UsageError } from '../model/usage-error.ts';

const largest = 1024 * 1024;

/**
 * The text of a file or pipe, whose path starts from `cwd`. Throws `UsageError` for what is no text file of a
 * sensible size, and for a pipe that has not ended when the signal comes.
 */
export async function readText(file: string, cwd: string, signal?: AbortSignal): Promise<string> {
  const bytes = await bytesIn(resolve(cwd, file), largest, signal).catch((error: unknown) => {
    const why = signal?.aborted ? 'it has not ended in time (--timeout)' : fsErrorMessage(error);
    throw new UsageError(`${file} cannot be read: ${why}`);
  });
  if (bytes === null) throw new UsageError(`${file} is larger than 1 MB`);
  if (bytes.includes(0)) throw new UsageError(`${file} is not a text file`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8 text`);
  }
}
