import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import { UsageError } from '../model/usage-error.ts';

const largest = 1024 * 1024;

/** The text of a file, whose path starts from `cwd`. Throws `UsageError` for what is no text file of a sensible size. */
export async function readText(file: string, cwd: string): Promise<string> {
  const bytes = await readBytes(resolve(cwd, file)).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${fsErrorMessage(error)}`);
  });
  if (bytes.length > largest) throw new UsageError(`${file} is larger than 1 MB`);
  if (bytes.includes(0)) throw new UsageError(`${file} is not a text file`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8 text`);
  }
}

/** Reads one byte more than allowed, so that an endless file is detected. */
async function readBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const buffer = new Uint8Array(largest + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } finally {
    await handle.close();
  }
}
