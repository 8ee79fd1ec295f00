import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const pieceSize = 256 * 1024;

/** Milliseconds between two looks at a pipe that has nothing to say. */
const longestPause = 50;

/**
 * The content of a file or pipe, piece by piece; opened when it is asked for. A pipe is waited for without a
 * thread that blocks, which nothing could end: neither `--timeout` nor the end of the process. Rejects with
 * what the file system says, and with the signal's reason while it waits; a regular file is read anyway.
 */
export async function* piecesOf(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const pipe = (await handle.stat()).isFIFO();
    let begun = false;
    let pause = 1;
    for (;;) {
      const piece = await nextPiece(handle);
      // A pipe that nobody has written to yet is not at its end.
      const idle = piece === null || (piece.length === 0 && pipe && !begun);
      if (idle) {
        signal?.throwIfAborted();
        await sleep(pause);
        pause = Math.min(pause * 2, longestPause);
        continue;
      }
      if (piece.length === 0) return;
      begun = true;
      pause = 1;
      yield piece;
    }
  } finally {
    await handle.close();
  }
}

/** Null: the other end of the pipe has not written on yet. */
async function nextPiece(handle: FileHandle): Promise<Uint8Array | null> {
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceSize), 0, pieceSize);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
    throw error;
  }
}

/** All of it as bytes, or null where it has more than `most`. Rejects as `piecesOf`. */
export async function bytesIn(
  path: string,
  most: number,
  signal?: AbortSignal,
): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of piecesOf(path, signal)) {
    length += piece.length;
    if (length > most) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
