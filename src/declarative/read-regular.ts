import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import { UsageError } from '../model/usage-error.ts';

const largest = 256 * 1024;

/**
 * Reads the text of a regular file of limited size. In: its path, and its name for messages. Throws
 * `UsageError`. Opens without blocking, because a pipe without a writer would block.
 */
export async function readRegular(path: string, name: string): Promise<string> {
  try {
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await handle.stat()).isFile()) throw new UsageError(`${name} is no regular file`);
      const buffer = new Uint8Array(largest + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
        length += bytesRead;
        if (length > largest) throw new UsageError(`${name} is larger than 256 KB`);
        if (bytesRead === 0) return new TextDecoder().decode(buffer.subarray(0, length));
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(`${name} cannot be read: ${fsErrorMessage(error)}`);
  }
}
